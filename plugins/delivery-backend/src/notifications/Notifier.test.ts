import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { entity } from '../__testUtils__/entity';
import {
  application,
  buildSteps,
  COMMIT,
  healthyPipeline,
  oamApplication,
  OLDER_COMMIT,
  pushBuild,
} from '../__testUtils__/objects';
import {
  databaseNames,
  historyDatabases,
} from '../history/__testUtils__/databases';
import { deployment, promotion, run } from '../history/__testUtils__/records';
import type { HistoryStore } from '../history/HistoryStore';
import { ManualClock } from '../kubernetes/__testing__/clocks';
import { until } from '../kubernetes/__testing__/until';
import { isSeenTo, isSo, type CurrentEvents } from './currentEvents';
import { computed, ENTITY } from './__testUtils__/observe';
import { deliveryEventKinds } from './deliveryEvents';
import { Notifier, type NotifierOptions } from './Notifier';
import { Outbox } from './Outbox';

jest.setTimeout(60_000);

const DAY_MS = 24 * 3_600_000;
const databases = historyDatabases();

const ofPayments = {
  ...entity(),
  relations: [{ type: 'ownedBy', targetRef: 'group:default/payments' }],
} as Entity;

const failing = () => [
  ...healthyPipeline(),
  pushBuild(OLDER_COMMIT, 'Failed', buildSteps('run-tests', 'Failed', 'no'), {
    uid: 'failing',
    creationTimestamp: '2026-11-24T06:10:00Z',
  }),
];

/**
 * A pipeline that brought this to prod at 06:08, where something was before.
 *
 * @param healthySince - when it came to be healthy last
 */
const inProd = (tag = COMMIT, healthySince?: Date) => [
  ...healthyPipeline().filter(
    (each: any) => each.metadata.name !== 'checkout-prod-cd',
  ),
  application('prod', tag, {
    metadata: { uid: 'prod-1' },
    status: {
      history: [
        { id: 6, deployedAt: '2026-11-24T05:00:00Z' },
        { id: 7, deployedAt: '2026-11-24T06:08:00Z' },
      ],
      health: {
        status: 'Healthy',
        lastTransitionTime:
          healthySince?.toISOString() ?? '2026-11-24T06:04:40Z',
      },
    },
  }),
  oamApplication('prod', tag),
];

