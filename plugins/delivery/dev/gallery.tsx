import {
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { DELIVERY_ANNOTATIONS } from '@golden-path/plugin-delivery-common';
import { Container, Text } from '@backstage/ui';
import { Navigate, Route, Routes, useParams } from 'react-router-dom';
import { DeliveryCard } from '../src/components/DeliveryCard';
import { DeliveryContent } from '../src/components/DeliveryContent';
import { FleetPage } from '../src/components/FleetPage';
import { Bar, List } from './Bar';

function entityNamed(name: string) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      annotations: { [DELIVERY_ANNOTATIONS.instanceName]: name },
    },
    spec: { type: 'service', lifecycle: 'production', owner: 'team-payments' },
    relations: [{ type: 'ownedBy', targetRef: 'group:default/team-payments' }],
  };
}

function StatePage() {
  const { state = '', view } = useParams();
  return (
    <EntityProvider key={state} entity={entityNamed(state)}>
      {view === 'card' ? (
        <div style={{ maxWidth: 520 }}>
          <DeliveryCard href={`/states/${state}/tab`} />
          {state === 'forbidden' && (
            <Text>There is no card for whoever may not see the delivery.</Text>
          )}
        </div>
      ) : (
        <DeliveryContent />
      )}
    </EntityProvider>
  );
}

/** Every state that tab, card and page can be in, each at its own URL. */
export const gallery = createFrontendPlugin({
  pluginId: 'delivery-gallery',
  extensions: [
    PageBlueprint.make({
      name: 'start',
      params: { path: '/', loader: async () => <Navigate to="/states" /> },
    }),
    PageBlueprint.make({
      params: {
        path: '/states',
        loader: async () => (
          <Container pt="5">
            <main>
              <Routes>
                <Route path="/" element={<List />} />
                <Route
                  path="/:state/:view"
                  element={
                    <>
                      <Bar />
                      <div data-testid="state">
                        <StatePage />
                      </div>
                    </>
                  }
                />
              </Routes>
            </main>
          </Container>
        ),
      },
    }),
    PageBlueprint.make({
      name: 'fleet',
      params: {
        path: '/fleet',
        loader: async () => (
          <main>
            <Routes>
              <Route
                path="/:state"
                element={
                  <>
                    <Container pt="5">
                      <Bar />
                    </Container>
                    <div data-testid="state">
                      <FleetPage />
                    </div>
                  </>
                }
              />
            </Routes>
          </main>
        ),
      },
    }),
  ],
});
