import { mockServices } from '@backstage/backend-test-utils';
import {
  deliverySchema,
  type Delivery,
} from '@golden-path/plugin-delivery-common';
import { MemoryCluster } from '../__testUtils__/MemoryCluster';
import {
  application,
  buildSteps,
  COMMIT,
  condition,
  deployment,
  entity,
  firstBuild,
  healthyPipeline,
  listener,
  oamApplication,
  OLDER_COMMIT,
  pipeline,
  pushBuild,
  repository,
  setupRun,
  workflow,
} from '../__testUtils__/objects';
import { DefaultDeliveryService } from '../service/DefaultDeliveryService';
import { sources } from '../sources';

function deliveryFor(
  objects: object[],
  options: {
    annotations?: Record<string, string | undefined>;
    prepare?: (cluster: MemoryCluster) => void;
    clusters?: string[];
  } = {},
): Delivery {
  const cluster = new MemoryCluster('local').put(...objects);
  options.prepare?.(cluster);
  const others = (options.clusters ?? []).map(name => new MemoryCluster(name));
  const service = DefaultDeliveryService.create({
    sources,
    logger: mockServices.logger.mock(),
    clusters: [cluster, ...others].map(watch => ({
      watch,
      argoCdNamespace: 'argocd',
      links: {
        argoCd: 'https://argocd.example',
        argoWorkflows: 'https://workflows.example/',
      },
    })),
  });
  const delivery = service.read(entity(options.annotations));
  expect(deliverySchema.parse(delivery)).toEqual(delivery);
  return delivery;
}

/** `status code` of each stage. */
function stagesOf(delivery: Delivery): Record<string, string> {
  return Object.fromEntries(
    delivery.stages.map(({ id, status, sentence }) => [
      id,
      `${status} ${sentence.code}`,
    ]),
  );
}

const stageOf = (delivery: Delivery, id: string) =>
  delivery.stages.find(stage => stage.id === id);

const OLD_RUN = { creationTimestamp: '2026-11-24T05:00:00Z' };

