import { LinkFault } from '../__testing__/FaultyLink';
import { until } from '../__testing__/until';
import { attemptsWithin, misspent } from './budget';
import { faultGround } from './faultGround';
import { followsVersion, refusal } from './linkFaults';

/** Processes under the watch that die, and forget. */
const ground = faultGround();

it('outlives the API server (kill -9)', async () => {
  const { workflows, widgets, deployments, plane, begin } = ground;
  const concerned = [workflows, widgets, deployments];
  const trial = await begin({
    title: 'kill -9 of kube-apiserver',
    concerned,
    writesMayFail: true,
  });
  const before = plane.pid('kube-apiserver');
  plane.kill('kube-apiserver');
  for (const subject of concerned) {
    await trial.says(subject, 'stale', /^connection to the API server broke$/);
  }
  await trial.untilMuchWasWritten(90_000);
  trial.over();
  const spent = await trial.settles(60_000);

  expect(plane.pid('kube-apiserver')).not.toBe(before);
  // A new process answers before it knows who may what; that is not what it says of us.
  expect(
    concerned
      .flatMap(subject => trial.told(subject))
      .filter(({ state }) => state === 'forbidden'),
  ).toEqual([]);
  // The kinds, and the definitions of kinds. Each tries with backoff, once more when the
  // first of them is through, once more at once when the connection it used was kept
  // from before, and once more when a new process has had its time to start. The new process knows no history, so each may need one list; and one
  // watch or list more when what it says while it starts is taken back (403, 404, 503).
  const watches = concerned.length + 1;
  expect(
    misspent(spent, {
      check: [watches, watches * (attemptsWithin(trial.lasted) + 3)],
      list: [0, watches * 2],
      watch: [0, watches * 2],
    }),
  ).toEqual([]);
  expect(spent.list + spent.watch).toBeGreaterThanOrEqual(watches);
});

it('needs nothing from anybody while etcd starts again (kill -9)', async () => {
  const { workflows, widgets, deployments, events, plane, begin } = ground;
  const concerned = [workflows, widgets, deployments, events];
  const trial = await begin({
    title: 'kill -9 of etcd',
    concerned,
    writesMayFail: true,
  });
  const before = plane.pid('etcd');
  plane.kill('etcd');
  await until('etcd is back', () => plane.pid('etcd') !== before);
  await trial.untilMuchWasWritten(90_000);
  trial.over();
  const spent = await trial.settles(60_000);

  // The API server takes up its own watches of etcd again and keeps ours: nothing was
  // wrong with them, for nothing could be written meanwhile.
  expect(concerned.flatMap(subject => trial.told(subject))).toEqual([]);
  expect(misspent(spent, {})).toEqual([]);
});

it('says what the API server says when it must ask while etcd is away', async () => {
  const { workflows, deployments, plane, cluster, begin } = ground;
  const trial = await begin({
    title: 'kill -9 of etcd, connections broken',
    concerned: [workflows, deployments],
    writesMayFail: true,
  });
  const before = plane.pid('etcd');
  plane.kill('etcd');
  cluster.link.break();
  await trial.says(workflows, 'stale', /^connection to the API server broke$/);
  await until('etcd is back', () => plane.pid('etcd') !== before);
  await trial.untilMuchWasWritten(90_000);
  trial.over();
  const spent = await trial.settles(60_000);

  // One check each, and for the definitions of kinds, which the API server answers when
  // etcd is back; each is sent again when the connection that it used was kept from
  // before, and tried again when the API server gives up on etcd first.
  const watches = 3;
  expect(
    misspent(spent, {
      check: [watches, watches * (attemptsWithin(trial.lasted) + 1)],
      watch: [watches, watches],
    }),
  ).toEqual([]);
});

it('lists again what etcd has forgotten (compaction, 410)', async () => {
  const { workflows, events, plane, cluster, begin } = ground;
  const trial = await begin({
    title: 'etcd compacted while away',
    concerned: [workflows, events],
  });
  cluster.link.cut();
  await trial.says(events, 'stale', /^connection to the API server broke$/);
  await trial.untilMuchWasWritten();
  await plane.compact();
  await trial.untilMuchWasWritten();
  cluster.link.mend();
  trial.over();
  const spent = await trial.settles();

  await trial.says(
    events,
    'syncing',
    /^API server no longer holds the changes since; listing again$/,
  );
  // No request gets through while the link is cut. Then one check each, and for the
  // definitions of kinds; events are listed, once and at once, because only etcd knew
  // what became of them. The API server itself remembers the others.
  expect(
    misspent(spent, { check: [3, 3], watch: [3, 3], list: [1, 1] }),
  ).toEqual([]);
});

it('lists in one piece when etcd forgets the second page', async () => {
  const { workflows, events, plane, cluster, begin } = ground;
  const { written } = events;
  const more = Array.from({ length: 520 }, (_, number) => number);
  await Promise.all(
    more.map(number =>
      cluster.send('POST', written.collection, {
        metadata: { name: `more-${number}` },
        ...written.fields(number),
      }),
    ),
  );
  const trial = await begin({
    title: 'etcd compacted between pages',
    concerned: [events],
    bystanders: [workflows],
  });
  const { link } = cluster;
  const forgotten = link.impose(
    refusal(410),
    request => request.resource === 'events' && followsVersion(request),
  );
  // As an older API server answers.
  link.impose(
    refusal(400),
    ({ resource, url }) =>
      resource === 'events' && url.includes('sendInitialEvents'),
  );
  let compacted: Promise<void> | undefined;
  const compactFirst: LinkFault = {
    relay: async (piece, { send }) => {
      compacted ??= trial.untilMuchWasWritten().then(() => plane.compact());
      await compacted;
      await send(piece);
    },
  };
  link.impose(
    compactFirst,
    ({ resource, url }) => resource === 'events' && /[?&]limit=500$/.test(url),
  );
  await until('a second page is asked for', () =>
    trial.requests.some(({ purpose }) => purpose === 'page'),
  );
  forgotten.lift();
  trial.over();
  const spent = await trial.settles();

  // Refused: a check, a stream. Then the first page, the second, and all in one.
  expect(
    misspent(spent, {
      check: [1, 1],
      list: [3, 3],
      page: [1, 1],
      watch: [1, 1],
    }),
  ).toEqual([]);
});
