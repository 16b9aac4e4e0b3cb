import { say } from '@golden-path/plugin-delivery-common';
import type { Journey, Stage } from '@golden-path/plugin-delivery-common';
import { subjectOf } from './subject';
import type { Trouble } from './trouble';

const newer: Journey = {
  tag: 'b3927e4'.padEnd(40, '0'),
  run: 'checkout-cicd-4scc8',
  status: 'failed',
  steps: [],
};
const older: Journey = { ...newer, tag: '5'.repeat(40), run: 'checkout-1' };

const delivery = {
  summary: {
    status: 'running' as const,
    sentence: say('summary.onTheWay', {
      commit: '5555555',
      environment: 'dev',
    }),
  },
  journeys: [newer, older],
  environments: [
    { name: 'dev', image: { reference: 'r', tag: older.tag } },
  ] as never,
};

const trouble = (
  cause: Trouble['diagnosis']['cause'],
  environment?: string,
): Pick<Stage, 'environment' | 'sentence'> & Pick<Trouble, 'diagnosis'> => ({
  environment,
  sentence: cause,
  diagnosis: { cause, nextStep: say('build.failed.next') },
});

describe('what the headline is about', () => {
  it('is the commit that the summary names', () => {
    expect(subjectOf(delivery)).toBe(older);
  });

  it('is the commit of the run that failed', () => {
    const values = { run: newer.run!, step: 'run-tests' };
    expect(subjectOf(delivery, trouble(say('build.failedAt', values)))).toBe(
      newer,
    );
  });

  it('is the image that waits, before what runs there', () => {
    const values = { tag: 'b3927e4', delay: '1 min' };
    expect(
      subjectOf(delivery, trouble(say('deploy.notNoticed', values), 'dev')),
    ).toBe(newer);
  });

  it('is what runs where the trouble is', () => {
    const cause = say('run.imagePull', { container: 'main' });
    expect(subjectOf(delivery, trouble(cause, 'dev'))).toBe(older);
  });

  it('is no commit where none has to do with it', () => {
    const cause = say('pipeline.suspended');
    expect(subjectOf(delivery, trouble(cause))).toBeUndefined();
    expect(
      subjectOf({ ...delivery, journeys: undefined }, trouble(cause, 'prod')),
    ).toBeUndefined();
  });
});
