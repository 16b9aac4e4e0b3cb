import { mockServices } from '@backstage/backend-test-utils';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import {
  databaseNames,
  historyDatabases,
} from '../history/__testUtils__/databases';
import { ManualClock } from '../kubernetes/__testing__/clocks';
import { until } from '../kubernetes/__testing__/until';
import { entry } from './__testUtils__/entries';
import { Outbox } from './Outbox';
import { Sender, type SenderOptions } from './Sender';

jest.setTimeout(60_000);

const databases = historyDatabases();

const HOUR = 3_600_000;

/** Backstage, as far as a sender sees it. */
class Inbox {
  readonly sent: NotificationSendOptions[] = [];
  /** Called with a scope that two send at a time. */
  readonly onTwice = jest.fn();
  /** Scopes that are being sent now. */
  readonly sending = new Set<string>();
  answer: (scope: string) => Promise<void> = async () => {};

  async send(options: NotificationSendOptions): Promise<void> {
    const { scope = '' } = options.payload;
    // Backstage looks whether there is one of the scope, and then writes it.
    if (this.sending.has(scope)) {
      this.onTwice(scope);
    }
    this.sending.add(scope);
    try {
      await this.answer(scope);
      this.sent.push(options);
    } finally {
      this.sending.delete(scope);
    }
  }

  get titles(): string[] {
    return this.sent.map(({ payload }) => payload.title.split(':')[0]);
  }
}

const refused = (status: number) => async () => {
  throw new Error(
    `Failed to send notifications: Error: Request failed with status ${status}`,
  );
};

