import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { parse } from 'yaml';
import { entity } from '../__testUtils__/entity';
import { RealCluster } from '../kubernetes/__testing__/RealCluster';
import { until } from '../kubernetes/__testing__/until';
import { watchedKinds } from '../sources';
import { badHeaders } from './badHeaders';
import { Client, documentOf, routeOf } from './Client';
import { Marks } from './Marks';
import { badPlaces, type BadPlace } from './places';
import { allPlants, PIPELINE } from './plants';
import type { Plant } from './plants/plant';
import { failLoggedRun, LOGGED, plantStepLog } from './plants/stepLog';
import { writeStatus } from './plants/writeStatus';
import { startObservedBackend } from './startObservedBackend';
import { userToken } from './tokens';

/**
 * Against the real API server: the administrator plants marked strings wherever a secret
 * may be, the plugin reads with its own account, everything that comes out is searched.
 */
const marks = new Marks();
const shown: Array<{ name: string; word: string }> = [];

let cluster: RealCluster;
let plants: Plant[];
let places: BadPlace[];
let closePlaces: (() => void) | undefined;
let backend: Awaited<ReturnType<typeof startObservedBackend>>;
let client: Client;
let serviceToken: string;

function entityAt(name: string, clusterName: string) {
  const located = entity({
    'kro.run/cluster': clusterName,
    'kro.run/instance-name': `${PIPELINE}-pipeline`,
    'kro.run/instance-namespace': cluster.namespace,
  });
  return { ...located, metadata: { ...located.metadata, name } };
}

interface WithParameters {
  spec?: { arguments: { parameters: Array<{ value: string }> } };
}

/** Values of the parameters of a planted run. */
function valuesOf(run: string): string[] {
  const planted = plants.find(({ object }) => object.metadata.name === run);
  const { spec } = planted?.object as WithParameters;
  // The first is the image tag, which may be seen.
  return spec!.arguments.parameters.slice(1).map(({ value }) => value);
}

function invoke(
  id: string,
  input: object,
  headers?: Record<string, string>,
): Promise<{ body: string }> {
  return client.ask(
    `/.backstage/actions/v1/actions/${encodeURIComponent(id)}/invoke`,
    { method: 'POST', body: input, headers },
  );
}

/** Asks for entities of every place, well and badly, and as those who may not. */
async function askAll(template: string, method: string): Promise<void> {
  const bad = 'limit=-1&cursor=odd&sort=odd&status=odd&odd=odd';
  const names = ['canary', 'denied', 'absent', '~'];
  for (const name of [...names, ...places.map(place => place.name)]) {
    const route = routeOf(template, name);
    await client.ask(route, { method });
    await client.ask(`${route}?${bad}`, { method });
  }
  for (const headers of badHeaders(marks, serviceToken)) {
    await client.ask(routeOf(template, 'canary'), { method, headers });
  }
}

beforeAll(async () => {
  cluster = await RealCluster.connect();
  const folder = process.env.DELIVERY_PLATFORM_DIR ?? '';
  const kubeconfig = path.join(folder, 'kubeconfig-reader');
  const reader = parse(await readFile(kubeconfig, 'utf8'));
  marks.hide('token of the reading account', reader.users[0].user.token);
  plants = allPlants({
    namespace: cluster.namespace,
    secret: name => marks.plant(name),
    shown: name => {
      const word = `shown${Math.random().toString(36).slice(2, 10)}`;
      shown.push({ name, word });
      return word;
    },
  });
  for (const { path: collection, object } of plants) {
    await cluster.send('POST', collection, object);
  }
  for (const plant of plants.filter(({ status }) => status)) {
    await writeStatus(cluster, plant);
  }
  ({ places, close: closePlaces } = await badPlaces({
    marks,
    server: reader.clusters[0].cluster.server,
    file: name => cluster.file(name),
  }));
  const token = userToken();
  token.split('.').forEach(part => marks.hide("a user's token", part));
  serviceToken = marks.plant("a service's token");
  const entities = [
    entityAt('canary', 'local'),
    entityAt('denied', 'local'),
    ...places.map(({ name }) => entityAt(name, name)),
  ];
  backend = await startObservedBackend({
    config: {
      backend: {
        auth: {
          externalAccess: [
            {
              type: 'static',
              options: { token: serviceToken, subject: 'canary' },
            },
          ],
        },
      },
      delivery: {
        clusters: [
          { name: 'local', kubeconfig, argoCdNamespace: cluster.namespace },
          ...places.map(place => ({
            name: place.name,
            kubeconfig: place.kubeconfig,
          })),
        ],
      },
    },
    features: [
      catalogServiceMock.factory({ entities }),
      mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(({ resourceRef }) => ({
            result: resourceRef?.endsWith('/denied')
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
          })),
      }).factory,
    ],
  });
  client = new Client(backend.url, token);
});

