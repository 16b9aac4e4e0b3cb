import { mockServices } from '@backstage/backend-test-utils';
import type { Delivery } from '@golden-path/plugin-delivery-common';
import { entity } from '../__testUtils__/entity';
import { MemoryCluster } from '../__testUtils__/MemoryCluster';
import {
  application,
  COMMIT,
  healthyPipeline,
  pipeline,
} from '../__testUtils__/objects';
import { isNo } from '../__testUtils__/deliveryFor';
import { createClusterWatch, HttpTransport } from '../kubernetes';
import { fastClock } from '../kubernetes/__testing__/clocks';
import { FakeApiServer } from '../kubernetes/__testing__/FakeApiServer';
import { until } from '../kubernetes/__testing__/until';
import { sources } from '../sources';
import {
  DefaultDeliveryService,
  type DeliveryServiceOptions,
} from './DefaultDeliveryService';

function create(options: Partial<DeliveryServiceOptions>) {
  return DefaultDeliveryService.create({
    sources,
    logger: mockServices.logger.mock(),
    clusters: [],
    ...options,
  });
}

describe('what is watched', () => {
  let hub: MemoryCluster;
  let spoke: MemoryCluster;
  let service: DefaultDeliveryService;

  const deployTo = (name: string) =>
    application('dev', COMMIT, {
      metadata: { uid: 'application-of-dev' },
      spec: { destination: { name, namespace: 'team-checkout-dev' } },
    });
  /** How many hold the kinds of a pipeline, and those of a destination. */
  const holders = ({ holders: held }: MemoryCluster) => [
    held.get('kro.run/CICDPipeline') ?? 0,
    held.get('core.oam.dev/Application') ?? 0,
  ];
  const start = (options: Partial<DeliveryServiceOptions> = {}) => {
    service = create({
      lingerMs: 1_000,
      clusters: [hub, spoke].map(watch => ({
        watch,
        argoCdNamespace: 'argocd',
        links: {},
      })),
      ...options,
    });
    service.start();
  };

  beforeEach(() => {
    jest.useFakeTimers();
    hub = new MemoryCluster('hub').put(
      ...healthyPipeline().filter(isNo('Application')),
      deployTo('spoke'),
    );
    hub.flush();
    spoke = new MemoryCluster('spoke');
    spoke.flush();
  });

  afterEach(async () => {
    await service.stop();
    jest.useRealTimers();
  });

  it('is nothing before somebody looks, and nothing some time after', () => {
    start();
    expect([holders(hub), holders(spoke)]).toEqual([
      [0, 0],
      [0, 0],
    ]);
    service.read(entity());
    service.read(entity());
    expect([holders(hub), holders(spoke)]).toEqual([
      [1, 0],
      [0, 1],
    ]);
    jest.advanceTimersByTime(1_500);
    expect([holders(hub), holders(spoke)]).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it('follows an Application to another cluster', () => {
    start();
    service.subscribe(entity(), jest.fn());
    hub.put(deployTo('in-cluster'));
    hub.flush();
    expect([holders(hub), holders(spoke)]).toEqual([
      [1, 1],
      [0, 0],
    ]);
    hub.remove(deployTo('in-cluster'));
    hub.flush();
    jest.advanceTimersByTime(50);
    expect([holders(hub), holders(spoke)]).toEqual([
      [1, 0],
      [0, 0],
    ]);
  });

  it('are the clusters of the pipelines of the catalog, whether anybody looks or not', () => {
    start();
    service.keep([entity(), entity()]);
    expect([holders(hub), holders(spoke)]).toEqual([
      [1, 0],
      [0, 0],
    ]);
    // The catalog is read again each minute; one that moved is kept where it is now.
    service.keep([entity({ 'kro.run/cluster': 'spoke' })]);
    expect([holders(hub), holders(spoke)]).toEqual([
      [0, 0],
      [1, 0],
    ]);
    service.keep([]);
    expect(holders(spoke)).toEqual([0, 0]);
  });

  it('are the destinations too where their history is recorded', async () => {
    start({ observe: jest.fn(), keptMs: 1_000 });
    service.keep([entity()]);
    await jest.advanceTimersByTimeAsync(10_000);
    expect([holders(hub), holders(spoke)]).toEqual([
      [2, 0],
      [0, 1],
    ]);
    service.keep([]);
    await jest.advanceTimersByTimeAsync(1_500);
    expect([holders(hub), holders(spoke)]).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it('is nothing after the end', async () => {
    start();
    service.keep([entity()]);
    service.subscribe(entity(), jest.fn());
    await service.stop();
    expect([holders(hub), holders(spoke)]).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });
});

describe('the first reader of a cluster that nobody watches', () => {
  const server = new FakeApiServer();
  let service: DefaultDeliveryService;

  beforeAll(() => server.start());
  afterAll(async () => {
    await service?.stop();
    await server.stop();
  });

  it('is told at once that it is not known yet, and then what there is', async () => {
    const { spec, status } = pipeline();
    server
      .serve({
        group: 'kro.run',
        version: 'v1alpha1',
        kind: 'CICDPipeline',
        plural: 'cicdpipelines',
        namespaced: true,
      })
      .put({
        name: 'checkout-cicd-pipeline',
        namespace: 'team-checkout',
        spec,
        status,
      });
    service = create({
      clusters: [
        {
          watch: createClusterWatch({
            name: 'local',
            transport: new HttpTransport(server.access()),
            logger: mockServices.logger.mock(),
            clock: fastClock(20),
          }),
          argoCdNamespace: 'argocd',
          links: {},
        },
      ],
    });
    service.start();
    await new Promise(resolve => setTimeout(resolve, 100));
    expect(server.urls).toEqual([]);

    const states = ({ sources: all }: Delivery) =>
      new Set(all.map(({ state }) => state));
    const stage = ({ stages }: Delivery) => {
      const found = stages.find(({ id }) => id === 'pipeline');
      return `${found?.status} ${found?.sentence.code}`;
    };
    const first = service.read(entity());
    expect([...states(first)]).toEqual(['syncing']);
    expect(stage(first)).toBe('unknown stage.syncing');

    let newest = first;
    service.subscribe(entity(), delivery => {
      newest = delivery;
    });
    await until('no kind is syncing', () => !states(newest).has('syncing'));
    expect(stage(newest)).toBe('succeeded pipeline.active');
    expect(
      newest.sources.find(({ kind }) => kind === 'CICDPipeline'),
    ).toMatchObject({ state: 'live', apiVersion: 'kro.run/v1alpha1' });
  }, 30_000);
});