describe.each(databaseNames)('Sender with %s', database => {
  let outbox: Outbox;
  let inbox: Inbox;
  let clock: ManualClock;
  let logger: ReturnType<typeof mockServices.logger.mock>;
  const senders: Sender[] = [];

  beforeEach(async () => {
    outbox = new Outbox((await databases.store(database)).knex);
    inbox = new Inbox();
    clock = new ManualClock();
    logger = mockServices.logger.mock();
  });

  afterEach(async () => {
    await Promise.all(senders.splice(0).map(sender => sender.stop()));
  });

  function start(options: Partial<SenderOptions> = {}): Sender {
    const sender = new Sender({
      outbox,
      notifications: inbox,
      logger,
      clock,
      ...options,
    });
    senders.push(sender);
    sender.start();
    return sender;
  }

  const outcomes = async () =>
    Object.fromEntries(
      (await outbox.knex('notifications').select('key', 'outcome')).map(
        ({ key, outcome }) => [key, outcome],
      ),
    );
  const unsettled = async () =>
    (await outbox.knex('notifications').whereNull('settled_at')).length;
  const settled = (left = 0) =>
    until(`${left} are left`, async () => (await unsettled()) === left);
  /** Lets time pass until it is so. */
  const passing = (isSo: () => Promise<boolean>, stepMs = 10_000) =>
    until('time passes', async () => {
      clock.advance(stepMs);
      return isSo();
    });
  const isSettled = async () => (await unsettled()) === 0;
  /** Time for senders to do what they should not. */
  const meanwhile = () => new Promise(resolve => setTimeout(resolve, 100));

  it('sends each once, however many send and wherever they are due', async () => {
    const entries = Array.from({ length: 130 }, (_, index) =>
      entry(`e${index}`, {
        dueAt: clock.now().getTime() + (index % 3 === 0 ? HOUR : 0),
      }),
    );
    await Promise.all([
      outbox.add(entries),
      outbox.add([...entries].reverse()),
    ]);
    // It must outlast the hours that pass in a moment here.
    Array.from({ length: 5 }, () => start({ leaseMs: 100 * HOUR }));
    await settled(44);
    await meanwhile();
    expect(inbox.sent).toHaveLength(86);
    await passing(isSettled, 60_000);
    expect(inbox.titles.sort()).toEqual(entries.map(({ key }) => key).sort());
    // What was sent is not sent again, by whoever sees it again.
    await outbox.add(entries);
    start().wake();
    await meanwhile();
    expect(inbox.sent).toHaveLength(130);
    expect(inbox.onTwice).not.toHaveBeenCalled();
    // A sender that found nothing more to send gives its lease back a moment later.
    await until('no lease is left', async () => {
      const leases = await outbox.knex('notification_leases').select();
      return leases.length === 0;
    });
  });

  it('sends to owners, with what they see, and not to who did it', async () => {
    const recipients = {
      entityRef: ['group:default/payments', 'user:default/ada'],
      excludeEntityRef: ['user:default/ada'],
    };
    const onSent = jest.fn();
    const one = entry('checkout', { recipients });
    await outbox.add([one]);
    start({ onSent });
    await settled();
    expect(inbox.sent).toEqual([
      { recipients: { type: 'entity', ...recipients }, payload: one.payload },
    ]);
    expect(onSent).toHaveBeenCalledTimes(1);
  });

  it('sends only the newest of a scope, and nothing older after it', async () => {
    const due = clock.now().getTime();
    const at = (key: string, dueAt: number) =>
      entry(key, { scope: 'one', dueAt });
    await outbox.add([
      at('b', due - 2_000),
      at('c', due - 1_000),
      at('a', due - 3_000),
    ]);
    const sender = start();
    await settled();
    await outbox.add([at('late', due - 1_500)]);
    sender.wake();
    await settled();
    await outbox.add([at('d', due)]);
    sender.wake();
    await settled();
    expect(inbox.titles).toEqual(['c', 'd']);
    expect(await outcomes()).toEqual({
      a: 'superseded',
      b: 'superseded',
      c: 'sent',
      late: 'superseded',
      d: 'sent',
    });
  });

  it('waits for what is not so now, and gives it up a day later', async () => {
    let so = false;
    await outbox.add([
      entry('promotion', { kind: 'promotion-waiting' }),
      entry('other', { kind: 'promotion-waiting' }),
    ]);
    const sender = start({ isSo: ({ key }) => so && key === 'promotion' });
    await meanwhile();
    expect(inbox.sent).toEqual([]);
    so = true;
    sender.wake();
    await settled(1);
    await passing(isSettled, HOUR);
    expect(await outcomes()).toEqual({ promotion: 'sent', other: 'expired' });
  });

  it('does not ask for what somebody has done meanwhile, nor for what is older', async () => {
    const due = clock.now().getTime();
    await outbox.add([
      entry('older', { scope: 'one', dueAt: due - 1_000 }),
      entry('done', { scope: 'one', dueAt: due }),
      entry('open'),
    ]);
    start({ isSeenTo: async ({ key }) => key === 'done' });
    await settled();
    expect(inbox.titles).toEqual(['open']);
    expect(await outcomes()).toEqual({
      older: 'superseded',
      done: 'superseded',
      open: 'sent',
    });
  });

  it('sends again what a sender that died may have sent, to the same people in the same scope', async () => {
    await outbox.add([entry('checkout')]);
    // It dies between sending and taking note of it, and with it its signs of life.
    class Dying extends Outbox {
      settle = () => new Promise<void>(() => {});
    }
    start({ outbox: new Dying(outbox.knex) });
    await until('it was sent', async () => inbox.sent.length === 1);
    senders.pop();
    start();
    clock.advance(55_000);
    await meanwhile();
    expect(inbox.sent).toHaveLength(1);
    await passing(isSettled, 1_000);
    expect(inbox.sent).toHaveLength(2);
    expect(inbox.sent[1]).toEqual(inbox.sent[0]);
    expect(inbox.onTwice).not.toHaveBeenCalled();
  });

  it('leaves alone what another one takes long to send', async () => {
    await outbox.add([entry('checkout')]);
    let answer = () => {};
    inbox.answer = () =>
      new Promise(resolve => {
        answer = resolve;
      });
    start();
    await until('it is being sent', async () => inbox.sending.size === 1);
    start();
    const heldUntil = async () =>
      new Date(
        (await outbox.knex('notification_leases').first()).held_until,
      ).getTime();
    const isFresh = async () =>
      (await heldUntil()) === clock.now().getTime() + 60_000;
    for (let seconds = 0; seconds < 600; seconds += 20) {
      clock.advance(20_000);
      await until('it gives a sign of life', isFresh);
    }
    expect(inbox.sent).toEqual([]);
    expect(inbox.onTwice).not.toHaveBeenCalled();
    answer();
    await settled();
    expect(inbox.sent).toHaveLength(1);
  });

  it('keeps what cannot be sent, tries again, and says so once', async () => {
    await outbox.add([entry('a'), entry('b')]);
    const asked = jest.fn();
    inbox.answer = async () => {
      asked();
      await refused(503)();
    };
    start();
    await passing(async () => asked.mock.calls.length > 6);
    expect(inbox.sent).toEqual([]);
    inbox.answer = async () => {};
    await passing(isSettled);
    expect(inbox.titles.sort()).toEqual(['a', 'b']);
    expect(logger.warn.mock.calls).toEqual([
      [expect.stringContaining('status 503')],
    ]);
    expect(logger.info).toHaveBeenCalledTimes(1);
  });

  it('does not let one that is refused hold up the others', async () => {
    await outbox.add([entry('a'), entry('b')]);
    inbox.answer = async scope => {
      if (scope.endsWith(' a')) {
        await refused(400)();
      }
    };
    start();
    await settled(1);
    expect(inbox.titles).toEqual(['b']);
  });

  it('asks a portal without notifications every ten minutes, and says once what to do', async () => {
    await outbox.add([entry('a'), entry('b')]);
    const asked = jest.fn();
    inbox.answer = async () => {
      asked();
      await refused(404)();
    };
    const sender = start();
    await until('it is asked', () => asked.mock.calls.length === 1);
    const since = clock.monotonic();
    sender.wake();
    await meanwhile();
    expect(asked).toHaveBeenCalledTimes(1);
    await passing(async () => asked.mock.calls.length > 1);
    expect(clock.monotonic() - since).toBeGreaterThanOrEqual(600_000);
    expect(logger.warn.mock.calls).toEqual([
      [expect.stringContaining('there is no notifications backend')],
    ]);
    inbox.answer = async () => {};
    await passing(isSettled);
    expect(inbox.sent).toHaveLength(2);
  });

  it('goes on when the database is there again', async () => {
    await outbox.add([entry('checkout')]);
    let available = false;
    class Flaky extends Outbox {
      async due(now: Date) {
        if (!available) {
          throw new Error('select * from "canary" - connection refused');
        }
        return super.due(now);
      }
    }
    start({ outbox: new Flaky(outbox.knex) });
    await until('it is said', () => logger.warn.mock.calls.length > 0);
    available = true;
    await passing(isSettled);
    expect(inbox.sent).toHaveLength(1);
    expect(logger.warn.mock.calls).toEqual([
      [expect.stringMatching(/: connection refused$/)],
    ]);
  });
});
