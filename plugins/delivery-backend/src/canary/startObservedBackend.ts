import { createServer } from 'node:net';
import { inspect } from 'node:util';
import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createServiceFactory,
  type BackendFeature,
  type RootLoggerService,
} from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { mockServices } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { deliveryPlugin } from '../plugin';
import { databaseReader } from './databaseReader';
import type { Observation } from './Marks';
import { keyPlugin } from './tokens';

/**
 * The plugin in a real backend: Backstage's own HTTP server, authentication, audit and
 * access log. Whatever it logs, at any level, and measures is observed.
 */
export async function startObservedBackend(options: {
  config: JsonObject;
  features: BackendFeature[];
}) {
  const observations: Observation[] = [];
  const collectors: Array<() => void> = [];
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const backend = createBackend();
  const { module: reader, readRows } = databaseReader();
  for (const feature of [
    deliveryPlugin,
    reader,
    keyPlugin,
    createServiceFactory({
      service: coreServices.rootLogger,
      deps: {},
      factory: () => observedLogger(observations),
    }),
    createServiceFactory({
      service: metricsServiceRef,
      deps: {},
      factory: () => observedMetrics(observations, collectors),
    }),
    mockServices.rootConfig.factory({
      data: {
        ...options.config,
        backend: {
          baseUrl: url,
          listen: { host: '127.0.0.1', port },
          database: { client: 'better-sqlite3', connection: ':memory:' },
          ...(options.config.backend as JsonObject),
        },
      },
    }),
    ...options.features,
  ]) {
    backend.add(feature);
  }
  await backend.start();
  return {
    url,
    observations,
    /** What is in the plugin's database. */
    readRows,
    /** Reads all instruments that are read rather than written. */
    collectMetrics: () => collectors.forEach(collect => collect()),
    stop: () => backend.stop(),
  };
}

function observedLogger(
  observations: Observation[],
  fields: JsonObject = {},
): RootLoggerService {
  const note = (level: string) => (message: string, meta?: unknown) => {
    observations.push({
      where: `log (${level})`,
      text: `${message} ${inspect({ fields, meta }, { depth: 20 })}`,
    });
  };
  return {
    error: note('error'),
    warn: note('warn'),
    info: note('info'),
    debug: note('debug'),
    child: meta => observedLogger(observations, { ...fields, ...meta }),
  };
}

/** Every name, attribute and value that is measured. */
function observedMetrics(
  observations: Observation[],
  collectors: Array<() => void>,
) {
  const note = (name: string) => (value: unknown, attributes?: unknown) => {
    observations.push({
      where: 'metrics',
      text: inspect({ name, value, attributes }, { depth: 20 }),
    });
  };
  const create = (name: string, advice?: unknown) => {
    note(name)('', advice);
    return {
      add: note(name),
      record: note(name),
      addCallback: (callback: (result: object) => void) =>
        collectors.push(() => callback({ observe: note(name) })),
      removeCallback: () => {},
    };
  };
  // Whatever kind of instrument is wanted: it writes down what it is given.
  return new Proxy({} as never, {
    get: (_target, property) =>
      String(property).startsWith('create') ? create : undefined,
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
