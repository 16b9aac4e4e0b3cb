import { COMMIT, OLDER_COMMIT, URI } from '../__testUtils__/objects';
import { goldenPath, manifest } from './__testUtils__/goldenPath';

describe('a promotion', () => {
  const request = { operation: 'promote', environment: 'prod' } as const;

  it('is a pull request, and one only', async () => {
    const { perform, repository, record } = goldenPath();
    expect(await perform(request)).toMatchObject({
      outcome: 'accepted',
      sentence: { code: 'operation.promote' },
      link: { url: 'https://git.example/golden-path/checkout/1' },
    });
    expect(repository.proposals[0]).toMatchObject({
      title: `Promote prod to ${COMMIT.slice(0, 7)}`,
      body: expect.stringContaining('user:default/ada'),
      files: [
        {
          path: 'deployment/prod/application.yaml',
          content: manifest(COMMIT),
        },
      ],
    });
    expect(await perform(request)).toMatchObject({
      outcome: 'unchanged',
      sentence: { code: 'operation.promote.open' },
    });
    // History has it once, too.
    expect(record.mock.calls.flatMap(([promotions]) => promotions)).toEqual([
      expect.objectContaining({
        id: 'https://git.example/golden-path/checkout/1',
        from: 'dev',
        to: 'prod',
        commit: COMMIT,
        by: 'user:default/ada',
      }),
    ]);
  });

  it('brings what runs, where Git asks for something newer already', async () => {
    const { perform, repository, record } = goldenPath();
    repository.revisions.main['deployment/dev/application.yaml'] =
      manifest(OLDER_COMMIT);
    await perform(request);
    expect(repository.proposals[0].files).toEqual([
      {
        path: 'deployment/prod/application.yaml',
        content: manifest(COMMIT),
      },
    ]);
    expect(record).toHaveBeenCalledWith([
      expect.objectContaining({ commit: COMMIT, imageTag: COMMIT }),
    ]);
  });

  it('is refused where something else runs than the user was shown', async () => {
    const { perform, repository } = goldenPath();
    await expect(perform({ ...request, tag: OLDER_COMMIT })).rejects.toThrow(
      `"dev" holds ${COMMIT} by now, no longer ${OLDER_COMMIT}`,
    );
    expect(repository.proposals).toEqual([]);
    expect(await perform({ ...request, tag: COMMIT })).toMatchObject({
      outcome: 'accepted',
    });
  });

  it('is none where Git holds the image already', async () => {
    const { perform, repository } = goldenPath();
    repository.revisions.main['deployment/prod/application.yaml'] =
      manifest(COMMIT);
    expect(await perform(request)).toMatchObject({
      outcome: 'unchanged',
      sentence: { code: 'operation.promote.done' },
    });
    expect(repository.proposals).toEqual([]);
  });

  const cache = (tag: string) => `spec:\n  image: redis:${tag}\n`;

  it('is named by the image of the application, whatever else the manifests name', async () => {
    const { perform, repository } = goldenPath();
    const main = {
      'deployment/dev/00-cache.yaml': cache('7.2'),
      'deployment/prod/00-cache.yaml': cache('7.0'),
      ...repository.revisions.main,
    };
    repository.revisions.main = main;
    expect(await perform(request)).toMatchObject({
      outcome: 'accepted',
      sentence: { values: { tag: COMMIT.slice(0, 7) } },
    });
    expect(repository.proposals[0]).toMatchObject({
      branch: `delivery/promote-checkout-cicd-pipeline-prod-${COMMIT.slice(
        0,
        7,
      )}`,
      title: `Promote prod to ${COMMIT.slice(0, 7)}`,
      files: [
        { path: 'deployment/prod/00-cache.yaml', content: cache('7.2') },
        {
          path: 'deployment/prod/application.yaml',
          content: manifest(COMMIT),
        },
      ],
    });
  });

  it.each([
    ['the application first', (app: string, redis: string) => [app, redis]],
    ['the application last', (app: string, redis: string) => [redis, app]],
  ])(
    'publishes the version of the application where one manifest names others too, %s',
    async (_what, order) => {
      const { perform, repository } = goldenPath();
      const both = (tag: string, redis: string, version: string) =>
        `metadata:\n  annotations:\n    app.oam.dev/publishVersion: ${version}\nspec:\n  components:\n${order(
          `  - image: ${URI}:${tag}\n`,
          `  - image: redis:${redis}\n`,
        ).join('')}`;
      repository.revisions.main = {
        'deployment/dev/application.yaml': both(COMMIT, 'alpine', COMMIT),
        'deployment/prod/application.yaml': both('none', 'edge', 'none'),
      };
      await perform(request);
      expect(repository.proposals[0].files[0].content).toBe(
        both(COMMIT, 'alpine', COMMIT),
      );
    },
  );

  it.each([
    ['another image', {}],
    ['what it shares with dev', { 'deployment/dev/cache.yaml': cache('7') }],
  ])(
    'explains a folder that names only %s',
    async (_what, more: Record<string, string>) => {
      const { perform, repository } = goldenPath();
      repository.revisions.main = {
        ...repository.revisions.main,
        ...more,
        'deployment/prod/application.yaml': cache('7'),
      };
      await expect(perform(request)).rejects.toThrow(
        `No manifest in "deployment/prod" of golden-path/checkout names the image "${URI}" of "deployment/dev"`,
      );
      expect(repository.proposals).toEqual([]);
    },
  );

  it('has nothing to bring to the first environment', async () => {
    await expect(
      goldenPath().perform({ ...request, environment: 'dev' }),
    ).rejects.toThrow('"dev" is the first environment');
  });
});