describe.each(databaseNames)('Notifier with %s', database => {
  let store: HistoryStore;
  let outbox: Outbox;
  let clock: ManualClock;
  let logger: ReturnType<typeof mockServices.logger.mock>;
  const wake = jest.fn();
  const notifiers: Notifier[] = [];

  beforeEach(async () => {
    store = await databases.store(database);
    outbox = new Outbox(store.knex);
    clock = new ManualClock();
    clock.advance(12 * 3_600_000);
    logger = mockServices.logger.mock();
    wake.mockReset();
  });

  afterEach(async () => {
    await Promise.all(notifiers.splice(0).map(each => each.stop()));
  });

  function start(options: Partial<NotifierOptions> = {}): Notifier {
    const notifier = new Notifier({
      outbox,
      sender: { wake },
      logger,
      clock,
      events: new Map(),
      kinds: deliveryEventKinds,
      promotionWaitingAfterMs: 3_600_000,
      tabPath: 'delivery',
      since: new Date('2026-11-24T06:00:00Z'),
      retentionMs: 90 * DAY_MS,
      ...options,
    });
    notifiers.push(notifier);
    return notifier;
  }

  const observe = (
    notifier: Notifier,
    objects: object[],
    entityRef = ENTITY,
  ) => {
    const { delivery, observation } = computed(objects, { entityRef });
    notifier.observe(observation, delivery);
  };
  /** What the outbox holds when nothing is written any more. */
  const noted = async (notifier: Notifier) => {
    await until('it is written', () => !notifier.isWriting);
    return outbox.knex('notifications').select().orderBy('kind');
  };
  const kinds = async (notifier: Notifier) =>
    (await noted(notifier)).map(({ kind }) => kind);

  it('writes down what owners are to be told, and wakes who sends it', async () => {
    const notifier = start();
    notifier.keep([ofPayments]);
    observe(notifier, failing());
    expect(await noted(notifier)).toMatchObject([
      {
        kind: 'build-failed',
        entity_ref: ENTITY,
        recipients: JSON.stringify({ entityRef: ['group:default/payments'] }),
      },
      { kind: 'promotion-waiting', outcome: null },
    ]);
    expect(wake).toHaveBeenCalled();
    expect(
      JSON.stringify(await outbox.knex('notifications').select()),
    ).not.toMatch(/canary/);
  });

  it('writes each once, however often and by however many it is seen', async () => {
    const all = [start(), start(), start()];
    all.forEach(each => each.keep([ofPayments]));
    const objects = failing();
    for (let round = 0; round < 3; round += 1) {
      all.forEach(each => observe(each, objects));
      await Promise.all(all.map(noted));
    }
    const restarted = start();
    restarted.keep([ofPayments]);
    observe(restarted, objects);
    expect(await kinds(restarted)).toEqual([
      'build-failed',
      'promotion-waiting',
    ]);
  });

  it('waits for the catalog to tell whose it is, and tells nobody of what is nobody’s', async () => {
    const notifier = start();
    observe(notifier, failing());
    expect(await kinds(notifier)).toEqual([]);
    notifier.keep([entity() as Entity]);
    expect(await kinds(notifier)).toEqual([]);
    const other = start();
    observe(other, failing());
    other.keep([ofPayments]);
    expect(await kinds(other)).toHaveLength(2);
  });

  it('tells nothing of what happened before it began, or longer than a day ago', async () => {
    const began = await outbox.begin(new Date('2026-11-24T06:06:00Z'));
    // The first start counts.
    const since = await outbox.begin(new Date('2026-11-24T11:00:00Z'));
    expect(since).toEqual(began);
    const notifier = start({ since });
    notifier.keep([ofPayments]);
    observe(notifier, failing());
    expect(await kinds(notifier)).toEqual([]);
    const later = start();
    clock.advance(20 * 3_600_000);
    later.keep([ofPayments]);
    observe(later, failing());
    expect(await kinds(later)).toEqual([]);
  });

  it('tells the kinds that are asked for', async () => {
    const notifier = start({ kinds: ['build-failed'] });
    notifier.keep([ofPayments]);
    observe(notifier, failing());
    expect(await kinds(notifier)).toEqual(['build-failed']);
  });

  it('tells of a deployment that brings another image, but not who asked for it', async () => {
    await store.write([
      deployment('6', '2026-11-24T05:00:00.000Z', {
        cluster: 'local',
        imageTag: OLDER_COMMIT,
        commit: OLDER_COMMIT,
      }),
      promotion(7, '2026-11-24T06:07:00.000Z', {
        cluster: 'local',
        pipeline:
          'local/cicdpipeline.kro.run/team-checkout/checkout-cicd-pipeline',
        imageTag: COMMIT,
        by: 'user:default/ada',
      }),
    ]);
    const notifier = start();
    notifier.keep([ofPayments]);
    observe(notifier, inProd());
    expect(await noted(notifier)).toMatchObject([
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
        pipeline:
          'local/cicdpipeline.kro.run/team-checkout/checkout-cicd-pipeline',
        imageTag,
        createdAt,
      });
    await store.write([
      build('old', COMMIT, '2026-11-24T03:00:00.000Z'),
      build('new', OLDER_COMMIT, '2026-11-24T04:00:00.000Z'),
    ]);
    const told = async (tag: string) => {
      const notifier = start({ kinds: ['promotion-waiting'] });
      notifier.keep([ofPayments]);
      observe(
        notifier,
        // Its cluster forgot all runs.
        inProd(tag).filter((each: any) => each.kind !== 'Workflow'),
      );
      return kinds(notifier);
    };
    expect(await told(OLDER_COMMIT)).toEqual([]);
    expect(await told('0'.repeat(40))).toEqual(['promotion-waiting']);
  });

  it('does not tell of a deployment that brings what was there', async () => {
    await store.write([
      deployment('6', '2026-11-24T05:00:00.000Z', {
        cluster: 'local',
        imageTag: COMMIT,
        commit: COMMIT,
      }),
    ]);
    const notifier = start();
    notifier.keep([ofPayments]);
    observe(notifier, inProd());
    expect(await kinds(notifier)).toEqual([]);
  });

  it('knows what is so now', async () => {
    const events: CurrentEvents = new Map();
    const notifier = start({ events });
    notifier.keep([ofPayments]);
    observe(notifier, failing());
    const nowSo = async () =>
      Object.fromEntries(
        (await noted(notifier)).map(row => [
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
    const notifier = start({ events });
    notifier.keep([ofPayments]);
    observe(notifier, failing());
    const of = {
      cluster: 'local',
      pipeline:
        'local/cicdpipeline.kro.run/team-checkout/checkout-cicd-pipeline',
      imageTag: COMMIT,
    };
    const seenTo = async () => {
      const rows = await noted(notifier);
      const answers = await Promise.all(
        rows.map(row =>
          isSeenTo({ ...row, entityRef: row.entity_ref }, events, store.knex),
        ),
      );
      return Object.fromEntries(rows.map(({ kind }, i) => [kind, answers[i]]));
    };
    const open = { 'build-failed': false, 'promotion-waiting': false };
    await store.write([
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

    await store.write([promotion(5, '2026-11-24T06:20:00.000Z', of)]);
    expect(await seenTo()).toEqual({ ...open, 'promotion-waiting': true });

    await store.write([
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
    await store.write([deployment('9', '2026-11-24T06:30:00.000Z', of)]);
    expect(await seenTo()).toEqual(open);
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
    const notifier = start({ outbox: new Flaky(store.knex) });
    notifier.keep([ofPayments]);
    observe(notifier, failing());
    await until('it was tried several times', () => {
      clock.advance(60_000);
      return tries > 3;
    });
    expect(logger.warn.mock.calls).toEqual([
      [expect.stringMatching(/: connection refused$/)],
    ]);
    available = true;
    await until('it is written', () => {
      clock.advance(60_000);
      return !notifier.isWriting;
    });
    expect(await kinds(notifier)).toHaveLength(2);
    expect(logger.info).toHaveBeenCalledTimes(1);
  });

  it('never throws into the watch', () => {
    expect(() =>
      start().observe({} as any, { entityRef: ENTITY } as any),
    ).not.toThrow();
    expect(logger.error).toHaveBeenCalledTimes(1);
  });

  it('forgets with the rest of the history', async () => {
    const notifier = start();
    notifier.keep([ofPayments]);
    observe(notifier, failing());
    await noted(notifier);
    await store.prune(new Date('2026-11-24T06:00:00Z'));
    expect(await kinds(notifier)).toHaveLength(2);
    await store.prune(new Date('2026-11-25T06:00:00Z'));
    expect(await kinds(notifier)).toEqual([]);
  });

  it('tells what is live no second time when that is forgotten and health comes back', async () => {
    const notifier = start();
    notifier.keep([ofPayments]);
    observe(notifier, inProd());
    expect(await kinds(notifier)).toEqual(['live']);
    const prune = () =>
      store.prune(new Date(clock.now().getTime() - 90 * DAY_MS));

    clock.advance(89 * DAY_MS);
    await prune();
    const flapped = start();
    flapped.keep([ofPayments]);
    observe(flapped, inProd(COMMIT, clock.now()));
    expect(await kinds(flapped)).toEqual(['live']);

    clock.advance(DAY_MS);
    await prune();
    const again = start();
    again.keep([ofPayments]);
    observe(again, inProd(COMMIT, clock.now()));
    expect(await kinds(again)).toEqual([]);
  });
});
