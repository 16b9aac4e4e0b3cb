import {
  EntityPolicies,
  entityEnvelopeSchemaValidator,
  SchemaValidEntityPolicy,
} from '@backstage/catalog-model';
import { parse } from 'yaml';
import { DryRun, startScaffolder } from './__testUtils__/dryRun';
import { environment, values } from './__testUtils__/shop';
import { IN_CLUSTER } from './manifests/names';

jest.setTimeout(120_000);

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
});