describe('the golden path', () => {
  const inProgress = pipeline({
    status: {
      state: 'IN_PROGRESS',
      conditions: [
        condition('ResourcesReady', 'False', 'waiting for node ecrmainrepo'),
        condition('Ready', 'False', 'ResourcesReady is False'),
      ],
    },
  });

  it.each<[string, object[], Record<string, string>, string]>([
    [
      'nothing there',
      [],
      {
        source: 'waiting source.noPushSeen',
        pipeline: 'missing pipeline.notFound',
        trigger: 'waiting trigger.missing',
        build: 'waiting build.none',
        image: 'waiting image.noRepository',
        'deploy:dev': 'waiting deploy.noApplication',
        'run:dev': 'waiting run.nothing',
        'promotion:prod': 'waiting promotion.nothing',
        'deploy:prod': 'waiting deploy.noApplication',
        'run:prod': 'waiting run.nothing',
      },
      'missing summary.missing',
    ],
    [
      'kro is creating the parts',
      [inProgress, repository('main', { status: {} })],
      {
        pipeline: 'running pipeline.inProgress',
        trigger: 'waiting trigger.missing',
        build: 'waiting build.none',
        image: 'running image.creating',
        'deploy:dev': 'waiting deploy.noApplication',
      },
      'running summary.firstBuild',
    ],
    [
      'set-up runs while kro waits for it',
      [
        inProgress,
        listener('EventSource'),
        listener('Sensor', [condition('Deployed', 'Unknown')]),
        setupRun('Running', [
          ['validate-resources', 'Succeeded'],
          ['setup-secrets', 'Running'],
        ]),
      ],
      {
        pipeline: 'running pipeline.settingUp',
        trigger: 'running trigger.starting',
        build: 'waiting build.settingUp',
      },
      'running summary.firstBuild',
    ],
    [
      'set-up failed: kro waits for ever',
      [
        inProgress,
        setupRun('Failed', [
          ['validate-resources', 'Failed', 'no such repository'],
          ['setup-secrets', 'Omitted'],
        ]),
      ],
      {
        pipeline: 'failed pipeline.setupFailedAt',
        build: 'waiting build.none',
      },
      'failed pipeline.setupFailedAt',
    ],
    [
      'a Workflow that no controller has seen yet',
      [pipeline(), setupRun('Succeeded'), firstBuild(undefined)],
      { build: 'waiting build.pending', source: 'succeeded source.firstBuild' },
      'missing trigger.missing',
    ],
    [
      'the first build runs',
      [
        ...healthyPipeline().filter(isNo('Workflow', 'Application')),
        setupRun('Succeeded'),
        firstBuild('Running', buildSteps('run-tests')),
        application('dev'),
        application('prod'),
      ],
      {
        pipeline: 'succeeded pipeline.active',
        trigger: 'succeeded trigger.listening',
        build: 'running build.running',
        image: 'waiting image.waiting',
        'deploy:dev': 'waiting deploy.nothing.first',
        'run:dev': 'waiting run.nothing',
        'promotion:prod': 'waiting promotion.nothing',
        'deploy:prod': 'waiting deploy.nothing.promotion',
        'run:prod': 'waiting run.nothing',
      },
      'running summary.firstBuildRunning',
    ],
    [
      'ACTIVE with a failed first build is a failed golden path',
      [
        ...healthyPipeline().filter(isNo('Workflow', 'Application')),
        setupRun('Succeeded'),
        firstBuild('Failed', buildSteps('run-tests', 'Failed', 'exit code 1')),
        application('dev'),
        application('prod'),
      ],
      {
        pipeline: 'succeeded pipeline.active',
        build: 'failed build.failedAt',
        image: 'waiting image.waiting',
        'deploy:dev': 'waiting deploy.nothing.first',
      },
      'failed build.failedAt',
    ],
    [
      'dev is healthy, prod holds nothing',
      healthyPipeline(),
      {
        source: 'succeeded source.pushed',
        pipeline: 'succeeded pipeline.active',
        trigger: 'succeeded trigger.listening',
        build: 'succeeded build.succeeded',
        image: 'succeeded image.newest',
        'deploy:dev': 'succeeded deploy.synced',
        'run:dev': 'succeeded run.healthy',
        'promotion:prod': 'waiting promotion.first',
        'deploy:prod': 'waiting deploy.nothing.promotion',
        'run:prod': 'waiting run.nothing',
      },
      'succeeded summary.healthy',
    ],
    [
      'a later build failed: dev stays on the old commit, healthy',
      [
        ...healthyPipeline(OLDER_COMMIT).filter(isNo('Workflow')),
        pushBuild(OLDER_COMMIT, 'Succeeded', buildSteps(), OLD_RUN),
        pushBuild(
          COMMIT,
          'Failed',
          buildSteps('run-tests', 'Failed', '2 of 214 tests failed'),
        ),
      ],
      {
        source: 'succeeded source.pushed',
        build: 'failed build.failedAt',
        image: 'succeeded image.newest',
        'deploy:dev': 'succeeded deploy.synced',
        'run:dev': 'succeeded run.healthy',
      },
      'failed build.failedAt',
    ],
    [
      'a push is being built',
      [
        ...healthyPipeline(OLDER_COMMIT).filter(isNo('Workflow')),
        pushBuild(OLDER_COMMIT, 'Succeeded', buildSteps(), OLD_RUN),
        pushBuild(COMMIT, 'Running', buildSteps('build-and-push')),
      ],
      {
        build: 'running build.running',
        'deploy:dev': 'succeeded deploy.synced',
        'run:dev': 'succeeded run.healthy',
      },
      'running summary.onTheWay',
    ],
    [
      'built, but Argo CD has not looked at Git since',
      [
        ...healthyPipeline(OLDER_COMMIT).filter(isNo('Workflow')),
        pushBuild(COMMIT, 'Succeeded', buildSteps(), {
          creationTimestamp: '2026-11-24T06:04:30Z',
        }),
        // Its manifest was committed after the last deployment of 06:04:00.
      ].map(shiftSteps('2026-11-24T06:06:00Z')),
      {
        build: 'succeeded build.succeeded',
        'deploy:dev': 'waiting deploy.notNoticed',
        'run:dev': 'succeeded run.healthy',
      },
      'running summary.onTheWay',
    ],
    [
      'a revert: Argo CD deployed another tag later',
      [
        ...healthyPipeline(OLDER_COMMIT).filter(isNo('Workflow')),
        pushBuild(COMMIT, 'Succeeded', buildSteps()),
      ],
      { 'deploy:dev': 'succeeded deploy.synced' },
      'succeeded summary.healthy',
    ],
    [
      'Argo CD is syncing, then KubeVela rolls out',
      [
        ...healthyPipeline().filter(isNo('Application')),
        application('dev', COMMIT, {
          status: { operationState: { phase: 'Running' } },
        }),
        oamApplication('dev', COMMIT, {
          status: { status: 'runningWorkflow' },
        }),
        application('prod'),
      ],
      {
        'deploy:dev': 'running deploy.syncing',
        'run:dev': 'running run.rendering',
        'promotion:prod': 'waiting promotion.notHealthy',
      },
      'running summary.onTheWay',
    ],
    [
      'KubeVela reports trouble',
      [
        ...healthyPipeline().filter(isNo('Application')),
        application('dev', COMMIT),
        oamApplication('dev', COMMIT, {
          status: {
            status: 'unhealthy',
            services: [
              { name: 'checkout', healthy: false, message: 'Ready:0/2' },
            ],
          },
        }),
      ],
      {
        'deploy:dev': 'succeeded deploy.synced',
        'run:dev': 'failed run.unhealthy',
        'deploy:prod': 'missing deploy.noApplication',
      },
      'failed run.unhealthy',
    ],
    [
      'Argo CD cannot read the manifests',
      [
        ...healthyPipeline().filter(isNo('Application')),
        application('dev', COMMIT, {
          status: {
            sync: { status: 'Unknown' },
            conditions: [
              { type: 'ComparisonError', message: 'app path does not exist' },
            ],
          },
        }),
        application('prod'),
      ],
      { 'deploy:dev': 'failed deploy.failed' },
      'failed deploy.failed',
    ],
    [
      'dev is ahead of prod',
      [
        ...healthyPipeline().filter(isNo('Application')),
        application('dev', COMMIT),
        oamApplication('dev', COMMIT),
        application('prod', OLDER_COMMIT),
        oamApplication('prod', OLDER_COMMIT),
      ],
      {
        'promotion:prod': 'waiting promotion.ready',
        'run:prod': 'succeeded run.healthy',
      },
      'succeeded summary.healthy',
    ],
    [
      'prod has what dev has',
      [
        ...healthyPipeline(),
        application('prod', COMMIT, { metadata: { uid: 'again' } }),
        oamApplication('prod', COMMIT),
      ],
      { 'promotion:prod': 'succeeded promotion.done' },
      'succeeded summary.healthy',
    ],
    [
      'kro is told not to reconcile',
      [
        ...healthyPipeline().filter(isNo('CICDPipeline')),
        pipeline({
          metadata: { annotations: { 'kro.run/reconcile': 'suspended' } },
        }),
      ],
      { pipeline: 'suspended pipeline.suspended' },
      'suspended pipeline.suspended',
    ],
    [
      'plain manifests without KubeVela: Argo CD tells how they run',
      [
        ...healthyPipeline().filter(isNo('Application')),
        application('dev', COMMIT, {
          status: {
            health: { status: 'Degraded' },
            resources: [
              {
                kind: 'Deployment',
                group: 'apps',
                name: 'checkout',
                status: 'Synced',
              },
            ],
          },
        }),
        application('prod'),
      ],
      { 'run:dev': 'failed run.unhealthy' },
      'failed run.unhealthy',
    ],
    [
      'a listener is not deployed',
      [
        ...healthyPipeline().filter(isNo('Sensor')),
        listener('Sensor', [
          condition('DependenciesProvided'),
          condition('Deployed', 'False', 'no image pull secret'),
        ]),
      ],
      { trigger: 'failed trigger.notDeployed' },
      'failed trigger.notDeployed',
    ],
    [
      'the image repository cannot be created',
      [
        ...healthyPipeline().filter(isNo('Repository')),
        repository('main', {
          status: { conditions: [condition('ACK.Terminal', 'True', 'denied')] },
        }),
      ],
      { image: 'failed image.failed' },
      'failed image.failed',
    ],
    [
      'the run of what dev got is forgotten',
      [
        ...healthyPipeline().filter(isNo('Workflow')),
        setupRun('Succeeded'),
        firstBuild('Succeeded', buildSteps()),
      ],
      {
        source: 'succeeded source.pushed',
        build: 'succeeded build.forgotten',
        image: 'succeeded image.newest',
        'deploy:dev': 'succeeded deploy.synced',
      },
      'succeeded summary.healthy',
    ],
    [
      'dev is a cluster that is not watched: Argo CD tells',
      [
        ...healthyPipeline().filter(isNo('Application')),
        application('dev', COMMIT, {
          spec: { destination: { name: 'spoke', namespace: 'team-checkout' } },
        }),
        application('prod'),
      ],
      { 'run:dev': 'succeeded run.healthy' },
      'succeeded summary.healthy',
    ],
  ])('%s', (_name, objects, stages, summary) => {
    const delivery = deliveryFor(objects);
    expect(stagesOf(delivery)).toMatchObject(stages);
    expect(`${delivery.summary.status} ${delivery.summary.sentence.code}`).toBe(
      summary,
    );
  });

  it('says why a build failed, in the words of the step, and what to do', () => {
    const delivery = deliveryFor([
      pipeline(),
      pushBuild(
        COMMIT,
        'Failed',
        buildSteps('run-tests', 'Failed', '2 of 214 tests failed'),
      ),
    ]);
    expect(stageOf(delivery, 'build')).toMatchObject({
      status: 'failed',
      word: 'Failed',
      since: '2026-11-24T06:05:00Z',
      sentence: { text: 'Run checkout-cicd-9f3c1 failed at step run-tests.' },
      diagnosis: {
        evidence: '2 of 214 tests failed',
        nextStep: { code: 'build.firstFailed.next' },
      },
      links: [
        {
          title: 'Argo Workflows',
          url: 'https://workflows.example/workflows/team-checkout/checkout-cicd-9f3c1',
        },
        {
          title: 'Commit 9f3c1ab',
          url: `https://git.example/team/checkout/commit/${COMMIT}`,
        },
      ],
    });
    expect(delivery.summary.stage).toBe('build');
  });

  it('shows environments with image, commit, pods and links', () => {
    const { environments } = deliveryFor(healthyPipeline());
    expect(environments).toEqual([
      {
        name: 'dev',
        argoCd: {
          name: 'checkout-dev-cd',
          namespace: 'argocd',
          sync: 'Synced',
          health: 'Healthy',
          revision: OLDER_COMMIT,
          operation: 'Succeeded',
          resources: 1,
          reconciledAt: '2026-11-24T06:04:30Z',
          deployedAt: '2026-11-24T06:04:10Z',
        },
        oam: {
          name: 'checkout',
          namespace: 'team-checkout-dev',
          phase: 'running',
          services: [{ name: 'checkout', healthy: true }],
        },
        pods: { ready: 2, desired: 2 },
        image: {
          reference: expect.stringContaining(`/peeks/checkout:${COMMIT}`),
          tag: COMMIT,
          commit: COMMIT,
        },
        destination: { namespace: 'team-checkout-dev' },
        links: [
          {
            title: 'Argo CD',
            url: 'https://argocd.example/applications/argocd/checkout-dev-cd',
          },
          { title: 'Commit 9f3c1ab', url: expect.stringContaining(COMMIT) },
        ],
      },
      expect.objectContaining({ name: 'prod' }),
    ]);
    expect(environments[1].image).toBeUndefined();
  });

  it('orders any number of environments from dev to prod', () => {
    const delivery = deliveryFor([
      pipeline({ spec: { environments: {} } }),
      ...['prod', 'staging', 'load-test', 'dev'].map(name => application(name)),
    ]);
    expect(delivery.environments.map(({ name }) => name)).toEqual([
      'dev',
      'load-test',
      'staging',
      'prod',
    ]);
    expect(delivery.stages.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['promotion:load-test', 'promotion:prod']),
    );
    expect(stageOf(delivery, 'promotion:dev')).toBeUndefined();
  });

  it('lists runs of this pipeline only, newest first', () => {
    const delivery = deliveryFor([
      ...healthyPipeline(),
      workflow('by-hand', 'Running', {
        metadata: { creationTimestamp: '2026-11-24T07:00:00Z' },
      }),
      workflow('dora', 'Failed', {
        labels: {
          'events.argoproj.io/sensor': 'checkout-cicd-gitlab-sensor',
          'events.argoproj.io/trigger': 'gitlab-dora-trigger',
        },
      }),
      workflow('neighbour', 'Failed', {
        labels: {
          'events.argoproj.io/sensor': 'other-cicd-gitlab-sensor',
          'events.argoproj.io/trigger': 'gitlab-workflow-trigger',
        },
      }),
      workflow('unrelated', 'Failed', {
        spec: { workflowTemplateRef: { name: 'other-cicd-cicd-workflow' } },
      }),
    ]);
    expect(
      delivery.runs.map(({ name, purpose }) => `${name} ${purpose}`),
    ).toEqual([
      'by-hand manual',
      'checkout-cicd-9f3c1 build',
      'checkout-cicd-initial-build-workflow initial-build',
      'checkout-cicd-setup-workflow setup',
    ]);
  });

  it('keeps the Applications of another pipeline with the same application name out', () => {
    const delivery = deliveryFor([
      pipeline(),
      application('dev', COMMIT, {
        metadata: {
          labels: {
            'kro.run/instance-id': 'another',
            'app.kubernetes.io/name': 'checkout',
            'app.kubernetes.io/component': 'argocd-application',
          },
        },
      }),
    ]);
    expect(delivery.environments).toEqual([]);
  });

  it('finds Applications that a template made, by name and component', () => {
    const delivery = deliveryFor([
      pipeline(),
      application('dev', COMMIT, {
        metadata: {
          labels: {
            'app.kubernetes.io/name': 'checkout',
            'app.kubernetes.io/component': 'argocd-application',
          },
        },
      }),
    ]);
    expect(delivery.environments.map(({ name }) => name)).toEqual(['dev']);
  });

  it('says what holds the pipeline folder back', () => {
    const registration = application('-', undefined, {
      metadata: { name: 'checkout-cicd', annotations: {} },
      status: {
        sync: { status: 'OutOfSync' },
        operationState: { phase: 'Failed', message: 'namespace is forbidden' },
      },
    });
    const annotations = { 'argocd/app-name': 'checkout-cicd' };
    expect(
      stageOf(deliveryFor([registration], { annotations }), 'pipeline'),
    ).toMatchObject({
      status: 'failed',
      sentence: { code: 'pipeline.notSynced' },
      diagnosis: { evidence: 'namespace is forbidden' },
    });
  });

  it('counts the pods of an environment', () => {
    const delivery = deliveryFor([
      ...healthyPipeline().filter(isNo('Deployment')),
      deployment('dev', 1, 3),
      deployment('elsewhere', 5, 5),
    ]);
    expect(delivery.environments[0].pods).toEqual({ ready: 1, desired: 3 });
  });
});

