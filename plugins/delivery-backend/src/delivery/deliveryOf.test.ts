import {
  deliveryFor,
  isNo,
  stageOf,
  stagesOf,
} from '../__testUtils__/deliveryFor';
import {
  application,
  buildSteps,
  COMMIT,
  condition,
  deployment,
  healthyPipeline,
  listener,
  OLDER_COMMIT,
  pipeline,
  PIPELINE_UID,
  pushBuild,
  workflow,
} from '../__testUtils__/objects';

describe('deliveryOf', () => {
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
          deployedAt: '2026-11-24T06:04:10Z',
          automated: false,
          history: [{ id: 0, deployedAt: '2026-11-24T06:04:10Z' }],
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

  it('takes no child from a namespace where others may write', () => {
    const stranger = { namespace: 'team-stranger' };
    const labels = { 'kro.run/instance-id': PIPELINE_UID };
    const delivery = deliveryFor([
      ...healthyPipeline(),
      {
        ...listener('Sensor', [condition('Deployed', 'False')]),
        metadata: { ...listener('Sensor').metadata, ...stranger },
      },
      application('prod', COMMIT, { metadata: { ...stranger, labels } }),
    ]);
    expect(stagesOf(delivery)).toMatchObject({
      trigger: 'succeeded trigger.listening',
      'deploy:prod': 'waiting deploy.nothing.promotion',
    });
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
