import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import type { DeliveryStreamEvent } from '@golden-path/plugin-delivery-common';
import { deliveryApiRef } from '../src';
import type {
  DeliveryApi,
  DeliveryListRequest,
  DeliveryRequest,
  FollowStepLogRequest,
} from '../src';
import { fixture } from '../src/__fixtures__';
import type { FixtureName } from '../src/__fixtures__';
import { dora, fleetPage, fleetRows } from '../src/__fixtures__/fleet';

/** States that are not a delivery, by the name of the entity. */
export const otherStates = [
  'loading',
  'forbidden',
  'not-found',
  'unavailable',
  'polling',
  'travelling',
] as const;

/** What a push looks like, one document after the other. */
const JOURNEY: FixtureName[] = [
  'day-0',
  'setting-up',
  'first-build',
  'healthy-dev',
  'on-the-way',
  'failed-build',
];

const LOG = [
  'go test ./...',
  'ok  \tcart\t0.412s',
  'FAIL\tcart: totals round half up',
];

function never(signal?: AbortSignal): Promise<void> {
  return new Promise((_resolve, reject) =>
    signal?.addEventListener('abort', () => reject(new Error('aborted'))),
  );
}

function refuse(name: string) {
  if (name === 'forbidden') {
    throw new NotAllowedError('Permission delivery.read is denied');
  }
  if (name === 'not-found') {
    throw new NotFoundError(`No entity "component:default/${name}"`);
  }
  if (name === 'unavailable') {
    throw new Error('Failed to fetch');
  }
}

/** A client whose entities are named after the state that they show. */
class FixtureClient implements DeliveryApi {
  async readDelivery({ entityRef, revision }: DeliveryRequest) {
    const { name } = parseEntityRef(entityRef);
    refuse(name);
    const delivery = fixture(
      name === 'polling' ? 'healthy-dev' : (name as FixtureName),
    );
    return delivery.revision === revision
      ? ({ changed: false } as const)
      : ({ changed: true, delivery } as const);
  }

  async listDeliveries(request: DeliveryListRequest = {}) {
    if (request.etag) {
      return { changed: false } as const;
    }
    const [state = ''] = /(?<=\/fleet\/)[a-z-]+/.exec(location.pathname) ?? [];
    if (state === 'loading') {
      await never(request.signal);
    }
    refuse(state);
    const counts: Record<string, number> = { many: 5_000, empty: 0 };
    const rows = fleetRows(counts[state] ?? 11);
    const { sources } = fixture(
      state === 'cluster-unreachable' ? state : 'healthy-dev',
    );
    const list = fleetPage(rows, request, sources);
    return { changed: true, list, etag: '"1"' } as const;
  }

  async getDora() {
    return dora();
  }

  async operate(): Promise<never> {
    throw new NotAllowedError('Nothing is behind this page');
  }

  async *followStepLog({ signal }: FollowStepLogRequest) {
    const time = new Date().toISOString();
    yield {
      event: 'lines' as const,
      data: { lines: LOG.map(text => ({ time, text })) },
    };
    await never(signal);
  }

  async readStepLog() {
    return LOG.join('\n');
  }

  async *streamDelivery({
    entityRef,
    signal,
  }: DeliveryRequest): AsyncGenerator<DeliveryStreamEvent> {
    const { name } = parseEntityRef(entityRef);
    refuse(name);
    if (name === 'polling') {
      throw new Error('Failed to fetch');
    }
    if (name === 'travelling') {
      for (let i = 0; ; i = (i + 1) % JOURNEY.length) {
        yield { event: 'delivery', data: fixture(JOURNEY[i]) };
        await new Promise(resolve => setTimeout(resolve, 4_000));
      }
    }
    if (name !== 'loading') {
      yield { event: 'delivery', data: fixture(name as FixtureName) };
    }
    await never(signal);
  }
}

/** Replaces the client of the delivery plugin. */
export const fixtureApi = createFrontendModule({
  pluginId: 'delivery',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: deliveryApiRef,
          deps: {},
          factory: () => new FixtureClient(),
        }),
    }),
  ],
});
