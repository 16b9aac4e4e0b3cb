import { misspent } from './budget';
import { faultGround } from './faultGround';
import { silence } from './linkFaults';

/** Time that does not pass as it should. */
const ground = faultGround();

const HOUR_MS = 3_600_000;

it.each([
  ['forward', HOUR_MS],
  ['back', -HOUR_MS],
])('does not care that the wall clock is set an hour %s', async (way, ms) => {
  const { workflows, deployments, begin } = ground;
  const trial = await begin({
    title: `wall clock set ${way}`,
    concerned: [workflows, deployments],
  });
  trial.clock.step(ms);
  await trial.untilMuchWasWritten();
  trial.over();
  const spent = await trial.settles();

  // Durations are of the monotonic clock, which was not set.
  expect(trial.told(workflows)).toEqual([]);
  expect(misspent(spent, {})).toEqual([]);
});

it('goes on when an hour has passed at once', async () => {
  const { workflows, deployments, begin } = ground;
  const trial = await begin({
    title: 'hour passed at once',
    concerned: [workflows, deployments],
  });
  trial.clock.leap(HOUR_MS);
  await trial.untilMuchWasWritten();
  trial.over();
  const spent = await trial.settles();

  // Every watch has been silent for too long, that of the definitions of kinds included,
  // and each goes on from where it was after one check; but for those that hear of a
  // change in that very moment.
  expect(misspent(spent, { check: [1, 3], watch: [1, 3] })).toEqual([]);
});

it('goes on after a sleep in which its connections were dropped without a word', async () => {
  const { workflows, deployments, cluster, begin } = ground;
  const trial = await begin({
    title: 'suspended for an hour',
    concerned: [workflows, deployments],
  });
  // As on a laptop: the wall clock went on, the monotonic one stood still.
  const asleep = cluster.link.impose(silence);
  trial.clock.step(HOUR_MS);
  await trial.untilMuchWasWritten();
  asleep.lift();
  cluster.link.break();
  trial.over();
  const spent = await trial.settles();

  for (const subject of [workflows, deployments]) {
    await trial.says(subject, 'stale', /^connection to the API server broke$/);
    // As the clock on the wall says, for that is what people compare it with.
    const since = trial.told(subject)[0].since.getTime() - Date.now();
    expect(since).toBeGreaterThan(HOUR_MS - 60_000);
  }
  // One check and one watch for each, and for the definitions of kinds; a check is sent
  // again when the connection that it used was kept from before.
  expect(misspent(spent, { check: [3, 2 * 3], watch: [3, 3] })).toEqual([]);
});
