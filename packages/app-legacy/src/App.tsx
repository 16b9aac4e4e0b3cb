import { createApp } from '@backstage/app-defaults';
import { AppRouter, FlatRoutes } from '@backstage/core-app-api';
import { SidebarPage, SignInPage } from '@backstage/core-components';
import { CatalogEntityPage, CatalogIndexPage } from '@backstage/plugin-catalog';
import { UserSettingsPage } from '@backstage/plugin-user-settings';
import { DeliveryPage } from '@golden-path/plugin-delivery/legacy';
import { deliveryTranslations } from '@golden-path/plugin-delivery/translations';
import { Navigate, Route } from 'react-router-dom';
import { entityPage } from './entityPage';
import { Navigation } from './Navigation';

const app = createApp({
  __experimentalTranslations: {
    availableLanguages: ['en', 'de', 'fr', 'es', 'ja'],
    resources: [deliveryTranslations],
  },
  components: {
    SignInPage: props => <SignInPage {...props} providers={['guest']} />,
  },
});

/** A portal as `create-app` made them before the new frontend system, and as most still are. */
export default app.createRoot(
  <AppRouter>
    <SidebarPage>
      <Navigation />
      <FlatRoutes>
        <Route path="/" element={<Navigate to="catalog" />} />
        <Route path="/catalog" element={<CatalogIndexPage />} />
        <Route
          path="/catalog/:namespace/:kind/:name"
          element={<CatalogEntityPage />}
        >
          {entityPage}
        </Route>
        <Route path="/delivery" element={<DeliveryPage />} />
        <Route path="/settings" element={<UserSettingsPage />} />
      </FlatRoutes>
    </SidebarPage>
  </AppRouter>,
);
