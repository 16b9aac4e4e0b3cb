import { ConfigReader } from '@backstage/config';
import { readNotificationsConfig } from './config';

const read = (notifications?: unknown) =>
  readNotificationsConfig(
    new ConfigReader({ delivery: { notifications } as any }),
  );

const ALL = ['build-failed', 'live', 'promotion-waiting'];

it('tells of nothing unless it is asked to', () => {
  expect(readNotificationsConfig(new ConfigReader({}))).toBeUndefined();
  expect(read({ enabled: false, kinds: ['live'] })).toBeUndefined();
  const everything = {
    kinds: ALL,
    promotionWaitingAfterMs: 86_400_000,
    tabPath: 'delivery',
  };
  expect(read({})).toEqual(everything);
  expect(read({ enabled: true })).toEqual(everything);
});

it('takes kinds, and durations in each of their forms', () => {
  expect(read({ kinds: ['live'], promotionWaitingAfter: '4h' })).toEqual({
    kinds: ['live'],
    promotionWaitingAfterMs: 4 * 3_600_000,
    tabPath: 'delivery',
  });
  expect(read({ promotionWaitingAfter: { days: 2 } })).toMatchObject({
    promotionWaitingAfterMs: 2 * 86_400_000,
  });
});

it('takes the path of the tab as the portal has it, with slashes or without', () => {
  expect(read({ tabPath: '/ci-cd/' })?.tabPath).toBe('ci-cd');
  expect(read({ tabPath: 'ship/it' })?.tabPath).toBe('ship/it');
});

it.each<[unknown, string]>([
  ...['', '/', 'a?b', 'a b', 7].map((tabPath): [unknown, string] => [
    { tabPath },
    `delivery.notifications.tabPath is ${JSON.stringify(
      tabPath,
    )}: it must be a path below the page of an entity, for example "delivery".`,
  ]),
  [
    { enabled: 'maybe' },
    'delivery.notifications.enabled is "maybe": it must be true or false.',
  ],
  [
    { kinds: 'live' },
    'delivery.notifications.kinds is "live": it must be a list of these: build-failed, live, promotion-waiting.',
  ],
  [
    { kinds: ['live', 'lunch'] },
    'delivery.notifications.kinds[1] is "lunch": it may hold these only: build-failed, live, promotion-waiting.',
  ],
  [
    { promotionWaitingAfter: { seconds: 5 } },
    'delivery.notifications.promotionWaitingAfter is {"seconds":5}: it must be a duration of a minute or more, for example { hours: 24 }.',
  ],
  [
    { promotionWaitingAfter: 'soon' },
    'delivery.notifications.promotionWaitingAfter is "soon": it must be',
  ],
  [
    'on',
    'delivery.notifications is "on": it must be an object, for example { enabled: true }.',
  ],
])('refuses %j and says what to do', (given, message) => {
  expect(() => read(given)).toThrow(message);
});
