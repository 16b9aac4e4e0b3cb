import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  deliverySchema,
  type Delivery,
} from '@golden-path/plugin-delivery-common';
import request from 'supertest';
import {
  pipelineWithoutRepository,
  startOnPlatform,
} from './__testUtils__/startOnPlatform';
import { RealCluster } from './kubernetes/__testing__/RealCluster';

/** Against the local platform with its real controllers; the suite `platform` starts one. */
const app = `probe${Math.random().toString(36).slice(2, 8)}`;
const ROUTE = '/api/delivery/v1/entities/component/default/checkout/delivery';

let cluster: RealCluster;
let backend: Awaited<ReturnType<typeof startOnPlatform>>;
let pipelines: string;
/** Every document that was read, for what was true on the way only. */
const seen: Delivery[] = [];

async function read(): Promise<Delivery> {
  const response = await request(backend.server).get(ROUTE);
  const delivery = deliverySchema.parse(response.body);
  seen.push(delivery);
  return delivery;
}

/** Asks again until it is so; fails with what was waited for and what was said last. */
async function until(
  what: string,
  isSo: () => Promise<boolean>,
  timeoutMs = 20_000,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await isSo())) {
    if (performance.now() > deadline) {
      throw new Error(
        `not within ${timeoutMs} ms: ${what}; last: ${
          seen.at(-1)?.summary.sentence.text
        }`,
      );
    }
    await sleep(20);
  }
}

const stageOf = (delivery: Delivery, id: string) =>
  delivery.stages.find(stage => stage.id === id);

beforeAll(async () => {
  cluster = await RealCluster.connect();
  pipelines = `/apis/kro.run/v1alpha1/namespaces/${cluster.namespace}/cicdpipelines`;
  backend = await startOnPlatform(app, cluster.namespace);
});

afterAll(async () => {
  await backend?.stop();
  await cluster?.close();
});

it('is missing before there is a pipeline', async () => {
  await until('the cluster is read', async () =>
    // Rollouts and Kargo are not part of the local platform.
    (
      await read()
    ).sources.every(({ state }) => ['live', 'not-installed'].includes(state)),
  );
  const delivery = await read();
  expect(delivery.summary).toMatchObject({
    status: 'missing',
    stage: 'pipeline',
  });
});

it('agrees with the cluster from the first object to a failed set-up', async () => {
  await cluster.send(
    'POST',
    pipelines,
    pipelineWithoutRepository(app, cluster.namespace),
  );
  await until(
    'the set-up has failed',
    async () =>
      (await read()).summary.sentence.code === 'pipeline.setupFailedAt',
    100_000,
  );
  expect(
    seen.some(({ stages }) =>
      stages.some(({ word }) => word?.startsWith('IN_PROGRESS · Ready=False')),
    ),
  ).toBe(true);

  const delivery = await read();
  const instance = await cluster.send(
    'GET',
    `${pipelines}/${app}-cicd-pipeline`,
  );
  const ready = instance.status.conditions.find(
    ({ type }: { type: string }) => type === 'Ready',
  );
  expect(stageOf(delivery, 'pipeline')?.word).toBe(
    `${instance.status.state} · Ready=${ready.status}`,
  );

  const workflows = await cluster.send(
    'GET',
    `/apis/argoproj.io/v1alpha1/namespaces/${cluster.namespace}/workflows`,
  );
  expect(delivery.runs.map(({ name, phase }) => [name, phase])).toEqual(
    workflows.items.map((item: any) => [item.metadata.name, item.status.phase]),
  );
  expect(stageOf(delivery, 'trigger')?.status).toBe('succeeded');
  expect(stageOf(delivery, 'image')?.word).toBe(
    `000000000000.dkr.ecr.us-west-2.amazonaws.com/peeks/${app}`,
  );
  expect(delivery.environments.map(({ name }) => name)).toEqual([
    'dev',
    'prod',
  ]);
  for (const { argoCd } of delivery.environments) {
    const application = await cluster.send(
      'GET',
      `/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/${argoCd.name}`,
    );
    expect(argoCd).toMatchObject({
      sync: application.status.sync.status,
      health: application.status.health.status,
    });
  }
}, 120_000);

it('tells a change of the cluster within a second', async () => {
  const milliseconds: number[] = [];
  for (const value of ['suspended', null, 'suspended', null, 'suspended']) {
    await cluster.send('PATCH', `${pipelines}/${app}-cicd-pipeline`, {
      metadata: { annotations: { 'kro.run/reconcile': value } },
    });
    const changed = performance.now();
    await until('the change is told', async () => {
      const { status } = stageOf(await read(), 'pipeline') ?? {};
      return (status === 'suspended') === (value === 'suspended');
    });
    milliseconds.push(performance.now() - changed);
  }
  const [, , median] = milliseconds.sort((a, b) => a - b);
  expect(median).toBeLessThan(1_000);
});

it('is missing again after the pipeline is deleted', async () => {
  await cluster.send('PATCH', `${pipelines}/${app}-cicd-pipeline`, {
    metadata: { annotations: { 'kro.run/reconcile': null } },
  });
  await cluster.send('DELETE', `${pipelines}/${app}-cicd-pipeline`);
  await until(
    'the pipeline is gone',
    async () => stageOf(await read(), 'pipeline')?.status === 'missing',
    60_000,
  );
  expect((await read()).environments).toEqual([]);
}, 70_000);
