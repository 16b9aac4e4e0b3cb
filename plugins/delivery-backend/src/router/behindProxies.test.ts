import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { createBackend } from '@backstage/backend-defaults';
import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { entity } from '../__testUtils__/entity';
import { MemoryCluster } from '../__testUtils__/MemoryCluster';
import {
  buildSteps,
  healthyPipeline,
  pushBuild,
} from '../__testUtils__/objects';
import { deliveryPlugin } from '../plugin';
import { DefaultDeliveryService } from '../service/DefaultDeliveryService';
import { deliveryServiceRef } from '../service/deliveryServiceRef';
import { sources } from '../sources';
import { BufferingProxy } from './__testUtils__/BufferingProxy';
import { EventReader } from './__testUtils__/EventReader';

const DOCUMENT =
  '/api/delivery/v1/entities/component/default/checkout/delivery';
const COMPRESSED = { 'Accept-Encoding': 'gzip' };

/** The plugin behind all that Backstage's own HTTP server does to requests and answers. */
async function startBackend(cluster: MemoryCluster) {
  let server: http.Server | undefined;
  const backend = createBackend();
  for (const feature of [
    deliveryPlugin,
    rootHttpRouterServiceFactory({
      configure(context) {
        server = context.server;
        context.applyDefaults();
      },
    }),
    mockServices.rootConfig.factory({
      data: {
        backend: {
          baseUrl: 'http://127.0.0.1',
          listen: { host: '127.0.0.1', port: 0 },
          database: { client: 'better-sqlite3', connection: ':memory:' },
        },
      },
    }),
    mockServices.rootLogger.factory(),
    mockServices.auth.factory(),
    mockServices.httpAuth.factory(),
    mockServices.permissions.factory(),
    catalogServiceMock.factory({ entities: [entity()] }),
    createServiceFactory({
      service: deliveryServiceRef,
      deps: {},
      factory() {
        const service = DefaultDeliveryService.create({
          sources,
          logger: mockServices.logger.mock(),
          settleMs: 5,
          clusters: [{ watch: cluster, argoCdNamespace: 'argocd', links: {} }],
        });
        service.start();
        return service;
      },
    }),
  ]) {
    backend.add(feature);
  }
  await backend.start();
  const { port } = server?.address() as AddressInfo;
  return { port, stop: () => backend.stop() };
}

describe('behind what holds answers back', () => {
  const cluster = new MemoryCluster('local').put(...healthyPipeline());
  let backend: Awaited<ReturnType<typeof startBackend>>;
  let proxy: BufferingProxy;

  beforeAll(async () => {
    backend = await startBackend(cluster);
    proxy = await BufferingProxy.start(backend.port);
  });

  afterAll(async () => {
    proxy?.stop();
    await backend?.stop();
  });

  it('documents are compressed by Backstage', async () => {
    const response = await new Promise<http.IncomingMessage>(
      (resolve, reject) => {
        http
          .get(`${proxy.url}${DOCUMENT}`, { headers: COMPRESSED }, resolve)
          .on('error', reject);
      },
    );
    response.resume();
    expect(response.headers['content-encoding']).toBe('gzip');
  });

  it('each event of the stream comes at once all the same', async () => {
    const reader = await EventReader.open(
      `${proxy.url}${DOCUMENT}/stream`,
      COMPRESSED,
    );
    expect(reader.response.headers['content-encoding']).toBeUndefined();
    await reader.event();
    for (const commit of ['7', '8', '9'].map(digit => digit.repeat(40))) {
      const changedAt = performance.now();
      cluster.put(
        pushBuild(commit, 'Running', buildSteps('checkout-code'), {
          creationTimestamp: `2026-11-24T0${commit[0]}:00:00Z`,
        }),
      );
      expect(await reader.event()).toMatchObject({
        event: 'delivery',
        data: {
          runs: expect.arrayContaining([expect.objectContaining({ commit })]),
        },
      });
      // What is held back comes with the next sign of life, 15 s later, or never.
      expect(performance.now() - changedAt).toBeLessThan(5_000);
    }
    reader.close();
  });

  it('would not without asking for it', async () => {
    const careless = http
      .createServer((_request, response) => {
        response.setHeader('Content-Type', 'text/event-stream');
        response.write('data: 1\n\n');
      })
      .listen(0, '127.0.0.1');
    await new Promise(resolve => careless.once('listening', resolve));
    const { port } = careless.address() as AddressInfo;
    const other = await BufferingProxy.start(port);
    const got = jest.fn();
    const request = http.get(other.url, response => response.on('data', got));
    request.on('error', () => {});
    await new Promise(resolve => setTimeout(resolve, 300));
    expect(got).not.toHaveBeenCalled();
    request.destroy();
    other.stop();
    careless.close();
    careless.closeAllConnections();
  });
});