describe('when sources are not live', () => {
  it('says so for the stages of a forbidden kind and shows the others', () => {
    const delivery = deliveryFor(healthyPipeline(), {
      prepare: cluster =>
        cluster.setStates('forbidden', 'Sensor', 'sensors is forbidden'),
    });
    expect(stageOf(delivery, 'trigger')).toMatchObject({
      status: 'unknown',
      sentence: {
        text: 'The plugin may not read Sensor of Argo Events in cluster "local".',
      },
      diagnosis: { evidence: 'sensors is forbidden' },
    });
    expect(stagesOf(delivery)).toMatchObject({
      build: 'succeeded build.succeeded',
      'run:dev': 'succeeded run.healthy',
    });
    expect(delivery.sources).toContainEqual({
      system: 'Argo Events',
      cluster: 'local',
      apiVersion: 'argoproj.io/v1',
      kind: 'Sensor',
      state: 'forbidden',
      since: '2026-11-24T06:00:00.000Z',
      reason: 'sensors is forbidden',
    });
  });

  it('names the system that is not installed', () => {
    const delivery = deliveryFor(healthyPipeline().filter(isNo('Repository')), {
      prepare: cluster => cluster.setStates('not-installed', 'Repository'),
    });
    expect(stageOf(delivery, 'image')).toMatchObject({
      status: 'unknown',
      sentence: { text: 'ECR is not installed in cluster "local".' },
    });
  });

  it('does not need KubeVela where nothing is deployed through it', () => {
    const delivery = deliveryFor(
      [
        pipeline(),
        application('dev', COMMIT, { status: { resources: [], summary: {} } }),
        application('prod', COMMIT, {
          status: {
            resources: [
              { kind: 'Service', name: 'checkout', status: 'Synced' },
            ],
          },
        }),
      ],
      {
        prepare: cluster => {
          cluster.setStates('live');
          for (const state of cluster.kindStates()) {
            if (state.group === 'core.oam.dev') {
              Object.assign(state, { state: 'not-installed' });
            }
          }
        },
      },
    );
    expect(stagesOf(delivery)).toMatchObject({
      'run:dev': 'waiting run.nothing',
      'run:prod': 'succeeded run.healthy',
    });
  });

  it('asks for kro and its ResourceGraphDefinition where the kind is not served', () => {
    const delivery = deliveryFor([], {
      prepare: cluster => cluster.setStates('not-installed', 'CICDPipeline'),
    });
    expect(stageOf(delivery, 'pipeline')).toMatchObject({
      status: 'failed',
      sentence: { code: 'pipeline.kindNotInstalled' },
      diagnosis: {
        nextStep: { text: expect.stringContaining('cicdpipeline.kro.run') },
      },
    });
  });

  it('shows old facts with their age when the cluster is lost', () => {
    const delivery = deliveryFor(healthyPipeline(), {
      prepare: cluster => cluster.setStates('stale', undefined, 'ECONNREFUSED'),
    });
    expect(stagesOf(delivery)['run:dev']).toBe('succeeded run.healthy');
    for (const stage of delivery.stages) {
      expect(stage.staleSince).toBe('2026-11-24T06:00:00.000Z');
    }
  });

  it('claims nothing of a cluster that was never reached', () => {
    const delivery = deliveryFor([], {
      prepare: cluster => cluster.setStates('stale', undefined, 'ECONNREFUSED'),
    });
    for (const stage of delivery.stages) {
      expect(stage).toMatchObject({
        status: 'unknown',
        sentence: { code: 'stage.clusterUnreachable' },
        diagnosis: { evidence: 'ECONNREFUSED' },
      });
    }
    expect(delivery.summary.status).toBe('unknown');
  });

  it('says that it is still reading', () => {
    const delivery = deliveryFor([], {
      prepare: cluster => cluster.setStates('syncing'),
    });
    expect(delivery.summary.sentence.code).toBe('stage.syncing');
  });
});

