import { NotAllowedError } from '@backstage/errors';
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
  DeploymentHistoryRequest,
  DoraListRequest,
  DoraRequest,
  FollowStepLogRequest,
  RunHistoryRequest,
} from '../src';
import { fixture, fixtureNames } from '../src/__fixtures__';
import type { FixtureName } from '../src/__fixtures__';
import { fleetPage, fleetRows } from '../src/__fixtures__/fleet';
import { dora, doraOf, pastOf } from '../src/__fixtures__/past';
import { deliveryIn, refuse } from './states';

/** What a push looks like, one document after the other. */
const JOURNEY: FixtureName[] = [
  'day-0',
  'setting-up',
  'first-build',
  'on-the-way',
  'healthy-dev',
  'failed-build',
  'not-noticed',
  'healthy-prod',
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

/** The state that the page with all golden paths shows, if the backend answers in it. */
async function fleetState(signal?: AbortSignal): Promise<string> {
  const [state = ''] = /(?<=\/fleet\/)[a-z-]+/.exec(location.pathname) ?? [];
  if (state === 'loading') {
    await never(signal);
  }
  refuse(state);
  return state;
}

/** A client whose entities are named after the state that they show. */
class FixtureClient implements DeliveryApi {
  async readDelivery({ entityRef, revision }: DeliveryRequest) {
    const { name } = parseEntityRef(entityRef);
    refuse(name);
    const delivery = deliveryIn(name);
    return delivery.revision === revision
      ? ({ changed: false } as const)
      : ({ changed: true, delivery } as const);
  }

  async listDeliveries(request: DeliveryListRequest = {}) {
    if (request.etag) {
      return { changed: false } as const;
    }
    const state = await fleetState(request.signal);
    const counts: Record<string, number> = { many: 5_000, empty: 0 };
    const rows = fleetRows(counts[state] ?? 11);
    const { sources } = fixture(
      state === 'cluster-unreachable' ? state : 'healthy-dev',
    );
    const list = fleetPage(rows, request, sources);
    return { changed: true, list, etag: '"1"' } as const;
  }

  async getRunHistory({ entityRef, signal }: RunHistoryRequest) {
    return (await this.#past(entityRef, signal)).runs;
  }

  async getDeploymentHistory({ entityRef, signal }: DeploymentHistoryRequest) {
    return (await this.#past(entityRef, signal)).deployments;
  }

  async getDora(request: DoraRequest) {
    await ('entityRef' in request
      ? this.#past(request.entityRef, request.signal)
      : fleetState(request.signal));
    return dora(request);
  }

  async listDora({ entityRefs, days, signal }: DoraListRequest) {
    await this.#past('component:default/on-the-way', signal);
    return {
      items: entityRefs.map(entityRef => ({
        entityRef,
        figures: doraOf(entityRef, days),
      })),
    };
  }

  /** `?history=` in the address says what else than a full history there is. */
  async #past(entityRef: string, signal?: AbortSignal) {
    const { name } = parseEntityRef(entityRef);
    const state = new URLSearchParams(location.search).get('history') ?? '';
    if (state === 'loading') {
      await never(signal);
    }
    refuse(state);
    const isKnown = (fixtureNames as string[]).includes(name);
    const past = pastOf(
      fixture(isKnown ? (name as FixtureName) : 'on-the-way'),
    );
    return state === 'empty'
      ? {
          runs: { runs: [], usualDurations: [] },
          deployments: { deployments: [], last: [], promotions: [] },
        }
      : past;
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
      yield { event: 'delivery', data: deliveryIn(name) };
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
