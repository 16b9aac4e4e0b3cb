import { deliveryFor, isNo } from '../__testUtils__/deliveryFor';
import {
  application,
  buildSteps,
  COMMIT,
  healthyPipeline,
  oamApplication,
  OLDER_COMMIT,
  pushBuild,
} from '../__testUtils__/objects';
import { NOTHING_BEYOND } from '../delivery/journey/beyond';
import { explainCommit } from './explainCommit';

const inProd = (tag: string) => [
  ...healthyPipeline(),
  application('prod', tag),
  oamApplication('prod', tag),
];

describe('explainCommit', () => {
  it('waits for promotion where it runs in the first environment only', () => {
    const delivery = deliveryFor(healthyPipeline());
    expect(explainCommit(delivery, COMMIT.slice(0, 7))).toMatchObject({
      commit: COMMIT,
      live: false,
      reached: { step: 'healthy:dev', at: '2026-11-24T06:04:40Z' },
      waitsAt: {
        step: 'promoted:prod',
        status: 'waiting',
        since: '2026-11-24T06:04:40Z',
      },
      stage: { id: 'promotion:prod' },
      operation: { operation: 'promote', environment: 'prod' },
      run: { status: 'succeeded' },
      environments: [
        { name: 'dev', runsIt: true },
        { name: 'prod', runsIt: false },
      ],
    });
  });

  it('is live where every environment runs it', () => {
    const explained = explainCommit(deliveryFor(inProd(COMMIT)));
    expect(explained).toMatchObject({
      live: true,
      summary: 'It runs in dev and prod.',
      reached: { step: 'healthy:prod' },
    });
    expect(explained.waitsAt).toBeUndefined();
    expect(explained.steps.map(({ status }) => status)).toEqual(
      explained.steps.map(() => 'succeeded'),
    );
  });

  it('is at the step of its run, and the diagnosis is not that of another', () => {
    const delivery = deliveryFor([
      ...healthyPipeline(OLDER_COMMIT),
      pushBuild(COMMIT, 'Running', buildSteps('run-tests'), {
        creationTimestamp: '2026-11-24T06:30:00Z',
      }),
    ]);
    expect(explainCommit(delivery)).toMatchObject({
      commit: COMMIT,
      reached: { step: 'run-started' },
      waitsAt: { step: 'built', status: 'running' },
      stage: { id: 'build', status: 'running' },
      run: { step: 'run-tests' },
    });
    expect(explainCommit(delivery, OLDER_COMMIT)).toMatchObject({
      waitsAt: { step: 'promoted:prod' },
      stage: { id: 'promotion:prod' },
    });
  });

  it('tells of a build that failed before a newer one, without its diagnosis', () => {
    const delivery = deliveryFor([
      ...healthyPipeline(),
      pushBuild(OLDER_COMMIT, 'Failed', buildSteps('run-tests'), {
        name: 'checkout-cicd-older',
        creationTimestamp: '2026-11-24T05:00:00Z',
      }),
    ]);
    const explained = explainCommit(delivery, OLDER_COMMIT);
    expect(explained).toMatchObject({
      live: false,
      waitsAt: { step: 'built', status: 'failed' },
      run: { name: 'checkout-cicd-older', status: 'failed' },
    });
    expect(explained.stage).toBeUndefined();
    expect(explained.nextStep).toBeUndefined();
  });

  it('has nothing to do where a newer commit took its place', () => {
    const delivery = deliveryFor([
      ...healthyPipeline(),
      pushBuild(OLDER_COMMIT, 'Succeeded', buildSteps(), {
        name: 'checkout-cicd-older',
        creationTimestamp: '2026-11-24T05:00:00Z',
      }),
    ]);
    const explained = explainCommit(delivery, OLDER_COMMIT);
    expect(explained).toMatchObject({
      live: false,
      reached: { step: 'manifest-bumped' },
      waitsAt: {
        step: 'noticed:dev',
        status: 'skipped',
        summary: expect.stringContaining('went to dev instead'),
      },
    });
    expect(explained.stage).toBeUndefined();
  });

  it('says what keeps it from running, with the evidence', () => {
    const delivery = deliveryFor([
      ...healthyPipeline().filter(
        object =>
          isNo('Application')(object) ||
          !(object as any).apiVersion.startsWith('core.oam.dev'),
      ),
      oamApplication('dev', COMMIT, {
        status: {
          status: 'unhealthy',
          services: [
            { name: 'checkout', healthy: false, message: '0 of 2 ready' },
          ],
        },
      }),
    ]);
    expect(explainCommit(delivery)).toMatchObject({
      reached: { step: 'rolled-out:dev' },
      waitsAt: { step: 'healthy:dev', status: 'failed' },
      stage: { id: 'run:dev' },
      cause: expect.any(String),
      evidence: 'checkout: 0 of 2 ready',
      nextStep: expect.any(String),
    });
  });

  it('knows who wrote what, where the Git host tells', () => {
    const delivery = deliveryFor(healthyPipeline(), {
      beyond: {
        ...NOTHING_BEYOND,
        commit: sha =>
          sha === COMMIT
            ? { sha, title: 'Ship it', author: 'Ada Lovelace', paths: [] }
            : undefined,
      },
    });
    expect(explainCommit(delivery)).toMatchObject({
      message: 'Ship it',
      author: 'Ada Lovelace',
    });
  });

  it('finds the first image, which is no commit', () => {
    const delivery = deliveryFor(healthyPipeline('initial'));
    expect(explainCommit(delivery, 'initial')).toMatchObject({
      commit: 'initial',
      environments: [{ name: 'dev', runsIt: true }, {}],
    });
  });

  it('refuses what begins several commits, and what nothing holds', () => {
    const twin = `${COMMIT.slice(0, 8)}${OLDER_COMMIT.slice(8)}`;
    const delivery = deliveryFor([
      ...healthyPipeline(),
      pushBuild(twin, 'Running', buildSteps('run-tests'), {
        name: 'checkout-cicd-twin',
      }),
    ]);
    expect(() => explainCommit(delivery, COMMIT.slice(0, 7))).toThrow(
      /which 2 commits begin with/,
    );
    expect(() => explainCommit(delivery, 'abcdef0')).toThrow(/started no run/);
  });
});
