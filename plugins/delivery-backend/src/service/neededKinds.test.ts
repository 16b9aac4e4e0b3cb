import { mockServices } from '@backstage/backend-test-utils';
import { entity } from '../__testUtils__/entity';
import { MemoryCluster } from '../__testUtils__/MemoryCluster';
import {
  appmodService,
  OF_INSTANCE,
  plainPath,
  workload,
} from '../__testUtils__/plainPath';
import { narrowedBy } from '../kubernetes';
import type { KindRef } from '../kubernetes';
import { sources } from '../sources';
import { DefaultDeliveryService } from './DefaultDeliveryService';

const plain = { group: 'apps', kind: 'Deployment' };
const instance = { group: 'kro.run', kind: 'AppmodService' };

/** Which of these are watched that only some pipelines need: `Kind narrowing`. */
class CountedCluster extends MemoryCluster {
  readonly needed: string[] = [];

  acquire(kinds: readonly KindRef[]): () => void {
    const added = kinds
      .filter(({ unannounced, kind }) => unannounced || kind === instance.kind)
      .map(kind => [kind.kind, narrowedBy(kind)].filter(Boolean).join(' '));
    this.needed.push(...added);
    this.needed.sort();
    const release = super.acquire(kinds);
    return () => {
      added.forEach(each => this.needed.splice(this.needed.indexOf(each), 1));
      release();
    };
  }
}

const DEPLOYMENTS = 'Deployment team-checkout-dev||';
const PODS = 'Pod team-checkout-dev|app=checkout,!tier|';

describe('what only some pipelines need', () => {
  let cluster: CountedCluster;
  let service: DefaultDeliveryService;

  const start = (objects: object[]) => {
    cluster = new CountedCluster('local').put(...objects);
    cluster.flush();
    service = DefaultDeliveryService.create({
      sources,
      logger: mockServices.logger.mock(),
      clusters: [{ watch: cluster, argoCdNamespace: 'argocd', links: {} }],
      observe: jest.fn(),
      lingerMs: 10_000,
      keptMs: 100,
    });
    service.start();
  };
  const change = (...objects: object[]) => {
    cluster.put(...objects);
    cluster.flush();
    return jest.advanceTimersByTimeAsync(200);
  };

  beforeEach(() => {
    jest.useFakeTimers();
  });

  afterEach(async () => {
    await service.stop();
    jest.useRealTimers();
  });

  it('is nothing for a Deployment that is well while nobody reads of it', async () => {
    start(plainPath(plain));
    service.keep([entity()]);
    await change(workload('Deployment', { ready: 2 }));
    service.overview(entity());
    expect(cluster.needed).toEqual([]);
  });

  it('is the namespace for its reader, then the pods that it selects, for some time', async () => {
    start(plainPath(plain));
    service.keep([entity()]);
    const leave = service.subscribe(entity(), jest.fn());
    expect(cluster.needed).toEqual([DEPLOYMENTS]);
    await change(workload('Deployment', { ready: 2 }));
    expect(cluster.needed).toEqual([DEPLOYMENTS, PODS]);
    // However many read.
    service.subscribe(entity(), jest.fn())();
    service.read(entity());
    expect(cluster.needed).toEqual([DEPLOYMENTS, PODS]);
    leave();
    await jest.advanceTimersByTimeAsync(15_000);
    expect(cluster.needed).toEqual([]);
  });

  it('is the same without a reader for as long as Argo CD has doubts', async () => {
    start(plainPath(plain, { health: 'Degraded' }));
    service.keep([entity()]);
    await change(workload('Deployment'));
    expect(cluster.needed).toEqual([DEPLOYMENTS, PODS]);
    await change(workload('Deployment', { ready: 2 }), ...plainPath(plain));
    expect(cluster.needed).toEqual([]);
  });

  it('is of an instance of kro one watch for all, and the pods that are not ready', async () => {
    start(plainPath(instance));
    service.keep([entity()]);
    await change(appmodService());
    const shared = ['AppmodService', 'Deployment |kro.run/instance-id|'];
    expect(cluster.needed).toEqual(shared);
    await change(workload('Deployment', { labels: OF_INSTANCE, ready: 1 }));
    expect(cluster.needed).toEqual([...shared, PODS]);
    await change(workload('Deployment', { labels: OF_INSTANCE, ready: 2 }));
    expect(cluster.needed).toEqual(shared);
    await service.stop();
    expect(cluster.needed).toEqual([]);
  });
});
