import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { exampleInput } from '../__testUtils__/examples';
import { runAction } from '../__testUtils__/runAction';
import { createEmitApplicationAction } from './emitApplication';
import { examples as applicationExamples } from './emitApplication.examples';
import { createEmitPipelineAction } from './emitPipeline';
import { examples as pipelineExamples } from './emitPipeline.examples';

const workspace = createMockDirectory();

const cases = [
  ...pipelineExamples.map((example, index) => ({
    example,
    action: createEmitPipelineAction(),
    golden: `pipeline-${index}.yaml`,
  })),
  ...applicationExamples.map((example, index) => ({
    example,
    action: createEmitApplicationAction(),
    golden: `application-${index}.yaml`,
  })),
];

describe.each(cases)('$example.description', ({ example, action, golden }) => {
  const expected = readFileSync(
    resolve(__dirname, '__fixtures__/golden', golden),
    'utf8',
  );

  it.each([false, true])(
    'writes the golden file, dry run %s',
    async isDryRun => {
      const run = await runAction(action, exampleInput(example), {
        workspacePath: workspace.path,
        isDryRun,
      });
      expect(run.output.manifest).toBe(expected);
      expect(readFileSync(workspace.resolve(run.output.path), 'utf8')).toBe(
        expected,
      );
    },
  );
});

describe('delivery:pipeline:emit', () => {
  const input = exampleInput(pipelineExamples[0]);
  const run = (changes: object) =>
    runAction(
      createEmitPipelineAction(),
      { ...input, ...changes },
      { workspacePath: workspace.path },
    );

  it('tells where the pipeline and its image will be', async () => {
    expect((await run({})).output).toMatchObject({
      path: 'pipeline/cicdpipeline.yaml',
      instanceName: 'shop-cicd-pipeline',
      instanceNamespace: 'team-shop',
      image: '123456789012.dkr.ecr.eu-central-1.amazonaws.com/peeks/shop',
    });
  });

  it.each([
    ['name', 'Shop', /name "Shop" cannot be used: use lower case letters/],
    ['name', '1shop', /begin with a letter/],
    ['name', 'shop-', /end with a letter or digit/],
    ['name', 'a--b', /name "a--b" cannot be used: use .* single "-"/],
    ['name', 'a'.repeat(31), /it has 31 characters, at most 30/],
    ['namespace', 'Team', /namespace "Team" cannot be used: use lower case/],
    ['namespace', 'kube-system', /it belongs to the platform/],
    ['namespace', 'argocd', /it belongs to the platform/],
    ['namespace', 'a'.repeat(59), /at most 58/],
    ['namespace', 'external-secrets', /it belongs to the platform/],
    ['namespace', 'ack-system', /it belongs to the platform/],
    ['namespace', 'kargo', /it belongs to the platform/],
    ['namespace', 'kube', /: dev is in "kube-dev", and it belongs to the/],
    ['hubServer', '*', /hubServer "\*" cannot be used: give the cluster as it/],
    ['hubServer', 'https://a:b@hub', /hubServer "https:\/\/…@hub" cannot be/],
  ])('refuses %s "%s"', async (field, value, message) => {
    await expect(run({ [field]: value })).rejects.toThrow(message);
  });

  it.each(['dev', 'prod'])(
    'refuses places for %s that would open the project of Argo CD',
    async name => {
      for (const [field, value, reason] of [
        ['server', 'hub', 'give the cluster as it is registered in Argo CD'],
        ['namespace', '*', 'use lower case letters'],
        ['namespace', 'argocd', 'it belongs to the platform'],
        ['namespace', 'gitops', 'it belongs to the platform'],
      ] as const) {
        await expect(
          run({
            argoCdNamespace: 'gitops',
            environments: { [name]: { [field]: value } },
          }),
        ).rejects.toThrow(
          `environments.${name}.${field} "${value}" cannot be used: ${reason}`,
        );
      }
    },
  );

  it.each(['team-order-system', 'argonauts', 'vaults'])(
    'takes "%s" for no namespace of the platform',
    async namespace => {
      const { output } = await run({ namespace });
      expect(output.instanceNamespace).toBe(namespace);
    },
  );

  it('keeps teams out of the namespace of Argo CD', async () => {
    await expect(
      run({ namespace: 'gitops', argoCdNamespace: 'gitops' }),
    ).rejects.toThrow(
      'namespace "gitops" cannot be used: it belongs to the platform; use a namespace of your team, for example team-<name>',
    );
    await expect(
      run({ namespace: 'gitops', argoCdNamespace: 'gitops-prod' }),
    ).rejects.toThrow(
      'namespace "gitops" cannot be used: prod is in "gitops-prod", and it belongs to the platform',
    );
  });

  it('does not write outside of the workspace', async () => {
    await expect(run({ targetPath: '../elsewhere.yaml' })).rejects.toThrow(
      /Relative path is not allowed to refer to a directory outside its parent/,
    );
  });
});

describe('delivery:application:emit', () => {
  const run = (components: object[]) =>
    runAction(
      createEmitApplicationAction(),
      { name: 'shop', environment: 'dev', components },
      { workspacePath: workspace.path },
    );
  const service = { type: 'service', image: 'registry/shop', port: 8080 };

  it.each([
    ['no service', [], /one of type "service" is needed/],
    ['two services', [service, service], /2 of type "service"/],
    [
      'IAM without a table',
      [service, { type: 'iam' }],
      /add one of type "table"/,
    ],
  ])('refuses %s', async (_, components, message) => {
    await expect(run(components)).rejects.toThrow(message);
  });

  it('orders environment variables by name, whatever the input', async () => {
    const first = await run([{ ...service, env: { B: '2', A: '1' } }]);
    const second = await run([{ ...service, env: { A: '1', B: '2' } }]);
    expect(first.output.manifest).toBe(second.output.manifest);
  });
});
