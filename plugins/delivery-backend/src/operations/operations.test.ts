import type {
  OperationOutcome,
  OperationRequest,
} from '@golden-path/plugin-delivery-common';
import { deliveryFor } from '../__testUtils__/deliveryFor';
import { entity } from '../__testUtils__/entity';
import {
  application,
  COMMIT,
  healthyPipeline,
  OLDER_COMMIT,
  pipeline,
  pushBuild,
  URI,
} from '../__testUtils__/objects';
import { noFacts } from '../delivery/facts';
import { FakeCluster } from './__testing__/FakeCluster';
import { FakeRepository } from './__testing__/FakeRepository';
import { operationOf, OperationService } from './OperationService';

const manifest = (tag: string) => `spec:\n  image: ${URI}:${tag}\n`;

const automated = { syncPolicy: { automated: { prune: true } } };
const source = (environment: string) => ({
  source: {
    repoURL: 'https://git.example/golden-path/checkout.git',
    path: `deployment/${environment}`,
    targetRevision: 'main',
  },
});

function goldenPath(options: { spec?: object; status?: object } = {}) {
  const objects: any[] = [
    ...healthyPipeline().filter(
      (object: any) => !object.metadata.name.endsWith('-cd'),
    ),
    application('dev', COMMIT, {
      spec: { ...automated, ...source('dev'), ...options.spec },
      status: options.status as any,
    }),
    application('prod', undefined, { spec: source('prod') }),
  ];
  const cluster = new FakeCluster().put(...objects);
  const repository = new FakeRepository({
    main: {
      'deployment/dev/application.yaml': manifest(COMMIT),
      'deployment/prod/application.yaml': manifest('none'),
    },
  });
  repository.newest = COMMIT;
  const record = jest.fn();
  const service = new OperationService({
    record,
    inspect: () => ({
      delivery: deliveryFor(objects),
      facts: {
        ...noFacts(),
        pipelineKind: 'CICDPipeline',
        listeners: [
          { kind: 'Sensor', name: 'checkout-sensor', conditions: [] },
        ],
      },
    }),
    clusters: new Map([['local', cluster.cluster as any]]),
    repositories: {
      byUrl: async () => repository,
      ofEntity: async () => repository,
    },
  });
  const perform = (request: OperationRequest): Promise<OperationOutcome> =>
    service.perform(entity(), request, 'user:default/ada');
  const live = (kind: string, name: string) =>
    [...cluster.objects.values()].find(
      object => object.kind === kind && object.metadata.name === name,
    );
  return { cluster, repository, perform, live, record };
}

it.each<[OperationRequest['operation'], string]>([
  ['sync', 'delivery.operate'],
  ['retry-run', 'delivery.operate'],
  ['promote', 'delivery.promote'],
])('asks for the permission of %s', (operation, permission) => {
  expect(operationOf({ operation } as OperationRequest).permission.name).toBe(
    permission,
  );
});

