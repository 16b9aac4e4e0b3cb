import { LinkRequest } from '../__testing__/LinkRequest';
import { attemptsWithin, misspent } from './budget';
import { faultGround } from './faultGround';
import { drip, resetInEvent } from './linkFaults';

/** Answers that come in another way than the API server sends them. */
const ground = faultGround();

const ofWorkflows = ({ resource }: LinkRequest) => resource === 'workflows';

it('resumes where a connection broke in the middle of an event', async () => {
  const { workflows, deployments, cluster, begin } = ground;
  const trial = await begin({
    title: 'connection reset in an event',
    concerned: [workflows],
    bystanders: [deployments],
  });
  const reset = cluster.link.impose(resetInEvent, ofWorkflows);
  await trial.says(workflows, 'stale', /^connection to the API server broke$/);
  await trial.untilMuchWasWritten();
  reset.lift();
  trial.over();
  const spent = await trial.settles();

  // Each attempt begins with the check and breaks there; the first that passes is
  // followed by one watch, from where the broken one was.
  expect(
    misspent(spent, {
      check: [1, attemptsWithin(trial.lasted) + 1],
      watch: [1, 1],
    }),
  ).toEqual([]);
  expect(reset.hits[0].purpose).not.toBe('check');
});

it('understands answers that drip byte by byte', async () => {
  const { workflows, deployments, cluster, begin } = ground;
  const dripping = cluster.link.impose(drip, ofWorkflows);
  const trial = await begin({
    title: 'slow drip',
    concerned: [workflows],
    bystanders: [deployments],
  });
  await trial.untilMuchWasWritten();
  dripping.lift();
  trial.over();
  const spent = await trial.settles();

  // Slow is not wrong: nobody is told of it, and nothing is asked again.
  expect(trial.told(workflows)).toEqual([]);
  expect(misspent(spent, {})).toEqual([]);
  expect(dripping.hits.map(({ purpose }) => purpose)).toEqual(['list']);
});
