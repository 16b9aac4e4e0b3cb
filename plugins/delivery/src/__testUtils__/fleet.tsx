import {
  AppRootElementBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { screen, within } from '@testing-library/react';
import plugin, { deliveryApiRef } from '..';
import { fixture } from '../__fixtures__';
import { fleetPage, fleetRows } from '../__fixtures__/fleet';
import { dora } from '../__fixtures__/past';
import type {
  DeliveryApi,
  DeliveryListRequest,
  DoraListRequest,
  DoraRequest,
} from '../api';
import { Browser } from './Browser';

export const OWNER = 'group:default/team-payments';

const NO_FIGURES = {
  deploymentFrequency: undefined,
  leadTimeForChanges: undefined,
  changeFailureRate: undefined,
  timeToRestore: undefined,
  unrestored: 0,
};

/** A backend with as many golden paths as a test wants. */
export class FleetApi
  implements Pick<DeliveryApi, 'listDeliveries' | 'getDora' | 'listDora'>
{
  readonly asked: DeliveryListRequest[] = [];
  refusal: Error | undefined;
  /** Until when nothing is answered. */
  hold: Promise<void> | undefined;
  figuresRefusal: Error | undefined;
  sources = fixture('healthy-dev').sources;
  rows;

  constructor(count: number) {
    this.rows = fleetRows(count);
  }

  async listDeliveries(request: DeliveryListRequest = {}) {
    this.asked.push(request);
    await this.hold;
    if (this.refusal) {
      throw this.refusal;
    }
    const list = fleetPage(this.rows, request, this.sources);
    return { changed: true, list, etag: '"1"' } as const;
  }

  getDora = jest.fn(async (_request: DoraRequest) => dora());

  listDora = jest.fn(async ({ entityRefs, days }: DoraListRequest) => {
    if (this.figuresRefusal) {
      throw this.figuresRefusal;
    }
    const items = entityRefs.map((entityRef, index) => ({
      entityRef,
      figures:
        index === 0 ? dora({ days }) : { ...dora({ days }), ...NO_FIGURES },
    }));
    return { items };
  });
}

const entities = [OWNER, 'group:default/team-search'].map((targetRef, i) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: `c${i}`,
    annotations: { 'kro.run/instance-name': `c${i}-cicd-pipeline` },
  },
  relations: [{ type: 'ownedBy', targetRef }],
}));

/** Shows the page with all golden paths, in a whole app. */
export function showFleet(api: FleetApi, at = '/delivery', config = {}) {
  return renderTestApp({
    extensions: [plugin.getExtension('page:delivery')],
    features: [
      createFrontendModule({
        pluginId: 'app',
        extensions: [
          AppRootElementBlueprint.make({
            name: 'browser',
            params: { element: <Browser /> },
          }),
        ],
      }),
    ],
    apis: [
      [deliveryApiRef, api],
      [catalogApiRef, catalogApiMock({ entities })],
    ],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    initialRouteEntries: [at],
    config,
  });
}

/** Where the browser is. */
export const at = () =>
  within(screen.getByRole('navigation', { name: 'Browser' })).getByRole(
    'status',
  );
export const back = () => screen.getByRole('button', { name: 'Back' });
