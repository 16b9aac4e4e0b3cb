import {
  createMockDirectory,
  mockCredentials,
} from '@backstage/backend-test-utils';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { exampleInput } from '../__testUtils__/examples';
import { runAction } from '../__testUtils__/runAction';
import { createWaitForEntityAction } from './waitForEntity';
import { examples } from './waitForEntity.examples';

const workspace = createMockDirectory();
const entityRef = 'component:default/shop';
const shop = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'shop', namespace: 'default' },
};

type Ask = CatalogService['getEntityByRef'];

/** Waits in a catalog that answers as told. */
function wait(ask: Ask, timeoutSeconds = 10, isDryRun = false) {
  const getEntityByRef = jest.fn(ask);
  const catalog = Object.assign(catalogServiceMock(), { getEntityByRef });
  const run = runAction(
    createWaitForEntityAction({ catalog, intervalMs: 10 }),
    { entityRef, timeoutSeconds },
    { workspacePath: workspace.path, isDryRun },
  );
  return { getEntityByRef, run };
}

const never = () => new Promise<never>(() => {});

describe('delivery:entity:wait', () => {
  it.each(examples)('does as its example: $description', async example => {
    const { output } = await runAction(
      createWaitForEntityAction({
        catalog: catalogServiceMock({ entities: [shop] }),
      }),
      exampleInput(example),
      { workspacePath: workspace.path },
    );
    expect(output).toEqual({ found: true });
  });

  it('ends when the catalog has the entity, asked as the user', async () => {
    let asked = 0;
    const { getEntityByRef, run } = wait(async () => {
      asked += 1;
      return asked < 4 ? undefined : shop;
    });
    const { output, log } = await run;
    expect(output).toEqual({ found: true });
    expect(log).toEqual([
      'Waiting for component:default/shop in the catalog',
      'The catalog has component:default/shop',
    ]);
    expect(getEntityByRef.mock.calls).toEqual(
      Array(4).fill([entityRef, { credentials: mockCredentials.user() }]),
    );
  });

  it('goes on while the catalog refuses to answer', async () => {
    let asked = 0;
    const { output } = await wait(async () => {
      asked += 1;
      if (asked < 3) {
        throw new Error('503 Service Unavailable');
      }
      return shop;
    }).run;
    expect(output).toEqual({ found: true });
  });

  it.each<[string, Ask, string]>([
    ['is slow', async () => undefined, 'after 0.1 s. Everything'],
    [
      'is broken',
      () => Promise.reject(new Error('503 Service Unavailable')),
      'after 0.1 s (503 Service Unavailable). Everything',
    ],
    ['does not answer', never, 'after 0.1 s. Everything'],
  ])(
    'does not fail where the catalog %s, and says so',
    async (_, ask, says) => {
      const { output, log } = await wait(ask, 0.1).run;
      expect(output).toEqual({ found: false });
      expect(log[1]).toBe(
        `The catalog does not have component:default/shop ${says} is made; the links work as soon as it has`,
      );
    },
  );

  it.each(['shop', 'component:', 'component:default/', ''])(
    'refuses the reference "%s", in a dry run, too',
    async input => {
      for (const isDryRun of [true, false]) {
        await expect(
          runAction(
            createWaitForEntityAction({ catalog: catalogServiceMock() }),
            { entityRef: input },
            { workspacePath: workspace.path, isDryRun },
          ),
        ).rejects.toMatchObject({
          name: 'InputError',
          message: `entityRef "${input}" is no reference of an entity: write kind, namespace and name, such as component:default/shop`,
        });
      }
    },
  );

  it('asks nobody in a dry run', async () => {
    const { getEntityByRef, run } = wait(never, 10, true);
    expect((await run).output).toEqual({ found: false });
    expect(getEntityByRef).not.toHaveBeenCalled();
  });
});
