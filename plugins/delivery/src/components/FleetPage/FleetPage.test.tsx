import { renderTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { screen, within } from '@testing-library/react';
import { axe } from 'jest-axe';
import plugin, { deliveryApiRef } from '../..';
import { fixture } from '../../__fixtures__';
import { dora, fleetPage, fleetRows } from '../../__fixtures__/fleet';
import type { DeliveryApi, DeliveryListRequest } from '../../api';

// Whole apps are rendered, and axe looks at each.
jest.setTimeout(60_000);

const OWNER = 'group:default/team-payments';

/** A backend with as many golden paths as a test wants. */
class FleetApi implements DeliveryApi {
  readonly asked: DeliveryListRequest[] = [];
  refusal: Error | undefined;
  sources = fixture('healthy-dev').sources;
  rows;

  constructor(count: number) {
    this.rows = fleetRows(count);
  }

  async listDeliveries(request: DeliveryListRequest = {}) {
    this.asked.push(request);
    if (this.refusal) {
      throw this.refusal;
    }
    if (request.etag === '"same"') {
      return { changed: false } as const;
    }
    const list = fleetPage(this.rows, request, this.sources);
    return { changed: true, list, etag: '"same"' } as const;
  }

  getDora = jest.fn(async () => dora());

  async readDelivery(): Promise<never> {
    throw new Error('Not expected here');
  }

  // eslint-disable-next-line require-yield
  async *streamDelivery(): AsyncGenerator<never> {
    throw new Error('Not expected here');
  }
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

function show(api: DeliveryApi, at = '/delivery') {
  return renderTestApp({
    extensions: [plugin.getExtension('page:delivery')],
    apis: [
      [deliveryApiRef, api],
      [catalogApiRef, catalogApiMock({ entities })],
    ],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    initialRouteEntries: [at],
  });
}

const rowOf = async (name: string) =>
  within(await screen.findByRole('row', { name: new RegExp(name) }));

describe('page with all golden paths', () => {
  it('says of each where it stands, what runs where, and links to it', async () => {
    const { container } = show(new FleetApi(11));
    const row = await rowOf('healthy-dev');
    expect(row.getByRole('link', { name: /healthy-dev/ })).toHaveAttribute(
      'href',
      '/catalog/default/component/healthy-dev/delivery',
    );
    expect(row.getByText('9dfa727 runs in dev.')).toBeVisible();
    expect(row.getByText(/team-/)).toBeVisible();
    const places = row.getAllByRole('listitem');
    expect(places.map(place => place.textContent)).toEqual([
      expect.stringMatching(/^Succeededdev 9dfa727.*ago$/),
      expect.stringMatching(/prod.*holds nothing yet/),
    ]);
    expect((await rowOf('failed-build')).getByText(/Build$/)).toBeVisible();
    expect(screen.getByText('11 golden paths')).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });
});
