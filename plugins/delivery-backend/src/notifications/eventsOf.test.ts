import {
  application,
  buildSteps,
  COMMIT,
  firstBuild,
  healthyPipeline,
  oamApplication,
  OLDER_COMMIT,
  pushBuild,
  setupRun,
} from '../__testUtils__/objects';
import { recorded } from '../__testUtils__/recorded';
import { computed } from './__testUtils__/observe';
import type { DeliveryEvent } from './deliveryEvents';
import { eventsOf } from './eventsOf';

const OPTIONS = { promotionWaitingAfterMs: 3_600_000, settleMs: 5_000 };

const eventsFor = (
  objects: any[],
  options?: Parameters<typeof computed>[1],
): DeliveryEvent[] => {
  const { delivery, observation } = computed(objects, options);
  return eventsOf(delivery, observation, OPTIONS);
};

const kindsOf = (objects: any[], options?: Parameters<typeof computed>[1]) =>
  eventsFor(objects, options).map(({ kind }) => kind);

const isNo = (kind: string) => (each: any) => each.kind !== kind;

/** Without runs, and with these. */
const withRuns = (...runs: object[]) => [
  ...healthyPipeline().filter(isNo('Workflow')),
  ...runs,
];

const failed = (commit: string, finishedAt: string, options: object = {}) => {
  const run = pushBuild(
    commit,
    'Failed',
    buildSteps('run-tests', 'Failed', 'exit code 1'),
  );
  return { ...run, status: { ...run.status, finishedAt, ...options } };
};

const succeeded = (commit: string, finishedAt: string) => {
  const run = pushBuild(commit, 'Succeeded', buildSteps());
  return { ...run, status: { ...run.status, finishedAt } };
};

const at = (time: string) => Date.parse(`2026-11-24T${time}Z`);

describe('a run that failed', () => {
  it.each([
    ['build-failed', 'build', /^run-tests|build-and-push$/],
    ['first-build-failed', 'initial-build', /./],
    ['setup-failed', 'setup', /./],
  ])('is told of in %s, with its step', (name, purpose, step) => {
    const objects = recorded(name);
    const events = eventsFor(objects).filter(
      ({ kind }) => kind === 'build-failed',
    );
    const workflow = objects.find(
      ({ kind, status }) => kind === 'Workflow' && status?.phase === 'Failed',
    );
    expect(events).toMatchObject([
      {
        key: expect.stringContaining(workflow.metadata.uid),
        at: Date.parse(workflow.status.finishedAt),
        dueAt: Date.parse(workflow.status.finishedAt),
        run: { name: workflow.metadata.name, purpose },
        step: expect.stringMatching(step),
      },
    ]);
  });

  it('is told of only while no other build ended later', () => {
    const early = failed(OLDER_COMMIT, '2026-11-24T06:05:00Z');
    expect(kindsOf(withRuns(early))).toContain('build-failed');
    expect(
      kindsOf(withRuns(early, succeeded(COMMIT, '2026-11-24T06:06:00Z'))),
    ).not.toContain('build-failed');
    // It began before, and ended after.
    expect(
      kindsOf(withRuns(early, succeeded(COMMIT, '2026-11-24T06:04:00Z'))),
    ).toContain('build-failed');
    expect(
      eventsFor(withRuns(early, failed(COMMIT, '2026-11-24T06:06:00Z'))),
    ).toMatchObject([{ run: { imageTag: COMMIT } }, {}]);
  });

  it('is another event when it is retried and fails again', () => {
    const run = failed(COMMIT, '2026-11-24T06:05:00Z');
    const again = {
      ...run,
      status: { ...run.status, finishedAt: '2026-11-24T06:15:00Z' },
    };
    const [[first], [second]] = [run, again].map(each =>
      eventsFor(withRuns(each)),
    );
    expect(first.key).not.toBe(second.key);
    expect(second.at).toBe(at('06:15:00'));
  });

  it('is not told of where somebody ended it', () => {
    const stopped = failed(COMMIT, '2026-11-24T06:05:00Z', {
      message: "Stopped with strategy 'Terminate'",
    });
    expect(kindsOf(withRuns(stopped))).not.toContain('build-failed');
  });

  it('of the set-up is told of beside builds', () => {
    const setup = setupRun('Failed', [['validate-resources', 'Failed']]);
    const build = firstBuild('Succeeded', buildSteps());
    expect(kindsOf(withRuns(setup, build))).toContain('build-failed');
  });
});

const PIPELINE =
  'local/cicdpipeline.kro.run/team-checkout/checkout-cicd-pipeline';

