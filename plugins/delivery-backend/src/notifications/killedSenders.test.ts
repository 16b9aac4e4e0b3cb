import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import knexFactory, { type Knex } from 'knex';
import { storeOn } from '../history/__testUtils__/databases';
import { KillableProcess } from '../history/__testUtils__/KillableProcess';
import { PostgresServer } from '../history/__testUtils__/PostgresServer';
import { until } from '../kubernetes/__testing__/until';
import { entry } from './__testUtils__/entries';
import {
  slowProcessor,
  startNotificationsBackend,
} from './__testUtils__/notificationsBackend';

/*
 * Senders in processes of their own, killed at random, before Backstage's own notifications
 * backend.
 */
const main = path.join(__dirname, '__testUtils__', 'senderMain.ts');
const COUNT = 60;
/** One is due after the other. */
const STEP_MS = 150;

let sends: number;
let backstage: Awaited<ReturnType<typeof startNotificationsBackend>>;
let folder: string;

beforeEach(async () => {
  sends = 0;
  folder = await mkdtemp(path.join(tmpdir(), 'senders-'));
  backstage = await startNotificationsBackend(
    slowProcessor(
      () => {
        sends += 1;
      },
      () => Math.random() * 200,
    ),
  );
});

afterEach(async () => {
  await backstage?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function sendWhileKilled(knex: Knex, database: object, count: number) {
  await storeOn(knex);
  const unsettled = async () =>
    Number(
      (
        await knex('notifications')
          .whereNull('settled_at')
          .count({ count: '*' })
      )[0].count,
    );
  // They need a moment to start.
  const from = Date.now() + 3_000;
  const entries = Array.from({ length: COUNT }, (_, index) =>
    entry(`e${index}`, { dueAt: from + index * STEP_MS }),
  );
  const { url: notificationsUrl, token } = backstage;
  const options = { database, entries, notificationsUrl, token };
  const senders = Array.from(
    { length: count },
    () => new KillableProcess(main, options),
  );
  let isOver = false;
  const leftAtKill: number[] = [];
  const killing = senders.map(async sender => {
    while (!isOver) {
      await sender.ready;
      await sleep(Math.random() * 1_500);
      if (!isOver) {
        await sender.kill();
        leftAtKill.push(await unsettled());
      }
    }
  });
  await sleep(3_000 + COUNT * STEP_MS);
  isOver = true;
  await Promise.all(killing);
  await until('all are settled', async () => (await unsettled()) === 0, 60_000);
  await Promise.all(senders.map(sender => sender.stop()));
  console.log(
    `${leftAtKill.length} kills of ${count} senders, with ${leftAtKill.join(
      ', ',
    )} of ${COUNT} left; sent again: ${sends - COUNT}`,
  );
  // Kills that came before the first or after the last would prove nothing.
  expect(
    leftAtKill.filter(left => left > 0 && left < COUNT).length,
  ).toBeGreaterThan(1);
  expect(await knex('notifications').distinct('outcome')).toEqual([
    { outcome: 'sent' },
  ]);
  return {
    expected: entries.map(({ payload }) => payload.title).sort(),
    received: await backstage.titlesOf('user:default/guest'),
  };
}

it('lets the owner have each notification once, while two senders with SQLite are killed', async () => {
  const database = {
    client: 'better-sqlite3',
    connection: { filename: path.join(folder, 'outbox.sqlite') },
    useNullAsDefault: true,
  };
  const knex = knexFactory(database);
  try {
    const { expected, received } = await sendWhileKilled(knex, database, 2);
    expect(received).toEqual(expected);
  } finally {
    await knex.destroy();
  }
}, 120_000);

it('lets the owner have each notification once, while three senders with PostgreSQL are killed', async () => {
  const server = await PostgresServer.start();
  const database = { client: 'pg', connection: server.connection() };
  const knex = knexFactory(database);
  try {
    const { expected, received } = await sendWhileKilled(knex, database, 3);
    expect(received).toEqual(expected);
  } finally {
    await knex.destroy();
    await server.stop();
  }
}, 120_000);
