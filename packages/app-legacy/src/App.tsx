import { createApp } from '@backstage/app-defaults';
import { AppRouter, FlatRoutes } from '@backstage/core-app-api';
import { SidebarPage, SignInPage } from '@backstage/core-components';
import { CatalogEntityPage, CatalogIndexPage } from '@backstage/plugin-catalog';
import { DeliveryPage } from '@golden-path/plugin-delivery/legacy';
import { Navigate, Route } from 'react-router-dom';
import { entityPage } from './entityPage';
import { Navigation } from './Navigation';

const app = createApp({
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
      </FlatRoutes>
    </SidebarPage>
  </AppRouter>,
);