/** A pipeline that has this in prod, deployed as the deployment of an id. */
const inProd = (
  tag: string,
  id: number,
  options: { status?: object; oam?: object } = {},
) => [
  ...healthyPipeline().filter(
    (each: any) => each.metadata.name !== 'checkout-prod-cd',
  ),
  application('prod', tag, {
    metadata: { uid: 'prod-application' },
    status: {
      history: [
        { id: id - 1, deployedAt: '2026-11-24T05:00:00Z' },
        { id, deployedAt: '2026-11-24T06:08:00Z' },
      ],
      health: {
        status: 'Healthy',
        lastTransitionTime: '2026-11-24T06:09:00Z',
      },
      ...options.status,
    },
  }),
  oamApplication('prod', tag, options.oam && { status: options.oam as any }),
];

describe('what is live', () => {
  const isLive = ({ kind }: DeliveryEvent) => kind === 'live';
  const liveIn = (...args: Parameters<typeof inProd>) =>
    eventsFor(inProd(...args)).filter(isLive);

  it('is told of when the last environment is healthy with it', () => {
    expect(liveIn(COMMIT, 7)).toEqual([
      {
        kind: 'live',
        key: JSON.stringify([
          'live',
          'component:default/checkout',
          'local',
          'prod-application',
          '7',
          COMMIT,
        ]),
        entityRef: 'component:default/checkout',
        at: at('06:08:00'),
        dueAt: at('06:09:05'),
        environment: 'prod',
        tag: COMMIT,
        pipeline: PIPELINE,
        deployment: {
          cluster: 'local',
          applicationUid: 'prod-application',
          id: '7',
        },
      },
    ]);
    // Dev runs it too, which nobody is told of.
    expect(kindsOf(healthyPipeline())).not.toContain('live');
  });

  it('is the same event whatever becomes of its health, and another after each deployment', () => {
    const [{ key }] = liveIn(COMMIT, 7);
    const later = {
      health: { status: 'Healthy', lastTransitionTime: '2026-11-24T09:00:00Z' },
    };
    expect(liveIn(COMMIT, 7, { status: later })).toMatchObject([
      { key, at: at('06:08:00') },
    ]);
    expect(liveIn(COMMIT, 8)[0].key).not.toBe(key);
    expect(liveIn(OLDER_COMMIT, 7)[0].key).not.toBe(key);
  });

  it.each<[string, Parameters<typeof inProd>[2]]>([
    ['is on its way', { status: { operationState: { phase: 'Running' } } }],
    ['is not what Git says', { status: { sync: { status: 'OutOfSync' } } }],
    ['is being rolled out', { oam: { status: 'runningWorkflow' } }],
    ['is not healthy', { oam: { status: 'unhealthy' } }],
  ])('is not yet what %s', (_, options) => {
    expect(liveIn(COMMIT, 7, options)).toEqual([]);
  });

  it.each(['syncing', 'stale'] as const)(
    'is not told from kinds that are %s',
    state => {
      expect(
        kindsOf(inProd(COMMIT, 7), {
          prepare: cluster => cluster.setStates(state, 'Application'),
        }),
      ).not.toContain('live');
      // Builds are known all the same.
      expect(
        kindsOf(withRuns(failed(COMMIT, '2026-11-24T06:05:00Z')), {
          prepare: cluster => cluster.setStates(state, 'Application'),
        }),
      ).toEqual(['build-failed']);
    },
  );
});

describe('a promotion that waits', () => {
  it('is due some time after the environment before was healthy', () => {
    expect(eventsFor(healthyPipeline())).toEqual([
      {
        kind: 'promotion-waiting',
        key: expect.stringMatching(
          /^\["promotion-waiting","component:default\/checkout","local",.*"dev","prod",/,
        ),
        entityRef: 'component:default/checkout',
        at: at('06:04:40'),
        dueAt: at('07:04:40'),
        from: 'dev',
        to: 'prod',
        tag: COMMIT,
        held: undefined,
        pipeline: PIPELINE,
      },
    ]);
    expect(
      eventsFor(inProd(OLDER_COMMIT, 7)).find(
        ({ kind }) => kind === 'promotion-waiting',
      ),
    ).toMatchObject({ tag: COMMIT, held: OLDER_COMMIT });
  });

  it('is none when it is done, or when dev went back to what is older', () => {
    expect(kindsOf(inProd(COMMIT, 7))).toEqual(['live']);
    const newer = pushBuild(OLDER_COMMIT, 'Succeeded', buildSteps(), {
      creationTimestamp: '2026-11-24T06:07:00Z',
    });
    // Dev holds COMMIT, and prod what was built after it.
    expect(kindsOf([...inProd(OLDER_COMMIT, 7), newer])).toEqual(['live']);
  });
});

it('tells each entity of a pipeline, and nothing where none can be found', () => {
  const keys = ['component:default/a', 'component:default/b'].map(
    entityRef => eventsFor(healthyPipeline(), { entityRef })[0].key,
  );
  expect(new Set(keys).size).toBe(2);
  const { delivery, observation } = computed(healthyPipeline());
  const problem = { problem: {} } as any;
  const located = { ...observation.located, ...problem };
  expect(eventsOf(delivery, { ...observation, located }, OPTIONS)).toEqual([]);
});
