import { LinkRequest, spendingOf } from '../__testing__/LinkRequest';
import { until } from '../__testing__/until';
import { attemptsWithin, misspent } from './budget';
import { faultGround } from './faultGround';
import {
  followsVersion,
  noAnswer,
  refusal,
  silence,
  stalledAnswer,
} from './linkFaults';
import { Trial } from './Trial';

/** An API server that takes requests and then does nothing about them. */
const ground = faultGround();

const ofWorkflows = ({ resource }: LinkRequest) => resource === 'workflows';

/** As the patience of production, but for the size of it. */
const limits = { answerMs: 2_000, wholeMs: 4_000 };

/**
 * Lets time pass in steps that leave nobody in silence but who is silenced: between them
 * there is something to hear for all others.
 */
async function pass(trial: Trial, seconds: number): Promise<void> {
  for (let passed = 0; passed < seconds; passed += 25) {
    trial.clock.leap(25_000);
    await trial.untilMuchWasWritten();
  }
}

it('gives up on an answer that never begins', async () => {
  const { workflows, deployments, cluster, begin } = ground;
  const trial = await begin({
    title: 'answer that never begins',
    concerned: [workflows],
    bystanders: [deployments],
    limits,
  });
  const hanging = cluster.link.impose(noAnswer, ofWorkflows);
  await trial.says(
    workflows,
    'stale',
    /^API server did not answer within 2 s$/,
  );
  await until('another try', () => hanging.hits.length >= 3);
  await trial.untilMuchWasWritten();
  hanging.lift();
  trial.over();
  const spent = await trial.settles();

  // Each check waits its two seconds before it fails, and then backs off as all do.
  expect(
    misspent(spent, {
      check: [2, attemptsWithin(trial.lasted) + 1],
      watch: [1, 1],
    }),
  ).toEqual([]);
});

it('gives up on a list that stops in the middle', async () => {
  const { workflows, deployments, cluster, begin } = ground;
  const trial = await begin({
    title: 'list that stalls',
    concerned: [workflows],
    bystanders: [deployments],
    limits,
  });
  const { link } = cluster;
  // The version of the watch is forgotten, so that there is a list, and that one stalls.
  const forgotten = link.impose(
    refusal(410),
    request => ofWorkflows(request) && followsVersion(request),
  );
  const stalled = link.impose(
    stalledAnswer,
    request => ofWorkflows(request) && request.purpose === 'list',
  );
  await until('a list stalls', () => stalled.hits.length >= 1);
  forgotten.lift();
  await pass(trial, 30);
  await trial.says(
    workflows,
    'stale',
    /^API server did not answer in full within 4 s$/,
  );
  stalled.lift();
  trial.over();
  const spent = await trial.settles();

  // The stream of all objects that stalls is given up for pages, which stall too and are
  // asked for anew with backoff; then one watch.
  expect(
    misspent(spent, {
      check: [1, 1],
      list: [3, 2 + attemptsWithin(trial.lasted)],
      watch: [1, 1],
    }),
  ).toEqual([]);
});

it('gives up on a watch that says nothing any more, not even a bookmark', async () => {
  const { workflows, deployments, cluster, begin } = ground;
  const trial = await begin({
    title: 'watch in silence',
    concerned: [workflows],
    bystanders: [deployments],
    limits,
  });
  const silenced = cluster.link.impose(silence, ofWorkflows);
  await pass(trial, 90);
  await trial.says(workflows, 'stale', /^watch was silent for 90 s$/);
  silenced.lift();
  trial.over();
  const spent = await trial.settles();

  // The check that is swallowed too, and the one that passes. None is listed again.
  const ofOne = spendingOf(trial.requests.filter(ofWorkflows));
  expect(misspent(ofOne, { check: [2, 2], watch: [1, 1] })).toEqual([]);
  // Nobody touches the definitions of kinds: they are silent as well, unless a bookmark of
  // the API server, which keeps to the clock on the wall, came in between.
  expect(misspent(spent, { check: [2, 3], watch: [1, 2] })).toEqual([]);
});
