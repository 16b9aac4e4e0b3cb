import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { ServiceUnavailableError } from '@backstage/errors';
import { exampleInput } from '../__testUtils__/examples';
import { FakeCluster } from '../__testUtils__/FakeCluster';
import { runAction } from '../__testUtils__/runAction';
import { manifestYaml } from '../manifests/yaml';
import { createRegisterPipelineAction } from './registerPipeline';
import { examples } from './registerPipeline.examples';

const workspace = createMockDirectory();
const input = exampleInput(examples[0]);

function setUp(argoCdNamespace?: string) {
  const cluster = new FakeCluster(argoCdNamespace);
  const action = createRegisterPipelineAction({ clusters: cluster.clusters() });
  const run = (options: { isDryRun?: boolean; reached?: object } = {}) =>
    runAction(action, input, {
      workspacePath: workspace.path,
      isDryRun: options.isDryRun,
      reached: options.reached as Record<string, unknown>,
    });
  return { action, cluster, run };
}

const checkpoints = [
  'apply.local.appprojects.argocd.shop-project',
  'apply.local.applications.argocd.shop-cicd',
];

describe('delivery:pipeline:register', () => {
  it.each(examples.map((example, index) => ({ example, index })))(
    'applies the golden objects: $example.description',
    async ({ example, index }) => {
      const { action, cluster } = setUp();
      const { output } = await runAction(action, exampleInput(example), {
        workspacePath: workspace.path,
      });
      const applied = [...cluster.objects.values()]
        .map(object => manifestYaml(object))
        .join('---\n');
      expect(applied).toBe(
        readFileSync(
          resolve(__dirname, `__fixtures__/golden/registration-${index}.yaml`),
          'utf8',
        ),
      );
      expect(output).toEqual({
        applicationName: 'shop-cicd',
        projectName: 'shop-project',
        namespace: exampleInput(example).namespace ?? 'team-shop',
      });
    },
  );

  it('applies the project before the application that is in it', async () => {
    const { cluster, run } = setUp();
    const { checkpoints: reached } = await run();
    expect(reached).toEqual(checkpoints);
    expect(cluster.applied).toEqual([
      { object: 'AppProject argocd/shop-project', dryRun: false },
      { object: 'Application argocd/shop-cicd', dryRun: false },
    ]);
  });

  it('applies both where Argo CD is, which is no place for a team', async () => {
    const { action, cluster, run } = setUp('gitops');
    await run();
    expect(cluster.applied.map(({ object }) => object)).toEqual([
      'AppProject gitops/shop-project',
      'Application gitops/shop-cicd',
    ]);
    expect((await run({ isDryRun: true })).log.join()).toMatch(
      /namespace: gitops[^]*sourceNamespaces:\s+- gitops/,
    );
    await expect(
      runAction(
        action,
        { ...input, namespace: 'gitops' },
        { workspacePath: workspace.path },
      ),
    ).rejects.toThrow(/namespace "gitops" cannot be used: it belongs to the/);
  });

  it('can run again', async () => {
    const { cluster, run } = setUp();
    await run();
    const before = new Map(cluster.objects);
    await run();
    expect(cluster.objects).toEqual(before);
  });

  it('goes on where an earlier attempt stopped', async () => {
    const { cluster, run } = setUp();
    await run({ reached: { [checkpoints[0]]: { uid: 'uid-1' } } });
    expect(cluster.applied.map(({ object }) => object)).toEqual([
      'Application argocd/shop-cicd',
    ]);
  });

  it('shows what it would apply in a dry run, and asks nobody', async () => {
    const { cluster, run } = setUp();
    cluster.failure.apply = new Error('must not be asked');
    const { log, output } = await run({ isDryRun: true });
    expect(log.join()).toMatch(/kind: AppProject[^]*kind: Application/);
    expect(output.applicationName).toBe('shop-cicd');
    expect(cluster.applied).toEqual([]);
  });

  it('says what failed', async () => {
    const { cluster, run } = setUp();
    cluster.failure.apply = new ServiceUnavailableError('no answer');
    await expect(run()).rejects.toThrow('no answer');
  });
});
