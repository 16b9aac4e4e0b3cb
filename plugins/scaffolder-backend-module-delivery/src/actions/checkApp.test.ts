import { createMockDirectory } from '@backstage/backend-test-utils';
import { ServiceUnavailableError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { exampleInput } from '../__testUtils__/examples';
import { FakeCluster } from '../__testUtils__/FakeCluster';
import { runAction } from '../__testUtils__/runAction';
import { GitHosts, RepositoryState } from '../git/GitHost';
import { registrationManifests } from '../manifests/registration';
import { createCheckAppAction } from './checkApp';
import { examples } from './checkApp.examples';

const workspace = createMockDirectory();
const input = exampleInput(examples[0]);
const repositoryUrl = 'https://gitea.example.com/golden-path/shop.git';

function setUp(options?: {
  entities?: string[];
  repository?: RepositoryState;
  ownerProblem?: Error;
  argoCdNamespace?: string;
}) {
  const cluster = new FakeCluster(options?.argoCdNamespace);
  const catalog = catalogServiceMock.mock({
    getEntityByRef: async ref =>
      options?.entities?.includes(String(ref))
        ? {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Component',
            metadata: { name: 'shop' },
          }
        : undefined,
  });
  const gitHosts: GitHosts = {
    get: async (hostname, owner) => ({
      address: { provider: 'gitea', protocol: 'https', hostname, owner },
      async checkOwner() {
        if (options?.ownerProblem) {
          throw options.ownerProblem;
        }
      },
      repository: async () => options?.repository,
    }),
  };
  const action = createCheckAppAction({
    catalog,
    clusters: cluster.clusters(),
    gitHosts,
  });
  const run = (changes: object = {}, isDryRun = false) =>
    runAction(
      action,
      { ...input, ...changes },
      { workspacePath: workspace.path, isDryRun },
    );
  return { cluster, catalog, run };
}

const leftBehind = (namespace: string, name = 'shop'): RepositoryState => ({
  commits: 1,
  pipelineManifest: JSON.stringify({
    kind: 'CICDPipeline',
    metadata: { namespace },
    spec: { application: { name } },
  }),
});

describe('delivery:app:check', () => {
  it.each(examples)('runs the example: $description', async example => {
    const { run } = setUp();
    const { output } = await run(exampleInput(example));
    expect(output).toMatchObject({ name: 'shop', publish: true });
  });

  it('tries everything, changes nothing and tells the later steps where things are', async () => {
    const { cluster, run } = setUp();
    const { output } = await run();

    expect(cluster.applied).toEqual([
      { object: 'AppProject argocd/shop-project', dryRun: true },
      { object: 'Application argocd/shop-cicd', dryRun: true },
    ]);
    expect(cluster.objects.size).toBe(0);
    expect(output).toEqual({
      name: 'shop',
      namespace: 'team-shop',
      argoCdNamespace: 'argocd',
      git: {
        provider: 'gitea',
        protocol: 'https',
        hostname: 'gitea.example.com',
        owner: 'golden-path',
      },
      repoUrl: 'gitea.example.com?owner=golden-path&repo=shop',
      repositoryUrl,
      pageUrl: 'https://gitea.example.com/golden-path/shop',
      sourceLocation:
        'https://gitea.example.com/golden-path/shop/src/branch/main/',
      catalogInfoUrl:
        'https://gitea.example.com/golden-path/shop/src/branch/main/catalog-info.yaml',
      publish: true,
    });
  });

  it('tries and tells where Argo CD is, which is no place for a team', async () => {
    const { cluster, run } = setUp({ argoCdNamespace: 'gitops' });
    expect((await run()).output.argoCdNamespace).toBe('gitops');
    expect(cluster.applied.map(({ object }) => object)).toEqual([
      'AppProject gitops/shop-project',
      'Application gitops/shop-cicd',
    ]);
    for (const isDryRun of [false, true]) {
      await expect(run({ namespace: 'gitops' }, isDryRun)).rejects.toThrow(
        /namespace "gitops" cannot be used: it belongs to the platform/,
      );
    }
  });

  it('refuses places that Argo CD would read as a pattern', async () => {
    const { run } = setUp();
    await expect(run({ hubServer: 'https://*' })).rejects.toThrow(
      /hubServer "https:\/\/\*" cannot be used/,
    );
  });

  it('asks the catalog as the person who fills the form', async () => {
    const { catalog, run } = setUp();
    await run();
    expect(catalog.getEntityByRef).toHaveBeenCalledWith(
      'component:default/shop',
      {
        credentials: expect.objectContaining({
          principal: { type: 'user', userEntityRef: 'user:default/mock' },
        }),
      },
    );
  });

  it('asks nobody in a dry run, and still refuses a bad name', async () => {
    const { cluster, catalog, run } = setUp();
    cluster.failure.version = new Error('must not be asked');
    expect((await run({}, true)).output.publish).toBe(true);
    expect(catalog.getEntityByRef).not.toHaveBeenCalled();
    await expect(run({ name: 'Shop' }, true)).rejects.toThrow(/name "Shop"/);
  });

  describe('refuses a name that is taken', () => {
    it('in the catalog', async () => {
      const { run } = setUp({ entities: ['component:default/shop'] });
      await expect(run()).rejects.toMatchObject({
        name: 'ConflictError',
        message:
          'name "shop" is taken: the catalog has component:default/shop already. Choose another name',
      });
    });

    it.each([
      ['by somebody’s work', { ...leftBehind('team-shop'), commits: 2 }],
      ['by something else', { commits: 1 }],
      ['by another application', leftBehind('team-shop', 'other')],
      ['by no YAML', { commits: 1, pipelineManifest: '{' }],
    ])('on the Git host, %s', async (_, repository) => {
      const { run } = setUp({ repository });
      await expect(run()).rejects.toMatchObject({
        name: 'ConflictError',
        message:
          'name "shop" is taken: there is a repository golden-path/shop on gitea.example.com already. Choose another name, or remove that repository',
      });
    });

    it('by a pipeline', async () => {
      const { cluster, run } = setUp();
      cluster.objects.set(
        'CICDPipeline team-shop/shop-cicd-pipeline',
        {} as any,
      );
      await expect(run()).rejects.toThrow(
        /cluster "local" has the CICDPipeline team-shop\/shop-cicd-pipeline already/,
      );
    });

    it('by an Application that follows another repository', async () => {
      const { cluster, run } = setUp();
      cluster.objects.set('Application argocd/shop-cicd', {
        spec: { source: { repoURL: 'https://elsewhere/shop.git' } },
      } as any);
      await expect(run()).rejects.toThrow(
        /the Argo CD Application shop-cicd on cluster "local" follows https:\/\/elsewhere\/shop\.git/,
      );
    });
  });

  describe('after an attempt that failed', () => {
    it('goes on with the repository and the registration that it left', async () => {
      const { cluster, run } = setUp({ repository: leftBehind('team-shop') });
      const { project, application } = registrationManifests({
        name: 'shop',
        namespace: 'team-shop',
        repositoryUrl,
        argoCdNamespace: 'argocd',
      });
      cluster.objects.set('AppProject argocd/shop-project', project);
      cluster.objects.set('Application argocd/shop-cicd', application);
      cluster.objects.set(
        'CICDPipeline team-shop/shop-cicd-pipeline',
        {} as any,
      );

      const { output, log } = await run();
      expect(output.publish).toBe(false);
      expect(log).toContain(
        'An earlier attempt made the repository https://gitea.example.com/golden-path/shop; it is used as it is',
      );
    });

    it('says which namespace the repository holds', async () => {
      const { run } = setUp({ repository: leftBehind('team-retail') });
      await expect(run()).rejects.toThrow(
        /namespace "team-shop" differs from "team-retail".*Use namespace "team-retail"/,
      );
    });
  });

  it.each(['AppProject', 'Application', 'CICDPipeline'])(
    'names the missing kind %s and the system that brings it',
    async kind => {
      const { cluster, run } = setUp();
      cluster.missing = [kind];
      await expect(run()).rejects.toMatchObject({
        name: 'ServiceUnavailableError',
        message: expect.stringMatching(
          new RegExp(
            `cluster "local" does not know the kind ${kind} .*install (Argo CD|kro with)`,
          ),
        ),
      });
    },
  );

  it.each(['version', 'kinds', 'get', 'apply'] as const)(
    'stops when the cluster fails to answer %s',
    async method => {
      const { cluster, run } = setUp();
      cluster.failure[method] = new ServiceUnavailableError('no answer');
      await expect(run()).rejects.toThrow('no answer');
      expect(cluster.objects.size).toBe(0);
    },
  );

  it('stops when the Git host or the catalog does not answer', async () => {
    const { run } = setUp({
      ownerProblem: new ServiceUnavailableError('no Git host'),
    });
    await expect(run()).rejects.toThrow('no Git host');

    const silent = setUp();
    silent.catalog.getEntityByRef.mockRejectedValue(new Error('down'));
    await expect(silent.run()).rejects.toThrow(
      /The catalog does not answer \(down\), so it is unknown whether name "shop" is free/,
    );
  });
});