describe('Argo CD', () => {
  const name = 'checkout-dev-cd';

  it('is told to look at Git now', async () => {
    const { perform, live } = goldenPath();
    const request = { operation: 'refresh', environment: 'dev' } as const;
    expect(await perform(request)).toMatchObject({ outcome: 'accepted' });
    expect(live('Application', name).metadata.annotations).toMatchObject({
      'argocd.argoproj.io/refresh': 'normal',
      'cicd.kro.run/environment': 'dev',
    });
  });

  it('syncs once, in the name of who asks', async () => {
    const { perform, live } = goldenPath();
    const request = { operation: 'sync', environment: 'dev' } as const;
    expect((await perform(request)).outcome).toBe('accepted');
    expect(live('Application', name).operation).toEqual({
      initiatedBy: { username: 'user:default/ada' },
      info: [{ name: 'Reason', value: 'Asked for in Backstage' }],
      sync: { prune: true },
    });
    expect((await perform(request)).outcome).toBe('unchanged');
  });

  it('ends what is running, and says so where nothing is', async () => {
    const request = {
      operation: 'terminate-sync',
      environment: 'dev',
    } as const;
    const running = goldenPath({
      status: { operationState: { phase: 'Running' } },
    });
    expect((await running.perform(request)).outcome).toBe('accepted');
    expect(running.live('Application', name).status.operationState.phase).toBe(
      'Terminating',
    );
    expect((await goldenPath().perform(request)).outcome).toBe('unchanged');
  });

  const history = {
    history: [
      { id: 3, revision: OLDER_COMMIT, source: { path: 'old' } },
      { id: 4, revision: COMMIT },
    ],
  };
  const back = {
    operation: 'rollback',
    environment: 'dev',
    deployment: 3,
  } as const;

  it('rolls back by itself where it does not sync by itself', async () => {
    const { perform, live } = goldenPath({
      spec: { syncPolicy: {} },
      status: history,
    });
    expect((await perform(back)).outcome).toBe('accepted');
    expect(live('Application', name).operation.sync).toEqual({
      prune: false,
      revision: OLDER_COMMIT,
      source: { path: 'old' },
      syncStrategy: { apply: {} },
    });
  });

  it('is rolled back in Git where it would undo anything else', async () => {
    const { perform, live, repository } = goldenPath({ status: history });
    repository.revisions[OLDER_COMMIT] = {
      'deployment/dev/application.yaml': manifest(OLDER_COMMIT),
    };
    expect(await perform(back)).toMatchObject({
      outcome: 'accepted',
      link: { title: 'golden-path/checkout #1' },
    });
    expect(live('Application', name).operation).toBeUndefined();
    expect(repository.proposals).toMatchObject([
      {
        base: 'main',
        title: `Roll back dev to ${OLDER_COMMIT.slice(0, 7)}`,
        files: [
          {
            path: 'deployment/dev/application.yaml',
            content: manifest(OLDER_COMMIT),
          },
        ],
      },
    ]);
  });

  it('names the deployments that it remembers', async () => {
    const { perform } = goldenPath({ status: history });
    await expect(perform({ ...back, deployment: 9 })).rejects.toThrow(
      'Argo CD no longer remembers deployment 9 of "dev"; it remembers 3, 4',
    );
  });
});

describe('a promotion', () => {
  const request = { operation: 'promote', environment: 'prod' } as const;

  it('is a pull request, and one only', async () => {
    const { perform, repository, record } = goldenPath();
    expect(await perform(request)).toMatchObject({
      outcome: 'accepted',
      sentence: { code: 'operation.promote' },
      link: { url: 'https://git.example/golden-path/checkout/1' },
    });
    expect(repository.proposals[0]).toMatchObject({
      title: `Promote prod to ${COMMIT.slice(0, 7)}`,
      body: expect.stringContaining('user:default/ada'),
      files: [
        {
          path: 'deployment/prod/application.yaml',
          content: manifest(COMMIT),
        },
      ],
    });
    expect(await perform(request)).toMatchObject({
      outcome: 'unchanged',
      sentence: { code: 'operation.promote.open' },
    });
    // History has it once, too.
    expect(record.mock.calls.flatMap(([promotions]) => promotions)).toEqual([
      expect.objectContaining({
        id: 'https://git.example/golden-path/checkout/1',
        from: 'dev',
        to: 'prod',
        commit: COMMIT,
        by: 'user:default/ada',
      }),
    ]);
  });

  it('is none where Git holds the image already', async () => {
    const { perform, repository } = goldenPath();
    repository.revisions.main['deployment/prod/application.yaml'] =
      manifest(COMMIT);
    expect(await perform(request)).toMatchObject({
      outcome: 'unchanged',
      sentence: { code: 'operation.promote.done' },
    });
    expect(repository.proposals).toEqual([]);
  });

  it('explains a folder that names no such image', async () => {
    const { perform, repository } = goldenPath();
    repository.revisions.main['deployment/prod/application.yaml'] =
      'image: another:1\n';
    await expect(perform(request)).rejects.toThrow(
      'No manifest in "deployment/prod" of golden-path/checkout names an image',
    );
  });

  it('has nothing to bring to the first environment', async () => {
    await expect(
      goldenPath().perform({ ...request, environment: 'dev' }),
    ).rejects.toThrow('"dev" is the first environment');
  });
});

