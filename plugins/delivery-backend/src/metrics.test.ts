import type { AddressInfo } from 'node:net';
import { metricsServiceFactory } from '@backstage/backend-defaults/alpha';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { metrics } from '@opentelemetry/api';
import {
  MeterProvider,
  MetricReader,
  type DataPoint,
} from '@opentelemetry/sdk-metrics';
import { entity } from './__testUtils__/entity';
import { MemoryCluster } from './__testUtils__/MemoryCluster';
import { healthyPipeline, pipeline } from './__testUtils__/objects';
import {
  createClusterWatch,
  HttpTransport,
  type ClusterWatch,
} from './kubernetes';
import { fastClock } from './kubernetes/__testing__/clocks';
import { FakeApiServer } from './kubernetes/__testing__/FakeApiServer';
import { workflows } from './kubernetes/__testing__/kinds';
import { until } from './kubernetes/__testing__/until';
import { deliveryPlugin } from './plugin';
import { EventReader } from './router/__testUtils__/EventReader';
import { DefaultDeliveryService } from './service/DefaultDeliveryService';
import { deliveryServiceRef } from './service/deliveryServiceRef';
import { sources } from './sources';

// Real sockets on a machine that may be busy with other things.
jest.setTimeout(30_000);

/** Collects when a test asks. */
class Reader extends MetricReader {
  protected async onShutdown() {}
  protected async onForceFlush() {}

  /** Values of a metric of the plugin, by what they are of. */
  async read(name: string): Promise<Record<string, number>> {
    const { resourceMetrics, errors } = await this.collect();
    if (errors.length > 0) {
      throw new AggregateError(errors);
    }
    const points = resourceMetrics.scopeMetrics
      .filter(({ scope }) => scope.name === 'backstage-plugin-delivery')
      .flatMap(scope => scope.metrics)
      .filter(({ descriptor }) => descriptor.name === name)
      .flatMap((metric): DataPoint<unknown>[] => metric.dataPoints);
    return Object.fromEntries(
      points.map(({ attributes, value }) => [
        Object.values(attributes).join(' '),
        value as number,
      ]),
    );
  }
}

