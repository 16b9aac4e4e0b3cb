import type { Entity } from '@backstage/catalog-model';
import { entity } from '../__testUtils__/entity';
import { COMMIT, OLDER_COMMIT } from '../__testUtils__/objects';
import {
  databaseNames,
  historyDatabases,
} from '../history/__testUtils__/databases';
import { deployment, promotion, run } from '../history/__testUtils__/records';
import { until } from '../kubernetes/__testing__/until';
import {
  failing,
  inProd,
  ofPayments,
  PIPELINE,
} from './__testUtils__/checkout';
import { DAY_MS, Notifiers } from './__testUtils__/Notifiers';
import { ENTITY, observe } from './__testUtils__/observe';
import { Outbox } from './Outbox';

jest.setTimeout(60_000);

const databases = historyDatabases();

describe.each(databaseNames)('Notifier with %s', database => {
  let notifiers: Notifiers;

  beforeEach(async () => {
    notifiers = new Notifiers(await databases.store(database));
  });

  afterEach(() => notifiers.stop());

  it('writes down what owners are to be told, and wakes who sends it', async () => {
    const notifier = notifiers.start();
    notifier.keep([ofPayments]);
    observe(notifier, failing());
    expect(await notifiers.noted(notifier)).toMatchObject([
      {
        kind: 'build-failed',
        entity_ref: ENTITY,
        recipients: JSON.stringify({ entityRef: ['group:default/payments'] }),
      },
      { kind: 'promotion-waiting', outcome: null },
    ]);
    expect(notifiers.wake).toHaveBeenCalled();
    expect(
      JSON.stringify(await notifiers.outbox.knex('notifications').select()),
    ).not.toMatch(/canary/);
  });

  it('writes each once, however often and by however many it is seen', async () => {
    const all = [notifiers.start(), notifiers.start(), notifiers.start()];
    all.forEach(each => each.keep([ofPayments]));
    const objects = failing();
    const seenByAll = async () => {
      all.forEach(each => observe(each, objects));
      await Promise.all(all.map(each => notifiers.noted(each)));
    };
    for (let round = 0; round < 3; round += 1) {
      await seenByAll();
    }
    const restarted = notifiers.start();
    restarted.keep([ofPayments]);
    observe(restarted, objects);
    expect(await notifiers.kinds(restarted)).toEqual([
      'build-failed',
      'promotion-waiting',
    ]);
  });

  it('waits for the catalog to tell whose it is, and tells nobody of what is nobody’s', async () => {
    const notifier = notifiers.start();
    observe(notifier, failing());
    expect(await notifiers.kinds(notifier)).toEqual([]);
    notifier.keep([entity() as Entity]);
    expect(await notifiers.kinds(notifier)).toEqual([]);
    const other = notifiers.start();
    observe(other, failing());
    other.keep([ofPayments]);
    expect(await notifiers.kinds(other)).toHaveLength(2);
  });

  it('tells nothing of what happened before it began, or longer than a day ago', async () => {
    const began = await notifiers.outbox.begin(
      new Date('2026-11-24T06:06:00Z'),
    );
    // The first start counts.
    const since = await notifiers.outbox.begin(
      new Date('2026-11-24T11:00:00Z'),
    );
    expect(since).toEqual(began);
    const notifier = notifiers.start({ since });
    notifier.keep([ofPayments]);
    observe(notifier, failing());
    expect(await notifiers.kinds(notifier)).toEqual([]);
    const later = notifiers.start();
    notifiers.clock.advance(20 * 3_600_000);
    later.keep([ofPayments]);
    observe(later, failing());
    expect(await notifiers.kinds(later)).toEqual([]);
  });

  it('tells the kinds that are asked for', async () => {
    const notifier = notifiers.start({ kinds: ['build-failed'] });
    notifier.keep([ofPayments]);
    observe(notifier, failing());
    expect(await notifiers.kinds(notifier)).toEqual(['build-failed']);
  });

  it('tells of a deployment that brings another image, but not who asked for it', async () => {
    await notifiers.store.write([
      deployment('6', '2026-11-24T05:00:00.000Z', {
        cluster: 'local',
        imageTag: OLDER_COMMIT,
        commit: OLDER_COMMIT,
      }),
      promotion(7, '2026-11-24T06:07:00.000Z', {
        cluster: 'local',
        pipeline: PIPELINE,
        imageTag: COMMIT,
        by: 'user:default/ada',
      }),
    ]);
    const notifier = notifiers.start();
    notifier.keep([ofPayments]);
    observe(notifier, inProd());
    expect(await notifiers.noted(notifier)).toMatchObject([
      {
        kind: 'live',
        recipients: JSON.stringify({
          entityRef: ['group:default/payments'],
          excludeEntityRef: ['user:default/ada'],
        }),
      },
    ]);
  });

  it('does not tell that what dev was rolled back to waits for prod', async () => {
    const build = (uid: string, imageTag: string, createdAt: string) =>
      run(uid, '2026-11-24T05:00:00.000Z', {
        cluster: 'local',
        pipeline: PIPELINE,
        imageTag,
        createdAt,
      });
    await notifiers.store.write([
      build('old', COMMIT, '2026-11-24T03:00:00.000Z'),
      build('new', OLDER_COMMIT, '2026-11-24T04:00:00.000Z'),
    ]);
    const told = async (tag: string) => {
      const notifier = notifiers.start({ kinds: ['promotion-waiting'] });
      notifier.keep([ofPayments]);
      observe(
        notifier,
        // Its cluster forgot all runs.
        inProd(tag).filter((each: any) => each.kind !== 'Workflow'),
      );
      return notifiers.kinds(notifier);
    };
    expect(await told(OLDER_COMMIT)).toEqual([]);
    expect(await told('0'.repeat(40))).toEqual(['promotion-waiting']);
  });

  it('does not tell of a deployment that brings what was there', async () => {
    await notifiers.store.write([
      deployment('6', '2026-11-24T05:00:00.000Z', {
        cluster: 'local',
        imageTag: COMMIT,
        commit: COMMIT,
      }),
    ]);
    const notifier = notifiers.start();
    notifier.keep([ofPayments]);
    observe(notifier, inProd());
    expect(await notifiers.kinds(notifier)).toEqual([]);
  });

  it('keeps what cannot be written, tries again, and says so once', async () => {
    let available = false;
    let tries = 0;
    class Flaky extends Outbox {
      async add(entries: Parameters<Outbox['add']>[0]) {
        tries += 1;
        if (!available) {
          throw new Error('insert into "canary" - connection refused');
        }
        return super.add(entries);
      }
    }
    const notifier = notifiers.start({
      outbox: new Flaky(notifiers.store.knex),
    });
    notifier.keep([ofPayments]);
    observe(notifier, failing());
    await until('it was tried several times', () => {
      notifiers.clock.advance(60_000);
      return tries > 3;
    });
    expect(notifiers.logger.warn.mock.calls).toEqual([
      [expect.stringMatching(/: connection refused$/)],
    ]);
    available = true;
    await until('it is written', () => {
      notifiers.clock.advance(60_000);
      return !notifier.isWriting;
    });
    expect(await notifiers.kinds(notifier)).toHaveLength(2);
    expect(notifiers.logger.info).toHaveBeenCalledTimes(1);
  });

  it('never throws into the watch', () => {
    expect(() =>
      notifiers.start().observe({} as any, { entityRef: ENTITY } as any),
    ).not.toThrow();
    expect(notifiers.logger.error).toHaveBeenCalledTimes(1);
  });

  it('forgets with the rest of the history', async () => {
    const notifier = notifiers.start();
    notifier.keep([ofPayments]);
    observe(notifier, failing());
    await notifiers.noted(notifier);
    await notifiers.store.prune(new Date('2026-11-24T06:00:00Z'));
    expect(await notifiers.kinds(notifier)).toHaveLength(2);
    await notifiers.store.prune(new Date('2026-11-25T06:00:00Z'));
    expect(await notifiers.kinds(notifier)).toEqual([]);
  });

  it('tells what is live no second time when that is forgotten and health comes back', async () => {
    const notifier = notifiers.start();
    notifier.keep([ofPayments]);
    observe(notifier, inProd());
    expect(await notifiers.kinds(notifier)).toEqual(['live']);
    const prune = () =>
      notifiers.store.prune(
        new Date(notifiers.clock.now().getTime() - 90 * DAY_MS),
      );

    notifiers.clock.advance(89 * DAY_MS);
    await prune();
    const flapped = notifiers.start();
    flapped.keep([ofPayments]);
    observe(flapped, inProd(COMMIT, notifiers.clock.now()));
    expect(await notifiers.kinds(flapped)).toEqual(['live']);

    notifiers.clock.advance(DAY_MS);
    await prune();
    const again = notifiers.start();
    again.keep([ofPayments]);
    observe(again, inProd(COMMIT, notifiers.clock.now()));
    expect(await notifiers.kinds(again)).toEqual([]);
  });
});