describe('the pipeline', () => {
  it('is held and let go', async () => {
    const { perform, live } = goldenPath();
    const annotations = () =>
      live('CICDPipeline', pipeline().metadata.name).metadata.annotations;
    expect(await perform({ operation: 'suspend-pipeline' })).toMatchObject({
      outcome: 'accepted',
    });
    expect(annotations()).toEqual({ 'kro.run/reconcile': 'suspended' });
    expect(await perform({ operation: 'suspend-pipeline' })).toMatchObject({
      outcome: 'unchanged',
    });
    expect(await perform({ operation: 'resume-pipeline' })).toMatchObject({
      outcome: 'accepted',
    });
    expect(annotations()).toEqual({});
    expect(await perform({ operation: 'resume-pipeline' })).toMatchObject({
      outcome: 'unchanged',
    });
  });

  const sensor = (dataKey: string) => ({
    kind: 'Sensor',
    metadata: {
      name: 'checkout-sensor',
      namespace: 'team-checkout',
      resourceVersion: '1',
    },
    spec: {
      triggers: [
        {
          template: {
            argoWorkflow: {
              source: {
                resource: {
                  kind: 'Workflow',
                  metadata: { generateName: 'checkout-cicd-' },
                  spec: {
                    arguments: {
                      parameters: [{ name: 'tag', value: 'unset' }],
                    },
                  },
                },
              },
              parameters: [
                { src: { dataKey }, dest: 'spec.arguments.parameters.0.value' },
              ],
            },
          },
        },
      ],
    },
  });

  it('is started as a push of the newest commit would', async () => {
    const { perform, cluster, repository } = goldenPath();
    repository.newest = 'a'.repeat(40);
    cluster.put(sensor('body.after'));
    expect(await perform({ operation: 'start-run' })).toMatchObject({
      outcome: 'accepted',
      run: 'checkout-cicd-1',
    });
    expect(cluster.created[0].spec.arguments.parameters).toEqual([
      { name: 'tag', value: 'a'.repeat(40) },
    ]);
  });

  it('is not started where only a push knows what it needs', async () => {
    const { perform, cluster } = goldenPath();
    cluster.put(sensor('body.pusher.name'));
    await expect(perform({ operation: 'start-run' })).rejects.toThrow(
      'takes "body.pusher.name" from the push',
    );
    expect(cluster.created).toEqual([]);
  });
});

