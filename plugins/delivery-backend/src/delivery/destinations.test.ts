import {
  deliveryFor,
  isNo,
  stageOf,
  stagesOf,
} from '../__testUtils__/deliveryFor';
import {
  application,
  COMMIT,
  deployment,
  healthyPipeline,
  oamApplication,
  OLDER_COMMIT,
  pipeline,
} from '../__testUtils__/objects';

/** On two clusters the namespace of the environments may be the same. */
const NAMESPACE = 'team-checkout';

const to = (environment: string, destination: object, tag: string) =>
  application(environment, tag, {
    spec: { destination: { namespace: NAMESPACE, ...destination } },
    status: {
      resources: [
        {
          group: 'core.oam.dev',
          kind: 'Application',
          namespace: NAMESPACE,
          name: 'checkout',
          status: 'Synced',
        },
      ],
    },
  });

const at = (object: any) => ({
  ...object,
  metadata: { ...object.metadata, namespace: NAMESPACE },
});

const hub = [
  ...healthyPipeline().filter(isNo('Application', 'Deployment')),
  to('dev', { name: 'spoke-dev' }, COMMIT),
  to('prod', { name: 'spoke-prod' }, OLDER_COMMIT),
];

const spokes = {
  'spoke-dev': [at(oamApplication('dev', COMMIT)), at(deployment('dev', 1, 1))],
  'spoke-prod': [
    at(
      oamApplication('prod', OLDER_COMMIT, {
        status: {
          status: 'unhealthy',
          services: [{ name: 'checkout', healthy: false, message: '0 of 3' }],
        },
      }),
    ),
    at(deployment('prod', 0, 3)),
  ],
};

describe('environments in clusters of their own', () => {
  it('are read where Argo CD deploys them, and not mixed', () => {
    const delivery = deliveryFor(hub, { clusters: spokes });
    expect(stagesOf(delivery)).toMatchObject({
      pipeline: 'succeeded pipeline.active',
      'run:dev': 'succeeded run.healthy',
      'run:prod': 'failed run.unhealthy',
    });
    expect(
      delivery.environments.map(({ pods, image }) => [pods, image?.tag]),
    ).toEqual([
      [{ ready: 1, desired: 1 }, COMMIT],
      [{ ready: 0, desired: 3 }, OLDER_COMMIT],
    ]);
  });

  it('are found by the address that Argo CD has of their cluster', () => {
    const server = 'https://ABC.gr7.eu-west-1.eks.amazonaws.com';
    const delivery = deliveryFor(
      [
        ...healthyPipeline().filter(isNo('Application', 'Deployment')),
        to('dev', { server: `${server}/` }, COMMIT),
      ],
      {
        clusters: spokes,
        argoCdDestinations: { 'spoke-dev': [server] },
      },
    );
    expect(delivery.environments[0].pods).toEqual({ ready: 1, desired: 1 });
  });

  it('say that one of them cannot be reached, and of the others nothing', () => {
    const delivery = deliveryFor(hub, {
      clusters: spokes,
      prepare: (_cluster, others) =>
        others['spoke-prod'].setStates('stale', undefined, 'ECONNREFUSED'),
    });
    expect(stageOf(delivery, 'run:prod')?.staleSince).toBeDefined();
    for (const id of ['pipeline', 'deploy:prod', 'run:dev']) {
      expect([id, stageOf(delivery, id)?.staleSince]).toEqual([id, undefined]);
    }
  });

  it('need no kro and no Argo CD where they run', () => {
    const delivery = deliveryFor(hub, {
      clusters: spokes,
      prepare: (_cluster, others) => {
        for (const kind of ['CICDPipeline', 'Sensor', 'Workflow']) {
          others['spoke-dev'].setStates('not-installed', kind);
        }
      },
    });
    expect(stagesOf(delivery)).toMatchObject({
      pipeline: 'succeeded pipeline.active',
      trigger: 'succeeded trigger.listening',
      'run:dev': 'succeeded run.healthy',
    });
  });

  it('may be any number, each promoted to from the one before', () => {
    const names = ['production', 'dev', 'perf', 'uat', 'test'];
    const delivery = deliveryFor([
      ...healthyPipeline().filter(isNo('Application', 'CICDPipeline')),
      pipeline({ spec: { environments: undefined } }),
      ...names.map(name => application(name)),
    ]);
    const stages = delivery.stages.map(({ id }) => id);
    expect(stages.filter(id => id.startsWith('promotion:'))).toEqual(
      ['test', 'uat', 'perf', 'production'].map(name => `promotion:${name}`),
    );
  });
});
