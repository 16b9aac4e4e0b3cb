import {
  deliveryListQuerySchema,
  type DeliveryRow,
  type StageStatus,
} from '@golden-path/plugin-delivery-common';
import { pageOf, type FoundRow } from './pageOf';

function found(
  name: string,
  status: StageStatus,
  more: {
    title?: string;
    owner?: string;
    cluster?: string;
    deployed?: string[];
    ran?: string;
  } = {},
): FoundRow {
  const environments = (more.deployed ?? []).map((deployedAt, index) => ({
    name: `env${index}`,
    status,
    deployedAt,
  }));
  const row: DeliveryRow = {
    entityRef: `component:default/${name}`,
    title: more.title,
    owner: more.owner,
    cluster: more.cluster ?? 'hub',
    summary: { status, sentence: { code: 'any', text: 'Any.' } },
    environments,
    lastRun: more.ran
      ? { name: 'run', purpose: 'build', status, createdAt: more.ran }
      : undefined,
    revision: name,
  };
  return { row, owners: more.owner ? [more.owner, 'user:default/also'] : [] };
}

const rows = [
  found('delta', 'succeeded', {
    deployed: ['2026-11-24T06:00:00Z', '2026-11-23T06:00:00Z'],
    ran: '2026-11-24T05:00:00Z',
    owner: 'group:default/a',
  }),
  found('alpha', 'failed', { cluster: 'spoke', owner: 'group:default/b' }),
  found('charlie', 'succeeded', {
    deployed: ['2026-11-24T07:00:00Z'],
    ran: '2026-11-24T04:00:00Z',
    owner: 'group:default/a',
  }),
  found('x-9', 'running', { title: 'Bravo' }),
];

const page = (query: object = {}, from: readonly FoundRow[] = rows) =>
  pageOf(from, deliveryListQuerySchema.parse(query));
const names = ({ items }: { items: DeliveryRow[] }) =>
  items.map(({ entityRef }) => entityRef.split('/')[1]);

describe('pageOf', () => {
  it.each<[object, string[]]>([
    [{}, ['alpha', 'x-9', 'charlie', 'delta']],
    [{ order: 'desc' }, ['delta', 'charlie', 'x-9', 'alpha']],
    [{ sort: 'status' }, ['alpha', 'x-9', 'charlie', 'delta']],
    [{ sort: 'lastDeployed' }, ['charlie', 'delta', 'alpha', 'x-9']],
    [
      { sort: 'lastDeployed', order: 'asc' },
      ['delta', 'charlie', 'alpha', 'x-9'],
    ],
    [{ sort: 'lastRun' }, ['delta', 'charlie', 'alpha', 'x-9']],
    [{ owner: 'group:default/a' }, ['charlie', 'delta']],
    [{ owner: ['group:default/b', 'group:default/c'] }, ['alpha']],
    [{ owner: 'user:default/also' }, ['alpha', 'charlie', 'delta']],
    [{ cluster: 'spoke' }, ['alpha']],
    [{ status: ['failed', 'running'] }, ['alpha', 'x-9']],
    [{ search: 'BRAV' }, ['x-9']],
    [{ search: 'default/c' }, ['charlie']],
    [{ search: 'nothing like it' }, []],
  ])('answers %j', (query, expected) => {
    const answer = page(query);
    expect(names(answer)).toEqual(expected);
    expect(answer.totalItems).toBe(expected.length);
    expect(answer.nextCursor).toBeUndefined();
  });

  it('counts the statuses that other filters leave', () => {
    expect(page({ status: 'failed', owner: 'group:default/a' })).toMatchObject({
      totalItems: 0,
      statuses: { succeeded: 2, failed: 0, running: 0 },
    });
  });

  it.each<object>([
    {},
    { sort: 'status', order: 'desc' },
    { sort: 'lastDeployed' },
    { sort: 'lastRun', order: 'asc' },
  ])('tells each row once over all pages of %j', query => {
    const all = names(page(query));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const answer = page({ ...query, limit: 1, cursor });
      expect(answer.totalItems).toBe(4);
      seen.push(...names(answer));
      cursor = answer.nextCursor;
    } while (cursor);
    expect(seen).toEqual(all);
  });

  it('goes on where it was when rows come and go between pages', () => {
    const { nextCursor: cursor } = page({ limit: 2 });
    const others = [
      ...rows.filter(({ row }) => row.title !== 'Bravo'),
      found('aardvark', 'failed'),
      found('cat', 'failed'),
    ];
    expect(names(page({ limit: 2, cursor }, others))).toEqual([
      'cat',
      'charlie',
    ]);
  });

  it.each([
    'nonsense',
    Buffer.from('{"sort":"name"}').toString('base64url'),
    Buffer.from('[]').toString('base64url'),
  ])('names the parameter of a broken cursor: %s', cursor => {
    expect(() => page({ cursor })).toThrow(
      expect.objectContaining({
        name: 'InputError',
        message: expect.stringContaining('"cursor"'),
      }),
    );
  });

  it('refuses a cursor of another order', () => {
    const { nextCursor: cursor } = page({ limit: 1 });
    expect(() => page({ cursor, sort: 'lastRun' })).toThrow(
      'belongs to sort=name&order=asc, not to sort=lastRun&order=desc',
    );
  });
});