describe('when annotations are wrong', () => {
  it.each<[string, Record<string, string>, string, string]>([
    [
      'a name that Kubernetes does not allow',
      { 'kro.run/instance-name': 'Check Out' },
      'pipeline.badAnnotation',
      'kro.run/instance-name',
    ],
    [
      'a cluster that is not configured',
      { 'kro.run/cluster': 'moon' },
      'pipeline.unknownCluster',
      'kro.run/cluster',
    ],
    [
      'a resource group that is not watched',
      { 'kro.run/resource-group': 'webapp.kro.run' },
      'pipeline.unknownResourceGroup',
      'kro.run/resource-group',
    ],
  ])('explains %s', (_name, annotations, code, annotation) => {
    const delivery = deliveryFor([], { annotations });
    expect(stageOf(delivery, 'pipeline')).toMatchObject({
      status: 'failed',
      sentence: { code, values: { annotation } },
    });
    expect(delivery.summary).toMatchObject({
      status: 'failed',
      stage: 'pipeline',
    });
  });

  it('takes the older cluster annotation only for clusters of its own', () => {
    const legacy = { 'argo-workflows.cnoe.io/cluster-name': 'hub' };
    expect(deliveryFor([], { annotations: legacy }).location.cluster).toBe(
      'local',
    );
    expect(
      deliveryFor([], { annotations: legacy, clusters: ['hub'] }).location
        .cluster,
    ).toBe('hub');
  });
});

function isNo(...kinds: string[]) {
  return (object: object) => !kinds.includes((object as { kind: string }).kind);
}

/** Moves the end of all steps of push-started runs. */
function shiftSteps(finishedAt: string) {
  return (object: any) => {
    if (object.metadata.labels?.['events.argoproj.io/sensor']) {
      Object.values<any>(object.status.nodes).forEach(node => {
        node.finishedAt = finishedAt;
      });
    }
    return object;
  };
}
