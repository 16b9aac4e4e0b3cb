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

  it('names the deployments that it remembers', async () => {
    const { perform } = goldenPath({ status: history });
    await expect(perform({ ...back, deployment: 9 })).rejects.toThrow(
      'Argo CD no longer remembers deployment 9 of "dev"; it remembers 3, 4',
    );
  });
});
