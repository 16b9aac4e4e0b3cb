import { setTimeout as sleep } from 'node:timers/promises';
import { mockServices } from '@backstage/backend-test-utils';
import { runHistorySchema } from '@golden-path/plugin-delivery-common';
import knexFactory, { type Knex } from 'knex';
import request from 'supertest';
import {
  pipelineWithoutRepository,
  startOnPlatform,
} from '../__testUtils__/startOnPlatform';
import { RealCluster } from '../kubernetes/__testing__/RealCluster';

/**
 * The plugin over the local platform with its real controllers, which nobody looks at
 * until the end.
 */
const app = `past${Math.random().toString(36).slice(2, 8)}`;

let cluster: RealCluster;
let knex: Knex;
let backend: Awaited<ReturnType<typeof startOnPlatform>>;

beforeAll(async () => {
  cluster = await RealCluster.connect();
  knex = knexFactory({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
  });
  backend = await startOnPlatform(app, cluster.namespace, [
    mockServices.database.factory({ knex }),
  ]);
});

afterAll(async () => {
  await backend?.stop();
  await knex?.destroy();
  await cluster?.close();
});

it('records what real controllers did, though nobody looks, and tells it when all is deleted', async () => {
  const pipelines = `/apis/kro.run/v1alpha1/namespaces/${cluster.namespace}/cicdpipelines`;
  await cluster.send(
    'POST',
    pipelines,
    pipelineWithoutRepository(app, cluster.namespace),
  );
  const rows = (table: string) => knex(table).select();
  const deadline = Date.now() + 120_000;
  while ((await rows('runs')).length === 0 && Date.now() < deadline) {
    await sleep(200);
  }
  const { items } = await cluster.send(
    'GET',
    `/apis/argoproj.io/v1alpha1/namespaces/${cluster.namespace}/workflows`,
  );
  const ended = items.filter(({ status }: any) => status.finishedAt);
  expect(ended.length).toBeGreaterThan(0);
  expect((await rows('runs')).map(({ uid, phase }) => [uid, phase])).toEqual(
    ended.map(({ metadata, status }: any) => [metadata.uid, status.phase]),
  );
  while ((await rows('health_changes')).length < 2 && Date.now() < deadline) {
    await sleep(200);
  }
  const healthOf = async (environment: string) => {
    const { metadata, status } = await cluster.send(
      'GET',
      `/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/${app}-${environment}-cd`,
    );
    return [
      metadata.uid,
      status.health.status,
      Date.parse(status.health.lastTransitionTime),
    ];
  };
  expect(
    (await rows('health_changes')).map(row => [
      row.application_uid,
      row.health,
      new Date(row.since).getTime(),
    ]),
  ).toEqual(
    expect.arrayContaining([await healthOf('dev'), await healthOf('prod')]),
  );

  await cluster.send('DELETE', `${pipelines}/${app}-cicd-pipeline`);
  const { body } = await request(backend.server).get(
    '/api/delivery/v1/entities/component/default/checkout/history',
  );
  expect(runHistorySchema.parse(body).runs).toMatchObject(
    ended.map(({ metadata, status }: any) => ({
      uid: metadata.uid,
      name: metadata.name,
      purpose: 'setup',
      phase: status.phase,
    })),
  );
}, 180_000);
