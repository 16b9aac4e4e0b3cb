import { deliveryFor } from '../__testUtils__/deliveryFor';
import {
  application,
  buildSteps,
  COMMIT,
  healthyPipeline,
  oamApplication,
  OLDER_COMMIT,
  pushBuild,
} from '../__testUtils__/objects';
import { explainCommit } from './explainCommit';

describe('explainCommit', () => {
  it('waits for promotion where it runs in the first environment only', () => {
    const delivery = deliveryFor(healthyPipeline());
    expect(explainCommit(delivery, COMMIT.slice(0, 7))).toMatchObject({
      commit: COMMIT,
      live: false,
      stage: { id: 'promotion:prod' },
      run: { status: 'succeeded' },
      environments: [
        { name: 'dev', runsIt: true },
        { name: 'prod', runsIt: false },
      ],
    });
  });

  it('is live where every environment runs it', () => {
    const delivery = deliveryFor([
      ...healthyPipeline(),
      application('prod', COMMIT),
      oamApplication('prod', COMMIT),
    ]);
    expect(explainCommit(delivery)).toMatchObject({
      live: true,
      summary: 'It runs in dev, prod.',
    });
  });

  it('names the stage of the build while a build runs', () => {
    const delivery = deliveryFor([
      ...healthyPipeline(OLDER_COMMIT),
      pushBuild(COMMIT, 'Running', buildSteps('run-tests')),
    ]);
    expect(explainCommit(delivery)).toMatchObject({
      commit: COMMIT,
      stage: { id: 'build', status: 'running' },
      run: { step: 'run-tests' },
    });
    expect(explainCommit(delivery, OLDER_COMMIT)).toMatchObject({
      stage: { id: 'promotion:prod' },
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