describe('metrics, as OpenTelemetry collects them from Backstage', () => {
  const RUN = 'hub argoproj.io Workflow';
  const server = new FakeApiServer();
  const spoke = new MemoryCluster('spoke').put(...healthyPipeline());
  const reader = new Reader();
  const runs = server.serve(workflows);
  let backend: Awaited<ReturnType<typeof startTestBackend>>;
  let stream: EventReader;
  let hub: ClusterWatch;

  beforeAll(async () => {
    await server.start();
    runs.put({ name: 'first', namespace: 'team-checkout' });
    metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
    hub = createClusterWatch({
      name: 'hub',
      transport: new HttpTransport(server.access()),
      logger: mockServices.logger.mock(),
      clock: fastClock(20),
      lingerMs: 1_000,
    });
    backend = await startTestBackend({
      features: [
        deliveryPlugin,
        metricsServiceFactory,
        catalogServiceMock.factory({ entities: [entity()] }),
        createServiceFactory({
          service: deliveryServiceRef,
          deps: { lifecycle: coreServices.lifecycle },
          factory({ lifecycle }) {
            const service = DefaultDeliveryService.create({
              sources,
              logger: mockServices.logger.mock(),
              clusters: [hub, spoke].map(watch => ({
                watch,
                argoCdNamespace: 'argocd',
                links: {},
              })),
            });
            service.start();
            lifecycle.addShutdownHook(() => service.stop());
            return service;
          },
        }),
      ],
    });
    const { port } = backend.server.address() as AddressInfo;
    stream = await EventReader.open(
      `http://127.0.0.1:${port}/api/delivery/v1/entities/component/default/checkout/delivery/stream`,
    );
    await stream.event();
    await until(
      'every kind of the hub',
      () =>
        runs.watchers.size === 1 &&
        hub.kindStates().every(({ state }) => state !== 'syncing'),
    );
  });

  afterAll(async () => {
    stream?.close();
    await backend?.stop();
    await server.stop();
    metrics.disable();
  });

  const read = async (name: string) => (await reader.read(name))[RUN];

  it('name every kind of every cluster', async () => {
    for (const figure of [
      'objects',
      'events',
      'relists',
      'reconnects',
      'age',
    ]) {
      const values = await reader.read(`delivery.watch.${figure}`);
      expect(Object.keys(values)).toEqual(
        expect.arrayContaining([
          'hub kro.run CICDPipeline',
          RUN,
          'hub argoproj.io Application',
          'spoke kro.run CICDPipeline',
          'spoke argoproj.io Workflow',
          'spoke core.oam.dev Application',
          'spoke  Pod',
        ]),
      );
    }
    expect(await reader.read('delivery.watch.objects')).toMatchObject({
      [RUN]: 1,
      'hub kro.run CICDPipeline': 0,
      'spoke argoproj.io Workflow': 3,
      'spoke kro.run CICDPipeline': 1,
    });
    expect(await reader.read('delivery.watch.state')).toMatchObject({
      [`${RUN} live`]: 1,
      [`${RUN} stale`]: 0,
      'hub kro.run CICDPipeline not-installed': 1,
      'spoke kro.run CICDPipeline live': 1,
    });
  });

  it('count events, connections and lists as they happen', async () => {
    const events = await read('delivery.watch.events');
    runs.put({ name: 'second', namespace: 'team-checkout' });
    await until(
      'an object',
      async () => (await read('delivery.watch.objects')) === 2,
    );
    expect(await read('delivery.watch.events')).toBe(events + 1);
    expect(await read('delivery.watch.age')).toBeLessThan(30);

    const reconnects = await read('delivery.watch.reconnects');
    expect(await read('delivery.watch.relists')).toBe(0);
    server.breakConnections();
    await until(
      'another connection',
      async () => (await read('delivery.watch.reconnects')) === reconnects + 1,
    );
    expect(await read('delivery.watch.relists')).toBe(0);

    // What was missed is known no more, so that everything is listed again.
    await until('the watch', () => runs.watchers.size === 1);
    server.next('watch', 'expired-event');
    server.breakConnections();
    await until(
      'another list',
      async () => (await read('delivery.watch.relists')) === 1,
    );
  });

  it('count on when one of several watches of a kind ends', async () => {
    const counted = async () => ({
      events: await read('delivery.watch.events'),
      relists: await read('delivery.watch.relists'),
      reconnects: await read('delivery.watch.reconnects'),
    });
    const watches = () =>
      hub.statistics().filter(({ kind }) => kind === 'Workflow');
    const before = await counted();
    const release = hub.acquire([
      { group: 'argoproj.io', kind: 'Workflow', namespace: 'team-checkout' },
    ]);
    await until('another watch', () => runs.watchers.size === 2);
    runs.put({ name: 'third', namespace: 'team-checkout' });
    server.breakConnections();
    await until('both go on', () =>
      watches().every(
        ({ state, watches: opened }) => state === 'live' && opened > 1,
      ),
    );
    await until(
      'both tell of it',
      async () => (await counted()).events >= before.events + 2,
    );
    const counts = await counted();
    release();
    await until('its end', () => watches().length === 1);
    const after = await counted();
    expect(after.events).toBeGreaterThanOrEqual(counts.events);
    expect(after.relists).toBeGreaterThanOrEqual(counts.relists);
    expect(after.reconnects).toBeGreaterThanOrEqual(counts.reconnects);
  });

  it('count open streams, entries and computations', async () => {
    expect(await reader.read('delivery.active_streams')).toEqual({ '': 1 });
    expect(await reader.read('delivery.entries')).toEqual({ '': 1 });
    const computed = await reader.read('delivery.computations');
    expect(computed['']).toBeGreaterThan(0);
    stream.close();
    await until(
      'the end of the stream',
      async () => (await reader.read('delivery.active_streams'))[''] === 0,
    );
  });

  it('are read no more after the end of the plugin', async () => {
    const kind = 'spoke kro.run CICDPipeline';
    const objects = async () =>
      (await reader.read('delivery.watch.objects'))[kind];
    spoke.put(pipeline({ metadata: { name: 'second', uid: 'second' } }));
    expect(await objects()).toBe(2);
    await backend.stop();
    spoke.put(pipeline({ metadata: { name: 'third', uid: 'third' } }));
    expect(await objects()).toBe(2);
  });
});
