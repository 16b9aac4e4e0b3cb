import { COMMIT, OLDER_COMMIT } from '../__testUtils__/objects';
import { goldenPath, manifest } from './__testUtils__/goldenPath';

describe('Argo CD', () => {
  const name = 'checkout-dev-cd';

  it('is told to look at Git now', async () => {
    const { perform, live } = goldenPath();
    const request = { operation: 'refresh', environment: 'dev' } as const;
    expect(await perform(request)).toMatchObject({ outcome: 'accepted' });
    expect(live('Application', name).metadata.annotations).toMatchObject({
      'argocd.argoproj.io/refresh': 'normal',
      'cicd.kro.run/environment': 'dev',
    });
    // Argo CD has not looked yet.
    expect(await perform(request)).toMatchObject({ outcome: 'unchanged' });
  });

  it('syncs once, in the name of who asks', async () => {
    const { perform, live } = goldenPath();
    const request = { operation: 'sync', environment: 'dev' } as const;
    expect((await perform(request)).outcome).toBe('accepted');
    expect(live('Application', name).operation).toEqual({
      initiatedBy: { username: 'user:default/ada' },
      info: [{ name: 'Reason', value: 'Asked for in Backstage' }],
      sync: { prune: true },
    });
    expect((await perform(request)).outcome).toBe('unchanged');
  });

  it('ends what is running, and says so where nothing is', async () => {
    const request = {
      operation: 'terminate-sync',
      environment: 'dev',
    } as const;
    const running = goldenPath({
      status: { operationState: { phase: 'Running' } },
    });
    expect((await running.perform(request)).outcome).toBe('accepted');
    expect(running.live('Application', name).status.operationState.phase).toBe(
      'Terminating',
    );
    expect((await goldenPath().perform(request)).outcome).toBe('unchanged');
  });

  const history = {
    history: [
      { id: 3, revision: OLDER_COMMIT, source: { path: 'old' } },
      { id: 4, revision: COMMIT },
    ],
  };
  const back = {
    operation: 'rollback',
    environment: 'dev',
    deployment: 3,
  } as const;

  it('rolls back by itself where it does not sync by itself', async () => {
    const { perform, live } = goldenPath({
      spec: { syncPolicy: {} },
      status: history,
    });
    expect((await perform(back)).outcome).toBe('accepted');
    expect(live('Application', name).operation.sync).toEqual({
      prune: false,
      revision: OLDER_COMMIT,
      source: { path: 'old' },
      syncStrategy: { apply: {} },
    });
  });

  it('is rolled back in Git where it would undo anything else', async () => {
    const { perform, live, repository } = goldenPath({ status: history });
    repository.revisions[OLDER_COMMIT] = {
      'deployment/dev/application.yaml': manifest(OLDER_COMMIT),
    };
    expect(await perform(back)).toMatchObject({
      outcome: 'accepted',
      link: { title: 'golden-path/checkout #1' },
    });
    expect(live('Application', name).operation).toBeUndefined();
    expect(repository.proposals).toMatchObject([
      {
        base: 'main',
        title: `Roll back dev to ${OLDER_COMMIT.slice(0, 7)}`,
        files: [
          {
            path: 'deployment/dev/application.yaml',
            content: manifest(OLDER_COMMIT),
          },
        ],
      },
    ]);
  });

  it('is rolled back in Git to the image of the application, not to the first that Git names', async () => {
    const { perform, repository } = goldenPath({ status: history });
    const cache = 'spec:\n  image: redis:7.2\n';
    repository.revisions.main['deployment/dev/00-cache.yaml'] = cache;
    repository.revisions[OLDER_COMMIT] = {
      'deployment/dev/00-cache.yaml': cache,
      'deployment/dev/application.yaml': manifest(OLDER_COMMIT),
    };
    const tag = OLDER_COMMIT.slice(0, 7);
    expect(await perform(back)).toMatchObject({
      sentence: { values: { tag } },
    });
    expect(repository.proposals).toMatchObject([
      {
        branch: expect.stringMatching(new RegExp(`-dev-${tag}$`)),
        title: `Roll back dev to ${tag}`,
      },
    ]);
  });

  const chart = { repoURL: 'https://charts.example', chart: 'base' };
  const folder = {
    repoURL: 'https://git.example/golden-path/checkout.git',
    path: 'deployment/dev',
    targetRevision: 'main',
  };

  it.each([
    [
      'in the order of now',
      [chart, folder],
      ['1.2.3', OLDER_COMMIT],
      undefined,
    ],
    [
      'in the order that they had then',
      [chart, folder],
      [OLDER_COMMIT, '1.2.3'],
      [folder, chart],
    ],
  ])(
    'goes back to the Git revision of several sources, %s',
    async (_what, sources, revisions, then) => {
      const status = { history: [{ revisions, sources: then }] };
      const first = { ...back, deployment: 0 };
      const manual = goldenPath({ spec: { sources, syncPolicy: {} }, status });
      expect(await manual.perform(first)).toMatchObject({
        sentence: { values: { revision: OLDER_COMMIT.slice(0, 7) } },
      });
      expect(manual.live('Application', name).operation.sync).toMatchObject({
        revisions,
      });

      const { perform, repository } = goldenPath({ spec: { sources }, status });
      repository.revisions[OLDER_COMMIT] = {
        'deployment/dev/application.yaml': manifest(OLDER_COMMIT),
      };
      expect(await perform(first)).toMatchObject({ outcome: 'accepted' });
      expect(repository.proposals[0].files).toEqual([
        {
          path: 'deployment/dev/application.yaml',
          content: manifest(OLDER_COMMIT),
        },
      ]);
    },
  );

  it('names the deployments that it remembers', async () => {
    const { perform } = goldenPath({ status: history });
    await expect(perform({ ...back, deployment: 9 })).rejects.toThrow(
      'Argo CD no longer remembers deployment 9 of "dev"; it remembers 3, 4',
    );
  });
});
