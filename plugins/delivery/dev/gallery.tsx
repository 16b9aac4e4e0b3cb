import {
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { DELIVERY_ANNOTATIONS } from '@golden-path/plugin-delivery-common';
import { Container, Link } from '@backstage/ui';
import { Navigate, Route, Routes, useParams } from 'react-router-dom';
import { DeliveryCard } from '../src/components/DeliveryCard';
import { DeliveryContent } from '../src/components/DeliveryContent';
import { FleetPage } from '../src/components/FleetPage';
import { fixtureNames } from '../src/__fixtures__';
import { otherStates } from './fixtureApi';

/** What the page with all golden paths can be like. */
const fleetStates = [
  'some',
  'many',
  'empty',
  'cluster-unreachable',
  'loading',
  'forbidden',
  'unavailable',
];

const states = [...fixtureNames, ...otherStates];

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
        </div>
      ) : (
        <DeliveryContent />
      )}
    </EntityProvider>
  );
}

function List() {
  return (
    <ul>
      {states.map(state => (
        <li key={state}>
          <Link href={`/states/${state}/tab`}>{state}</Link>,{' '}
          <Link href={`/states/${state}/card`}>card</Link>
        </li>
      ))}
      {fleetStates.map(state => (
        <li key={state}>
          <Link href={`/fleet/${state}`}>all golden paths: {state}</Link>
        </li>
      ))}
    </ul>
  );
}

/** Every state that the tab and the card can be in, each at its own URL. */
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
                <Route path="/:state/:view" element={<StatePage />} />
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
              <Route path="/:state" element={<FleetPage />} />
            </Routes>
          </main>
        ),
      },
    }),
  ],
});
