import { execFileSync } from 'node:child_process';
import { createMockDirectory } from '@backstage/backend-test-utils';
import {
  EntityPolicies,
  entityEnvelopeSchemaValidator,
  SchemaValidEntityPolicy,
} from '@backstage/catalog-model';
import { parse } from 'yaml';
import { DryRun, startScaffolder } from './__testUtils__/dryRun';
import { IN_CLUSTER } from './manifests/names';

jest.setTimeout(120_000);

const directory = createMockDirectory();
const environment = {
  gitProvider: 'gitea',
  gitHost: '127.0.0.1:3000',
  gitOwner: 'golden-path',
  cluster: 'local',
  awsRegion: 'us-west-2',
  awsAccountId: '000000000000',
  awsResourcePrefix: 'peeks',
  hubHostname: 'hub.localhost',
  ingressDomain: 'apps.localhost',
};
const values = {
  name: 'shop',
  owner: 'group:default/payments',
  description: 'Sells "everything": even #quotes\' and ${{ braces }}',
  port: 8080,
  replicas: 1,
  ingress: false,
  table: false,
};

describe('the create-app template', () => {
  let dryRun: (values: object) => Promise<DryRun>;
  let plain: DryRun;

  beforeAll(async () => {
    dryRun = await startScaffolder(environment);
    plain = await dryRun(values);
  });

  it('makes exactly these files', () => {
    expect(plain.body.error).toBeUndefined();
    expect(plain.status).toBe(200);
    expect(Object.keys(plain.files).sort()).toEqual([
      '.dockerignore',
      '.gitignore',
      'Dockerfile',
      'README.md',
      'catalog-info.yaml',
      'deployment/dev/application.yaml',
      'deployment/prod/application.yaml',
      'go.mod',
      'handler.go',
      'handler_test.go',
      'main.go',
      'pipeline/cicdpipeline.yaml',
    ]);
  });

  it('enters a valid component that says where its golden path runs', async () => {
    const entity = parse(plain.files['catalog-info.yaml']);
    await EntityPolicies.allOf([new SchemaValidEntityPolicy()]).enforce(entity);
    entityEnvelopeSchemaValidator()(entity);
    expect(entity).toMatchObject({
      kind: 'Component',
      metadata: {
        name: 'shop',
        description: values.description,
        annotations: {
          'backstage.io/source-location':
            'url:http://127.0.0.1:3000/golden-path/shop/src/branch/main/',
          'argocd/app-name': 'shop-cicd',
          'kro.run/resource-group': 'cicdpipeline.kro.run',
          'kro.run/instance-name': 'shop-cicd-pipeline',
          'kro.run/instance-namespace': 'team-shop',
          'kro.run/cluster': 'local',
        },
      },
      spec: { owner: 'group:default/payments' },
    });
  });

  it('describes the pipeline that the annotations point to', () => {
    expect(parse(plain.files['pipeline/cicdpipeline.yaml'])).toMatchObject({
      kind: 'CICDPipeline',
      metadata: { name: 'shop-cicd-pipeline', namespace: 'team-shop' },
      spec: {
        name: 'shop-cicd',
        aws: { region: 'us-west-2', accountId: '000000000000' },
        gitlab: {
          protocol: 'http',
          hostname: '127.0.0.1:3000',
          username: 'golden-path',
          provider: 'gitea',
        },
        environments: {
          dev: { server: IN_CLUSTER, namespace: 'team-shop-dev' },
          prod: { server: IN_CLUSTER, namespace: 'team-shop-prod' },
        },
      },
    });
  });

  it.each(['dev', 'prod'])(
    'lets nothing run in %s before its first image',
    name => {
      const application = parse(
        plain.files[`deployment/${name}/application.yaml`],
      );
      expect(application.metadata.annotations).toEqual({
        'argocd.argoproj.io/hook': 'Skip',
      });
      expect(application.spec.components).toHaveLength(1);
      expect(application.spec.components[0].properties.image).toBe(
        '000000000000.dkr.ecr.us-west-2.amazonaws.com/peeks/shop:none',
      );
    },
  );

  it('leads to the Delivery tab and to the repository', () => {
    const links = Object.fromEntries(
      plain.output.links.map((link: any) => [link.title, link.url]),
    );
    expect(links).toMatchObject({
      'Follow its delivery': '/catalog/default/component/shop/delivery',
      'Open the repository': 'http://127.0.0.1:3000/golden-path/shop',
    });
    expect(plain.output.text[0].content).toContain(
      'git clone http://127.0.0.1:3000/golden-path/shop.git',
    );
  });

  it('publishes, then registers, then enters it in the catalog', () => {
    expect(plain.steps).toEqual([
      'check',
      'skeleton',
      'pipeline',
      'dev',
      'prod',
      'gitea',
      'register',
      'catalog',
      'wait',
    ]);
  });

  it('shows a repository on Gitea to whom the platform says', async () => {
    const onPrivate = await startScaffolder({
      ...environment,
      giteaVisibility: 'private',
    });
    const visibilities = [plain, await onPrivate(values)].map(
      ({ body }) =>
        /"repoVisibility": ?"([a-z]+)"/.exec(
          body.log
            .map((entry: any) => entry.body)
            .find(
              (entry: any) =>
                entry.stepId === 'gitea' && /inputs/.test(entry.message),
            ).message,
        )?.[1],
    );
    expect(visibilities).toEqual(['public', 'private']);
  });

  it('adds what the form asked for, apart in dev and prod', async () => {
    const { files, status } = await dryRun({
      ...values,
      namespace: 'team-retail',
      port: 9000,
      replicas: 3,
      ingress: true,
      path: '/buy',
      table: true,
      partitionKey: 'sku',
    });
    expect(status).toBe(200);
    const [dev, prod] = ['dev', 'prod'].map(
      name =>
        parse(files[`deployment/${name}/application.yaml`]).spec.components,
    );
    for (const [components, table, domain] of [
      [dev, 'shop-dev', 'dev.apps.localhost'],
      [prod, 'shop-prod', 'apps.localhost'],
    ]) {
      expect(components).toMatchObject([
        {
          type: 'appmod-service',
          properties: {
            targetPort: 9000,
            replicas: 3,
            env: [
              { name: 'AWS_REGION', value: 'us-west-2' },
              { name: 'TABLE_NAME', value: table },
            ],
          },
          traits: [
            {
              type: 'path-based-ingress',
              properties: { domain, http: { '/buy': 80 } },
            },
          ],
        },
        {
          type: 'ddb-table',
          properties: { name: table, attributeName: 'sku' },
          traits: [{ type: 'component-iam-policy' }],
        },
      ]);
    }
    expect(
      parse(files['catalog-info.yaml']).metadata.annotations[
        'kro.run/instance-namespace'
      ],
    ).toBe('team-retail');
    expect(files.Dockerfile).toContain('EXPOSE 9000');
    expect(files['main.go']).toContain('port = "9000"');
  });

  it('publishes to GitHub where the platform says so', async () => {
    const onGitHub = await startScaffolder({
      ...environment,
      gitProvider: 'github',
      gitHost: 'github.com',
    });
    const { files, steps, status } = await onGitHub(values);
    expect(status).toBe(200);
    expect(steps).toContain('github');
    expect(steps).not.toContain('gitea');
    expect(
      parse(files['pipeline/cicdpipeline.yaml']).spec.gitlab,
    ).toMatchObject({ protocol: 'https', hostname: 'github.com' });
  });

  it('goes to the clusters that the platform names, and nowhere else', async () => {
    const arn = 'arn:aws:eks:eu-central-1:123456789012:cluster';
    const onSpokes = await startScaffolder(
      {
        ...environment,
        eksClusterName: 'hub',
        hubServer: `${arn}/hub`,
        devServer: `${arn}/spoke-dev`,
        devEksClusterName: 'spoke-dev',
        prodServer: `${arn}/spoke-prod`,
        prodEksClusterName: 'spoke-prod',
      },
      { clusters: [{ name: 'local', argoCdNamespace: 'gitops' }] },
    );
    const { body, files, status } = await onSpokes({
      ...values,
      table: true,
      partitionKey: 'id',
    });
    expect(status).toBe(200);
    const { spec } = parse(files['pipeline/cicdpipeline.yaml']);
    expect(spec).toMatchObject({
      argoCd: { namespace: 'gitops' },
      aws: { clusterName: 'hub', deployClusterName: 'spoke-dev' },
    });
    const { dev, prod } = spec.environments;
    expect([dev.server, prod.server]).toEqual([
      `${arn}/spoke-dev`,
      `${arn}/spoke-prod`,
    ]);

    const { message } = body.log
      .map((entry: any) => entry.body)
      .find(
        (entry: any) =>
          entry.stepId === 'register' && /kind:/.test(entry.message),
      );
    const [project, application] = message
      .slice(message.indexOf('apiVersion'))
      .split('---\n')
      .map((text: string) => parse(text));
    // What kro makes of the pipeline must be allowed by the project.
    expect(project.spec.destinations).toEqual([
      application.spec.destination,
      dev,
      prod,
    ]);
    expect(application.spec.destination.server).toBe(`${arn}/hub`);
    expect(
      [project, application].map(({ metadata }) => metadata.namespace),
    ).toEqual(['gitops', 'gitops']);

    // The service's rights come from the cluster that it runs in.
    for (const name of ['dev', 'prod']) {
      const [, table] = parse(files[`deployment/${name}/application.yaml`]).spec
        .components;
      expect(table.traits[0].properties.clusterName).toBe(`spoke-${name}`);
    }
  });

  it('keeps teams out of the namespace of Argo CD', async () => {
    const { body } = await (
      await startScaffolder(environment, {
        clusters: [{ name: 'local', argoCdNamespace: 'gitops' }],
      })
    )({ ...values, namespace: 'gitops' });
    expect(JSON.stringify(body)).toContain(
      'cannot be used: it belongs to the platform',
    );
  });

  it.each([
    ['name', 'Shop!'],
    ['name', 'a'.repeat(31)],
    ['name', 'a--b'],
    ['port', 80],
    ['namespace', 'Team Shop'],
  ])('refuses %s "%s" before anything runs', async (field, value) => {
    const { status, body } = await dryRun({ ...values, [field]: value });
    expect(status).toBe(400);
    expect(JSON.stringify(body.errors)).toContain(field);
  });

  const run = (command: string, ...args: string[]) =>
    execFileSync(command, args, {
      cwd: directory.path,
      encoding: 'utf8',
      env: { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=mod' },
    });

  // A package of Go's own, a folder of the repository, a name that Go refuses in a path.
  it.each(['sync', 'pipeline', 'con'])(
    'makes a module and a complete first commit of the name "%s"',
    async name => {
      const { files, status } = await dryRun({ ...values, name });
      expect(status).toBe(200);
      directory.setContent(files);
      expect(run('go', 'list', './...')).toBe(`example.com/${name}-service\n`);
      run('git', 'init', '--quiet');
      expect(
        run('git', 'ls-files', '--others', '--exclude-standard')
          .trim()
          .split('\n'),
      ).toEqual(Object.keys(files).sort());
    },
  );

  describe('the service', () => {
    beforeAll(() => directory.setContent(plain.files));

    it('is formatted, vetted and passes its own tests', () => {
      expect(run('gofmt', '-l', '.')).toBe('');
      expect(run('go', 'vet', './...')).toBe('');
      expect(run('go', 'test', './...')).toMatch(
        /^ok\s+example\.com\/shop-service/,
      );
    });

    it('builds also with folders and dependencies of its own', () => {
      const [, sources] = /^COPY (.*) \S+$/m.exec(plain.files.Dockerfile) ?? [];
      directory.setContent({
        source: {
          ...plain.files,
          'go.sum': '',
          'store/store.go': 'package store\n',
        },
        image: {},
      });
      run('sh', '-c', `cd source && cp -R ${sources} ../image`);
      const ignored = plain.files['.dockerignore'].trim().split('\n');
      for (const path of ignored) {
        run('rm', '-rf', `image/${path}`);
      }
      expect(run('sh', '-c', 'cd image && ls && go list ./...')).toBe(
        `${[
          'Dockerfile',
          'go.mod',
          'go.sum',
          'handler.go',
          'handler_test.go',
          'main.go',
          'store',
          'example.com/shop-service',
          'example.com/shop-service/store',
        ].join('\n')}\n`,
      );
    });

    it('has a Dockerfile in stages, without root and on a minimal base', () => {
      const lines = plain.files.Dockerfile.split('\n').filter(
        line => line && !line.startsWith('#'),
      );
      const stages = lines.filter(line => line.startsWith('FROM '));
      expect(stages.map(line => line.split(' AS ')[1])).toEqual([
        'source',
        'test',
        'build',
        undefined,
      ]);
      const last = lines.slice(lines.lastIndexOf(stages[stages.length - 1]));
      expect(last[0]).toMatch(/^FROM gcr\.io\/distroless\/static/);
      // Kubernetes can only prove of a number that it is not root.
      expect(last).toContain('USER 65532:65532');
      expect(last).toContain('EXPOSE 8080');
      expect(last.filter(line => line.startsWith('RUN '))).toEqual([]);
      expect(last.find(line => line.startsWith('ENTRYPOINT'))).toBe(
        'ENTRYPOINT ["/service"]',
      );
    });
  });
});
