import { until } from '../__testing__/until';
import { version } from './CustomKind';
import { attemptsWithin, misspent } from './budget';
import { faultGround } from './faultGround';
import { silence } from './linkFaults';

/** Kinds that go, come again and change under the watch. */
const ground = faultGround();

it('empties a kind whose definition is deleted, and fills it when it is there again', async () => {
  const { widgets, workflows, custom, cluster, begin } = ground;
  const trial = await begin({
    title: 'CRD deleted and installed again',
    concerned: [widgets],
    bystanders: [workflows],
    writesMayFail: true,
  });
  const before = trial.watch.objects.list(widgets.kind);
  expect(before).not.toEqual([]);
  // Nor is it told of the end of its objects, which comes first.
  const silenced = cluster.link.impose(
    silence,
    ({ resource }) => resource === 'widgets',
  );
  await custom.remove();
  await trial.says(
    widgets,
    'not-installed',
    /^cluster does not serve Widget of kubernetes-room-\w+\.example\.com$/,
  );
  expect(trial.watch.objects.list(widgets.kind)).toEqual([]);
  expect(silenced.hits.length).toBeGreaterThan(0);
  silenced.lift();
  await trial.untilMuchWasWritten();
  await custom.install();
  trial.over();
  const spent = await trial.settles();

  // Gone and come: a definition is written about three times on each of these ways (made,
  // names accepted, established; told to end, emptied, gone), and each may be asked about:
  // once for all groups, once for the group. While it is missing it is looked for with
  // backoff. What was there is not asked for: the kind is new.
  expect(
    misspent(spent, {
      discovery: [3, 2 * 6 + attemptsWithin(trial.lasted)],
      list: [1, 2],
      check: [0, 2],
      watch: [0, 2],
    }),
  ).toEqual([]);
  for (const { metadata } of before) {
    expect(trial.toldDeletionOf(metadata.uid)).toBe(true);
  }
});

it('follows a kind to the version that is served now', async () => {
  const { widgets, workflows, custom, begin } = ground;
  const trial = await begin({
    title: 'served version changed',
    concerned: [widgets],
    bystanders: [workflows],
    writesMayFail: true,
  });
  await custom.change([
    version('v1', { served: true, storage: true }),
    version('v1alpha1', { served: true, storage: false }),
  ]);
  await until('v1 is preferred', () =>
    trial.told(widgets).some(state => state.version === 'v1'),
  );
  await trial.untilMuchWasWritten();
  custom.speak('v1');
  await custom.change([
    version('v1', { served: true, storage: true }),
    version('v1alpha1', { served: false, storage: false }),
  ]);
  await trial.untilMuchWasWritten();
  trial.over();
  const spent = await trial.settles();

  expect(trial.told(widgets).map(state => state.version)).not.toContain(
    'v1alpha1',
  );
  // Two changes, each written about three times and asked about as above; one list, at
  // the new version. The watch on it may end when the old version does, and goes on.
  expect(
    misspent(spent, {
      discovery: [2, 2 * 6],
      list: [1, 2],
      check: [0, 2],
      watch: [0, 2],
    }),
  ).toEqual([]);
});