afterAll(async () => {
  await backend?.stop();
  closePlaces?.();
  for (const { path: collection, object } of plants.filter(
    plant => plant.isClusterWide,
  )) {
    await cluster.send('DELETE', `${collection}/${object.metadata.name}`);
  }
  await cluster?.close();
});

it('is found by the search where it was planted, in any form', async () => {
  const { path: collection, object } = plants.find(
    plant => plant.object.kind === 'Workflow',
  )!;
  const text = JSON.stringify(
    await cluster.send('GET', `${collection}/${object.metadata.name}`),
  );
  const found = marks.findIn([{ where: 'the object', text }]).length;
  expect(found).toBeGreaterThan(50);
  const forms = [
    text,
    encodeURIComponent(text),
    ...['', 'a', 'ab'].map(before =>
      Buffer.from(before + text).toString('base64'),
    ),
    Buffer.from(text).toString('base64url'),
    Buffer.from(text).toString('hex'),
  ];
  for (const form of forms) {
    expect(marks.findIn([{ where: 'it, encoded', text: form }])).toHaveLength(
      found,
    );
  }
  expect(marks.findIn([{ where: 'elsewhere', text: 'canary' }])).toEqual([]);
});

it('was really read: each planted object shows in the document', async () => {
  let delivery = await client.read('canary');
  await until('all kinds are live', async () => {
    delivery = await client.read('canary');
    return delivery.sources.every(({ state }) =>
      ['live', 'not-installed'].includes(state),
    );
  });
  const text = JSON.stringify(delivery);
  const missing = shown.filter(({ word }) => !text.includes(word));
  expect(missing.map(({ name }) => name)).toEqual([]);
  const planted = new Set(
    plants.map(({ object: { apiVersion, kind } }) =>
      [kind, ...apiVersion.split('/').slice(0, -1)].join('.'),
    ),
  );
  const served = delivery.sources.filter(({ state }) => state === 'live');
  const kinds = watchedKinds
    .filter(({ kind, group }) =>
      served.some(
        source =>
          source.kind === kind &&
          source.apiVersion.split('/')[0] === (group || 'v1'),
      ),
    )
    .map(({ kind, group }) => (group ? `${kind}.${group}` : kind));
  expect(kinds.length).toBeGreaterThan(8);
  // Of this one nothing but its metadata is kept.
  planted.add('GraphRevision.internal.kro.run');
  expect(kinds.filter(kind => !planted.has(kind))).toEqual([]);
  expect(delivery.environments[0]).toMatchObject({
    pods: { desired: 7 },
    oam: { phase: 'unhealthy' },
  });
});

async function reasonsOf(name: string): Promise<string> {
  let reasons: Array<string | undefined> = [];
  await until(`the reasons of ${name}`, async () => {
    reasons = (await client.read(name)).sources.map(({ reason }) => reason);
    return reasons.length > 0 && reasons.every(Boolean);
  });
  return reasons.join('\n');
}

it('was really tried: each bad place shows why it cannot be read', async () => {
  for (const { name, reason } of places) {
    expect(await reasonsOf(name)).toMatch(reason);
  }
});

it('goes through every route, as everybody who may ask', async () => {
  const { body } = await client.ask(`/v1/openapi.json`);
  const { paths } = JSON.parse(body) as {
    paths: Record<string, Record<string, object>>;
  };
  expect(Object.keys(paths).length).toBeGreaterThan(1);
  for (const [template, operations] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      // Streams do not end; they have a test of their own.
      if (!JSON.stringify(operation).includes('text/event-stream')) {
        await askAll(template, method.toUpperCase());
      }
    }
    await client.ask(routeOf(template, 'canary'), { method: 'PUT' });
  }
  await client.ask(`/v1/no-such-route`);
  expect([...client.statuses]).toEqual(
    expect.arrayContaining([200, 400, 401, 403, 404]),
  );
});

