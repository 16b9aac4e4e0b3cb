import { LinkRequest } from '../__testing__/LinkRequest';
import { until } from '../__testing__/until';
import { misspent } from './budget';
import { faultGround } from './faultGround';
import { refusal } from './linkFaults';

/** An API server that answers, but not what was asked for. */
const ground = faultGround();

const ofWorkflows = ({ resource }: LinkRequest) => resource === 'workflows';

/** The first hit is the watch under way, which breaks; the others are refused. */
const refused = (hits: readonly LinkRequest[]) => hits.slice(1);

it('asks an API server that fails ever more seldom', async () => {
  const { workflows, deployments, cluster, begin } = ground;
  const trial = await begin({
    title: 'storm of 500',
    concerned: [workflows],
    bystanders: [deployments],
  });
  const storm = cluster.link.impose(refusal(500), ofWorkflows);
  await trial.says(
    workflows,
    'stale',
    /^API server answers 500: imposed by the test$/,
  );
  await until('three are refused', () => refused(storm.hits).length === 3);
  await trial.untilMuchWasWritten();
  storm.lift();
  trial.over();
  const spent = await trial.settles();

  // Half a second after the watch broke, one more after that, then two.
  expect(trial.lasted).toBeGreaterThan(3.5);
  // Three refusals, then a list in place of a fourth check: our version may be at fault.
  // The list is a watch already.
  expect(misspent(spent, { check: [3, 3], list: [1, 1] })).toEqual([]);
});

it('leaves an API server that is too busy as long as it asks for', async () => {
  const { workflows, deployments, cluster, begin } = ground;
  const trial = await begin({
    title: 'storm of 429',
    concerned: [workflows],
    bystanders: [deployments],
  });
  const retryAfter = 3;
  const storm = cluster.link.impose(
    refusal(429, { 'retry-after': `${retryAfter}` }),
    ofWorkflows,
  );
  await trial.says(workflows, 'stale', /^API server answers 429: /);
  await until('two are refused', () => refused(storm.hits).length === 2);
  storm.lift();
  trial.over();
  const spent = await trial.settles();

  const times = trial.requests.map(({ at }) => at);
  const pauses = times.slice(1).map((at, index) => at - times[index]);
  // The last is between the check that passed and its watch.
  expect(Math.min(...pauses.slice(0, 2))).toBeGreaterThanOrEqual(
    retryAfter * 1000,
  );
  // Two refusals and one that passed. Being busy says nothing against our version, so
  // there is no list, which would make it busier.
  expect(misspent(spent, { check: [3, 3], watch: [1, 1] })).toEqual([]);
});
