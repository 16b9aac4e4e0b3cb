import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../kubernetes/__testing__/until';
import { failStep, healStep } from './failingStep';
import { runs, type GoldenPath } from './GoldenPath';
import { openPortal, type Portal } from './openPortal';
import { notificationsOf, Replicas } from './Replicas';

jest.setTimeout(240_000);

/*
 * Two replicas of a portal with Backstage's own notifications backend. Both see everything
 * that happens, and the owner is to be told once.
 */
const name = `n${Date.now().toString(36)}`;
const OWNER = 'user:default/guest';
const MESSAGE = 'tests failed with password=canary-in-the-message';
const link = (state: string) =>
  `/catalog/default/component/${name}/delivery?${state}`;

let replicas: Replicas;
let portal: Portal;
let app: GoldenPath;
let healthOfOther: Awaited<ReturnType<Replicas['start']>>;

/** What the owner has been told of a kind. */
async function told(topic: string): Promise<any[]> {
  const all = await notificationsOf(OWNER, new URL(portal.url).origin);
  return all.filter(({ payload }) => payload.topic === topic);
}

/** Once it came, time for everybody else to send it too. */
async function only(topic: string, title: string): Promise<any> {
  await until(
    title,
    async () =>
      (await told(topic)).some(({ payload }) => payload.title === title),
    120_000,
  );
  await sleep(5_000);
  const all = await told(topic);
  expect(all.map(({ payload }) => payload.title)).toEqual([title]);
  return all[0];
}

beforeAll(async () => {
  replicas = await Replicas.create({
    notifications: { promotionWaitingAfter: { minutes: 1 } },
  });
  portal = await openPortal(replicas.settings, replicas.features);
  app = await portal.makeApp(name, { owner: OWNER });
  const response = await fetch(
    `${
      new URL(portal.url).origin
    }/api/catalog/entities/by-name/component/default/${name}`,
  );
  healthOfOther = await replicas.start([(await response.json()) as never]);
  await app.until('dev runs the first image', runs('dev', 'initial'), 120);
});

afterAll(async () => {
  await healStep('run-tests', name);
  await portal?.close();
  await replicas?.stop();
});

it('tells the owner once that a promotion waits', async () => {
  const { payload } = await only(
    'promotion-waiting',
    `${name}: image initial waits to be promoted to prod`,
  );
  expect(payload).toMatchObject({
    description: 'Image initial can be promoted to prod for the first time.',
    link: link('commit=initial'),
    severity: 'normal',
  });
  expect(await told('build-failed')).toEqual([]);
  expect(await told('live')).toEqual([]);
});

it('tells the owner once that something is live in production', async () => {
  const promoted = await app.operate({
    operation: 'promote',
    environment: 'prod',
  });
  await app.merge(promoted);
  await app.until('prod runs it', runs('prod', 'initial'), 90);
  const { payload } = await only(
    'live',
    `${name}: image initial is live in prod`,
  );
  expect(payload).toMatchObject({
    description: 'Image initial runs in prod.',
    link: link('commit=initial'),
  });
});

it('tells the owner once that a build failed, and updates that when the next one fails', async () => {
  await failStep('run-tests', name, MESSAGE);
  const fail = async (file: string) => {
    const commit = await app.push(file, 'package main\n');
    const run = await app.untilRun(
      'the run failed',
      each => each.commit === commit && each.status === 'failed',
    );
    return { commit, run: run.name };
  };
  const first = await fail('one.go');
  const before = await only(
    'build-failed',
    `${name}: the build of ${first.commit.slice(0, 7)} failed`,
  );
  expect(before.payload).toMatchObject({
    description: `Run ${first.run} failed at step run-tests.`,
    link: link(`run=${first.run}`),
    severity: 'high',
  });
  const second = await fail('two.go');
  const after = await only(
    'build-failed',
    `${name}: the build of ${second.commit.slice(0, 7)} failed`,
  );
  expect(after.id).toBe(before.id);
  expect(after.payload.link).toBe(link(`run=${second.run}`));
  // The other one saw it all as well.
  expect(await healthOfOther()).toMatchObject({ entries: 1 });
  expect((await healthOfOther()).computations).toBeGreaterThan(5);
  const everything = await notificationsOf(OWNER, new URL(portal.url).origin);
  expect(everything).toHaveLength(3);
  expect(JSON.stringify(everything)).not.toContain('canary');
});