it('goes through streams: what changes meanwhile, resumed, denied, to the end of the token', async () => {
  const workflows = `/apis/argoproj.io/v1alpha1/namespaces/${cluster.namespace}/workflows`;
  const text = await client.follow(`${documentOf('canary')}/stream`, {
    until: soFar => soFar.includes('late-but-shown'),
    meanwhile: () =>
      cluster.send('PATCH', `${workflows}/${PIPELINE}-push`, {
        status: {
          message: `late-but-shown https://a:${marks.plant(
            'a change',
          )}@git.example`,
          outputs: {
            parameters: [{ name: 'a', value: marks.plant('a new output') }],
          },
        },
      }),
  });
  expect(text).toContain('event: delivery');
  const revision = /^id: (.*)$/m.exec(text)?.[1] ?? '';
  await client.follow(`${documentOf('canary')}/stream`, {
    headers: { 'last-event-id': revision },
    until: soFar => soFar.includes('event: '),
  });
  for (const name of ['denied', 'absent']) {
    await client.ask(`${documentOf(name)}/stream`);
  }
  const brief = userToken(3);
  brief.split('.').forEach(part => marks.hide('a brief token', part));
  const ended = await client.follow(`${documentOf('canary')}/stream`, {
    headers: { authorization: `Bearer ${brief}` },
    until: soFar => soFar.includes('event: end'),
  });
  expect(ended).toContain('expired');
});

it('goes through the log of a step, as events, as a file, followed and denied', async () => {
  const shownWord = `shown${Math.random().toString(36).slice(2, 10)}`;
  await plantStepLog(cluster, marks, valuesOf(LOGGED.run), shownWord);
  const pathOf = (name: string, step = LOGGED.step) =>
    `${routeOf('/v1/entities/{kind}/{namespace}/{name}', name)}/runs/${
      LOGGED.run
    }/steps/${step}/logs`;
  await until('the log is served', async () =>
    (await client.ask(pathOf('canary'))).body.includes(shownWord),
  );
  const { headers } = client;
  const file = await client.ask(pathOf('canary'), {
    headers: { ...headers, accept: 'text/plain' },
  });
  expect(file.body).toContain(shownWord);
  expect(file.body).toContain('***');
  await client.follow(`${pathOf('canary')}?follow=true`, {
    until: text => text.includes(shownWord),
  });
  for (const query of [
    'tailLines=3',
    'previous=true',
    'container=odd',
    'odd=1',
  ]) {
    await client.ask(`${pathOf('canary')}?${query}`);
  }
  await client.ask(pathOf('canary', 'odd'));
  for (const name of ['denied', 'absent', '~']) {
    await client.ask(pathOf(name));
  }
  for (const each of badHeaders(marks, serviceToken)) {
    await client.ask(pathOf('canary'), { headers: each });
  }
});

it('goes into the database: what a run and its failed step leave behind', async () => {
  await failLoggedRun(cluster, marks);
  const rowsOf = async (table: string) =>
    (await backend.readRows())
      .filter(({ where }) => where === `table ${table}`)
      .map(({ text }) => text)
      .join('\n');
  await until('the run is written down', async () =>
    (await rowsOf('runs')).includes(LOGGED.run),
  );
  await until('the end of the log is written down', async () =>
    (await rowsOf('step_logs')).includes('***'),
  );
  expect(await rowsOf('step_logs')).toContain(LOGGED.run);
});

it('goes through every action, as everybody who may ask', async () => {
  const { body } = await client.ask('/.backstage/actions/v1/actions');
  const { actions } = JSON.parse(body) as { actions: Array<{ id: string }> };
  expect(actions.length).toBeGreaterThan(6);
  for (const { id } of actions) {
    const more = { ...LOGGED, environment: 'dev' };
    for (const name of [
      'canary',
      'denied',
      'absent',
      '~',
      ...places.map(each => each.name),
    ]) {
      for (const fields of [
        {},
        more,
        { run: LOGGED.run },
        { environment: 'odd' },
      ]) {
        await invoke(id, { entity: name, ...fields });
      }
    }
    for (const each of badHeaders(marks, serviceToken)) {
      await invoke(id, { entity: 'canary', ...more }, each);
    }
  }
  const read = await invoke('delivery:read-step-log', {
    entity: 'canary',
    ...LOGGED,
  });
  expect(read.body).toContain('***');
});

it('comes out nowhere', async () => {
  backend.collectMetrics();
  const rows = await backend.readRows();
  expect(rows.length).toBeGreaterThan(3);
  const logged = backend.observations.map(({ text }) => text).join('\n');
  // What is searched must be there to be searched: states, access log, audit.
  expect(logged).toContain('Cluster echo: ');
  expect(logged).toContain('/api/delivery/v1/entities');
  expect(logged).toMatch(/audit/i);
  expect(marks.size).toBeGreaterThan(300);
  expect(client.answers.length).toBeGreaterThan(30);
  expect([
    ...new Set(
      marks.findIn([...client.answers, ...backend.observations, ...rows]),
    ),
  ]).toEqual([]);
});