describe('a run', () => {
  const name = pushBuild(COMMIT, 'Failed').metadata.name as string;
  const failed = () => {
    const run: any = pushBuild(COMMIT, 'Failed', [], {
      generateName: 'checkout-cicd-',
      labels: { 'kro.run/owned': 'true', keep: 'this' },
    });
    run.spec = { workflowTemplateRef: { name: 'cicd' }, shutdown: 'Stop' };
    run.status = {
      phase: 'Failed',
      message: 'child failed',
      finishedAt: '2026-11-24T07:00:00Z',
      conditions: [{ type: 'Completed', status: 'True' }],
      nodes: {
        [name]: {
          id: name,
          name,
          type: 'DAG',
          phase: 'Failed',
          children: [`${name}-1`],
        },
        [`${name}-1`]: {
          id: `${name}-1`,
          name: `${name}.build`,
          type: 'Pod',
          phase: 'Failed',
          templateName: 'build',
        },
      },
    };
    return run;
  };
  function withRun(change: (run: any) => void = () => {}) {
    const run = failed();
    change(run);
    const path = goldenPath();
    const before = path.live('Workflow', run.metadata.name);
    path.cluster.put({
      ...run,
      metadata: { ...before.metadata, ...run.metadata },
    });
    return { ...path, run: () => path.live('Workflow', run.metadata.name) };
  }

  it('tries its failed steps again', async () => {
    const { perform, run, cluster } = withRun();
    expect(await perform({ operation: 'retry-run', run: name })).toMatchObject({
      outcome: 'accepted',
    });
    expect(cluster.deleted).toEqual([`Pod team-checkout/${name}-build-1`]);
    expect(run().spec).toEqual({ workflowTemplateRef: { name: 'cicd' } });
    expect(run().status).toEqual({
      phase: 'Running',
      startedAt: expect.stringMatching(/^20.*\dZ$/),
      conditions: [{ type: 'Completed', status: 'False' }],
      nodes: {
        [name]: expect.objectContaining({ phase: 'Running', children: [] }),
      },
    });
    expect(await perform({ operation: 'retry-run', run: name })).toMatchObject({
      outcome: 'unchanged',
    });
  });

  it.each([
    [
      'succeeded',
      (run: any) => Object.assign(run.status, { phase: 'Succeeded' }),
      /succeeded, so it has no failed step/,
    ],
    [
      'is kept compressed',
      (run: any) => Object.assign(run.status, { compressedNodes: 'H4sI' }),
      /compressed or in its own database/,
    ],
  ])('is not retried where it %s', async (_name, change, message) => {
    const { perform, cluster } = withRun(change);
    await expect(
      perform({ operation: 'retry-run', run: name }),
    ).rejects.toThrow(message);
    expect(cluster.deleted).toEqual([]);
  });

  it('is made again without what tells of the first only', async () => {
    const { perform, cluster } = withRun();
    expect(
      await perform({ operation: 'resubmit-run', run: name }),
    ).toMatchObject({
      outcome: 'accepted',
      run: 'checkout-cicd-1',
    });
    expect(cluster.created[0]).toMatchObject({
      metadata: {
        generateName: 'checkout-cicd-',
        labels: {
          keep: 'this',
          'workflows.argoproj.io/resubmitted-from-workflow': name,
        },
      },
      spec: { workflowTemplateRef: { name: 'cicd' } },
    });
    expect(cluster.created[0].metadata.labels).not.toHaveProperty(
      'kro.run/owned',
    );
    expect(cluster.created[0].spec).not.toHaveProperty('shutdown');
  });

  it.each([
    ['stop-run', 'Stop'],
    ['terminate-run', 'Terminate'],
  ] as const)('ends by %s', async (operation, shutdown) => {
    const running = withRun(run =>
      Object.assign(run.status, { phase: 'Running' }),
    );
    expect((await running.perform({ operation, run: name })).outcome).toBe(
      'accepted',
    );
    expect(running.run().spec.shutdown).toBe(shutdown);
    expect((await withRun().perform({ operation, run: name })).outcome).toBe(
      'unchanged',
    );
  });
});

it('names the environments and runs there are', async () => {
  const { perform } = goldenPath();
  await expect(
    perform({ operation: 'sync', environment: 'moon' }),
  ).rejects.toThrow(
    'This golden path has no environment "moon"; it has "dev", "prod"',
  );
  await expect(
    perform({ operation: 'stop-run', run: 'other' }),
  ).rejects.toThrow(/has no run "other"; it has "/);
});

it('says which setting is missing where a cluster has no operator', async () => {
  const service = new OperationService({
    inspect: () => ({ delivery: deliveryFor([]), facts: noFacts() }),
    clusters: new Map(),
    repositories: {} as any,
  });
  await expect(
    service.perform(entity(), { operation: 'start-run' }, 'user:default/ada'),
  ).rejects.toThrow('set delivery.clusters[].operatorKubeconfig');
});
