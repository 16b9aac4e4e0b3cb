import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { entity } from '../../__testUtils__/entity';
import { VisibleEntities } from './VisibleEntities';

const ANN = mockCredentials.user('user:default/ann');
const BOB = mockCredentials.user('user:default/bob');
const ALLOW = { result: AuthorizeResult.ALLOW } as const;
const DENY = { result: AuthorizeResult.DENY } as const;

/** As the catalog answers: a new object each time, with an etag. */
function named(name: string, etag = 'one'): Entity {
  const it = entity();
  return { ...it, metadata: { ...it.metadata, name, etag } };
}

/** What the policy answers where it is about owners. */
const conditional = (claims: string[]) => ({
  result: AuthorizeResult.CONDITIONAL,
  pluginId: 'catalog',
  resourceType: 'catalog-entity',
  conditions: {
    rule: 'IS_ENTITY_OWNER',
    resourceType: 'catalog-entity',
    params: { claims },
  },
});

describe('the entities that a user may see', () => {
  let found: Entity[];
  const getEntities = jest.fn(async () => ({
    items: found.map(each => structuredClone(each)),
  }));
  const authorize = jest.fn();
  const authorizeConditional = jest.fn();
  let visible: VisibleEntities;

  const read = async (credentials = ANN) =>
    (await visible.read(credentials)).map(({ metadata }) => metadata.name);
  /** Names of the entities that a condition was applied to. */
  const applied = () =>
    authorize.mock.calls.flatMap(([requests]) =>
      requests.map(
        ({ resourceRef }: { resourceRef: string }) =>
          resourceRef.split('/').at(-1)!,
      ),
    );

  beforeEach(() => {
    jest.useFakeTimers();
    jest.clearAllMocks();
    found = [named('a'), named('b')];
    authorizeConditional.mockResolvedValue([ALLOW]);
    authorize.mockImplementation(async requests => requests.map(() => ALLOW));
    visible = new VisibleEntities({
      catalog: catalogServiceMock.mock({ getEntities }),
      permissions: mockServices.permissions.mock({
        authorize,
        authorizeConditional,
      }),
    });
  });

  afterEach(() => jest.useRealTimers());

  it('are read from the catalog as that user, again after 15 s, and asked of each time', async () => {
    expect(await read()).toEqual(['a', 'b']);
    jest.advanceTimersByTime(14_999);
    found.push(named('c'));
    expect(await read()).toEqual(['a', 'b']);
    expect(getEntities).toHaveBeenCalledTimes(1);
    expect(authorizeConditional).toHaveBeenCalledTimes(2);

    jest.advanceTimersByTime(1);
    expect(await read()).toEqual(['a', 'b', 'c']);
    expect(getEntities).toHaveBeenCalledTimes(2);

    authorizeConditional.mockResolvedValue([DENY]);
    expect(await read()).toEqual([]);
  });

  it('are not told to another user', async () => {
    await read();
    found = [named('b')];
    expect(await read(BOB)).toEqual(['b']);
    expect(getEntities.mock.calls).toEqual([
      [expect.anything(), { credentials: ANN }],
      [expect.anything(), { credentials: BOB }],
    ]);
  });

  it('are read again after the catalog did not answer', async () => {
    getEntities.mockRejectedValueOnce(new Error('no catalog'));
    await expect(read()).rejects.toThrow('no catalog');
    expect(await read()).toEqual(['a', 'b']);
  });

  it('meet the conditions of the policy, which are remembered for a minute', async () => {
    authorizeConditional.mockResolvedValue([conditional(['ann'])]);
    authorize.mockImplementation(async requests =>
      requests.map(({ resourceRef }: { resourceRef: string }) =>
        resourceRef.endsWith('/a') ? ALLOW : DENY,
      ),
    );
    expect(await read()).toEqual(['a']);
    jest.advanceTimersByTime(59_999);
    expect(await read()).toEqual(['a']);
    expect(applied()).toEqual(['a', 'b']);

    jest.advanceTimersByTime(1);
    expect(await read()).toEqual(['a']);
    expect(applied()).toEqual(['a', 'b', 'a', 'b']);
  });

  it('are asked of again when they changed, and by conditions of others', async () => {
    authorizeConditional.mockResolvedValue([conditional(['ann'])]);
    await read();
    authorize.mockClear();
    found = [named('a'), named('b', 'two')];
    jest.advanceTimersByTime(15_000);
    await read();
    expect(applied()).toEqual(['b']);

    authorize.mockClear();
    authorizeConditional.mockResolvedValue([conditional(['bob'])]);
    await read(BOB);
    expect(applied()).toEqual(['a', 'b']);
  });

  it('are asked of by the hundred, so that no request is too large', async () => {
    found = Array.from({ length: 1_000 }, (_, number) => named(`n${number}`));
    authorizeConditional.mockResolvedValue([
      conditional([`group:default/${'x'.repeat(200)}`]),
    ]);
    expect(await read()).toHaveLength(1_000);
    expect(applied()).toHaveLength(1_000);
    for (const [requests] of authorize.mock.calls) {
      expect(requests.length).toBeLessThan(200);
      expect(requests.length).toBeGreaterThan(50);
    }
  });
});
