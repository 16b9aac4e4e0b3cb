import { COMMIT, OLDER_COMMIT } from '../__testUtils__/objects';
import {
  databaseNames,
  historyDatabases,
} from '../history/__testUtils__/databases';
import { deployment, promotion } from '../history/__testUtils__/records';
import {
  failing,
  inProd,
  ofPayments,
  PIPELINE,
} from './__testUtils__/checkout';
import { Notifiers } from './__testUtils__/Notifiers';
import { observe } from './__testUtils__/observe';
import { isSeenTo, isSo, type CurrentEvents } from './currentEvents';

jest.setTimeout(60_000);

const databases = historyDatabases();

describe.each(databaseNames)('current events with %s', database => {
  let notifiers: Notifiers;

  beforeEach(async () => {
    notifiers = new Notifiers(await databases.store(database));
  });

  afterEach(() => notifiers.stop());

  it('knows what is so now', async () => {
    const events: CurrentEvents = new Map();
    const notifier = notifiers.start({ events });
    notifier.keep([ofPayments]);
    observe(notifier, failing());
    const nowSo = async () =>
      Object.fromEntries(
        (await notifiers.noted(notifier)).map(row => [
          row.kind,
          isSo({ ...row, entityRef: row.entity_ref }, events),
        ]),
      );
    expect(await nowSo()).toEqual({
      'build-failed': true,
      'promotion-waiting': true,
    });
    observe(notifier, inProd());
    expect(await nowSo()).toEqual({
      'build-failed': true,
      'promotion-waiting': false,
      live: true,
    });
    notifier.keep([]);
    expect(await nowSo()).toMatchObject({ live: false });
  });

  it('knows which promotion somebody asked for by pull request, until it has come', async () => {
    const events: CurrentEvents = new Map();
    const notifier = notifiers.start({ events });
    notifier.keep([ofPayments]);
    observe(notifier, failing());
    const of = {
      cluster: 'local',
      pipeline: PIPELINE,
      imageTag: COMMIT,
    };
    const seenTo = async () => {
      const rows = await notifiers.noted(notifier);
      const answers = await Promise.all(
        rows.map(row =>
          isSeenTo(
            { ...row, entityRef: row.entity_ref },
            events,
            notifiers.store.knex,
          ),
        ),
      );
      return Object.fromEntries(rows.map(({ kind }, i) => [kind, answers[i]]));
    };
    const open = { 'build-failed': false, 'promotion-waiting': false };
    await notifiers.store.write([
      promotion(1, '2026-11-24T06:10:00.000Z', { ...of, to: 'staging' }),
      promotion(2, '2026-11-24T06:10:00.000Z', { ...of, pipeline: 'another' }),
      promotion(3, '2026-11-24T06:10:00.000Z', {
        ...of,
        imageTag: OLDER_COMMIT,
      }),
      // Kargo's own, which its Stage tells of.
      promotion(4, '2026-11-24T06:10:00.000Z', {
        ...of,
        pullRequest: undefined,
      }),
      // Taken back before it was asked for.
      deployment('6', '2026-11-24T06:00:00.000Z', of),
    ]);
    expect(await seenTo()).toEqual(open);

    await notifiers.store.write([promotion(5, '2026-11-24T06:20:00.000Z', of)]);
    expect(await seenTo()).toEqual({ ...open, 'promotion-waiting': true });

    await notifiers.store.write([
      deployment('7', '2026-11-24T06:30:00.000Z', {
        ...of,
        outcome: 'failed',
      }),
      deployment('8', '2026-11-24T06:30:00.000Z', {
        ...of,
        environment: 'dev',
      }),
    ]);
    expect(await seenTo()).toEqual({ ...open, 'promotion-waiting': true });
    await notifiers.store.write([
      deployment('9', '2026-11-24T06:30:00.000Z', of),
    ]);
    expect(await seenTo()).toEqual(open);
  });
});
