import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'yaml';
import { administrator, AnyObject } from './__testUtils__/administrator';
import { eventually, startPortal, TaskEnd } from './__testUtils__/portal';
import { refusalOf } from './__testUtils__/refusalOf';

jest.setTimeout(300_000);

const platform = process.env.DELIVERY_PLATFORM_DIR ?? '';
const name = `shop-${Date.now().toString(36)}`;
const namespace = `team-${name}`;
const values = {
  name,
  owner: 'group:default/payments',
  description: 'An application of the tests',
  port: 8080,
  replicas: 2,
  ingress: true,
  table: true,
  partitionKey: 'id',
};

describe('an application made on the local platform', () => {
  let portal: Awaited<ReturnType<typeof startPortal>>;
  let cluster: Awaited<ReturnType<typeof administrator>>;
  let task: TaskEnd;

  const application = (environment: string) =>
    cluster.get(
      'argoproj.io',
      'v1alpha1',
      'argocd',
      'applications',
      `${name}-${environment}`,
    );
  const pipeline = () =>
    cluster.get(
      'kro.run',
      'v1alpha1',
      namespace,
      'cicdpipelines',
      `${name}-cicd-pipeline`,
    );
  const inRepository = async (path: string, method = 'GET', body?: object) => {
    const { integrations, scaffolder } = parse(
      readFileSync(join(platform, 'app-config.yaml'), 'utf8'),
    );
    const [{ baseUrl, username, password }] = integrations.gitea;
    const { gitOwner } = scaffolder.defaultEnvironment.parameters;
    const response = await fetch(
      `${baseUrl}/api/v1/repos/${gitOwner}/${name}/${path}`,
      {
        method,
        headers: {
          Authorization: `Basic ${Buffer.from(
            `${username}:${password}`,
          ).toString('base64')}`,
          'Content-Type': 'application/json',
        },
        body: JSON.stringify(body),
      },
    );
    expect(response.ok).toBe(true);
    return response.text();
  };
  const file = async (path: string): Promise<any> =>
    parse(await inRepository(`raw/${path}?ref=main`));

  beforeAll(async () => {
    if (!platform) {
      throw new Error(
        'set DELIVERY_PLATFORM_DIR to the data folder of a running local platform',
      );
    }
    [portal, cluster] = await Promise.all([
      startPortal(platform),
      administrator(platform),
    ]);
    task = await portal.createApp(values);
  });

  it('is published, registered and in the catalog', async () => {
    expect(task).toMatchObject({ status: 'completed' });
    expect(task.output.links[0].url).toBe(
      `/catalog/default/component/${name}/delivery`,
    );
    // Before the task ends, so that the link leads somewhere.
    expect(await portal.entity(`component:default/${name}`)).toBeDefined();
    expect((await application('cicd'))?.spec.project).toBe(`${name}-project`);
  });

  it('has a pipeline that becomes active, with all of its children', async () => {
    let last: AnyObject | undefined;
    await eventually(
      'the pipeline ACTIVE',
      async () => {
        last = await pipeline();
        return last?.status?.state === 'ACTIVE' ? last : undefined;
      },
      180,
      () => last?.status,
    );

    const names = async (apiVersion: string, kind: string, space = namespace) =>
      (await cluster.list(apiVersion, kind, space))
        .filter(
          object =>
            object.metadata.labels?.['kro.run/instance-name'] ===
            `${name}-cicd-pipeline`,
        )
        .map(object => object.metadata.name.replace(name, 'shop'))
        .sort();
    const argo = 'argoproj.io/v1alpha1';
    const children = {
      repositories: await names('ecr.services.k8s.aws/v1alpha1', 'Repository'),
      templates: await names(argo, 'WorkflowTemplate'),
      runs: await names(argo, 'Workflow'),
      trigger: [
        ...(await names(argo, 'EventBus')),
        ...(await names(argo, 'EventSource')),
        ...(await names(argo, 'Sensor')),
        ...(await names('networking.k8s.io/v1', 'Ingress')),
        ...(await names('v1', 'Service')),
      ],
      rights: [
        ...(await names('v1', 'ServiceAccount')),
        ...(await names('rbac.authorization.k8s.io/v1', 'Role')),
        ...(await names('rbac.authorization.k8s.io/v1', 'RoleBinding')),
      ],
      rightsInAws: [
        ...(await names('iam.services.k8s.aws/v1alpha1', 'Policy')),
        ...(await names('iam.services.k8s.aws/v1alpha1', 'Role')),
        ...(await names(
          'eks.services.k8s.aws/v1alpha1',
          'PodIdentityAssociation',
        )),
      ],
      words: await names('v1', 'ConfigMap'),
      deployment: await names(argo, 'Application', 'argocd'),
    };
    expect(children).toEqual({
      repositories: ['shop-cicd-cache-repo', 'shop-cicd-main-repo'],
      templates: [
        'shop-cicd-cache-warmup-workflow',
        'shop-cicd-cicd-workflow',
        'shop-cicd-provisioning-workflow',
      ],
      runs: ['shop-cicd-initial-build-workflow', 'shop-cicd-setup-workflow'],
      trigger: [
        'shop-cicd-bus',
        'shop-cicd-gitlab-eventsource',
        'shop-cicd-gitlab-sensor',
        'shop-cicd-webhook-ingress',
        'shop-cicd-webhook-service',
      ],
      rights: ['shop-cicd-sa', 'shop-cicd-role', 'shop-cicd-rolebinding'],
      rightsInAws: [
        'peeks-shop-ecr-policy',
        'peeks-shop-role',
        'shop-cicd-pod-association',
      ],
      words: ['shop-cicd-config'],
      deployment: ['shop-dev-cd', 'shop-prod-cd'],
    });
  });

  it('runs in dev what the first build wrote into Git', async () => {
    let last: AnyObject | undefined;
    await eventually(
      'the first image in dev',
      async () => {
        last = await cluster.get(
          'core.oam.dev',
          'v1beta1',
          `${namespace}-dev`,
          'applications',
          name,
        );
        return last?.status?.status === 'running' ? last : undefined;
      },
      120,
      () => last?.status,
    );
    const manifest = await file('deployment/dev/application.yaml');
    expect(manifest.metadata).not.toHaveProperty('annotations');
    expect(manifest.spec.components[0].properties.image).toMatch(/:initial$/);
    expect(last?.spec.components[0].properties.image).toBe(
      manifest.spec.components[0].properties.image,
    );
    const health = Object.fromEntries(
      last?.status.services.map((service: any) => [
        service.name,
        [
          service.healthy,
          service.traits.map((trait: any) => [trait.type, trait.healthy]),
        ],
      ]),
    );
    expect(health).toEqual({
      [name]: [true, [['path-based-ingress', true]]],
      [`${name}-table`]: [true, [['component-iam-policy', true]]],
    });
    await eventually(
      'Argo CD calls dev healthy',
      async () => {
        const status = (await application('dev-cd'))?.status;
        return status?.sync?.status === 'Synced' &&
          status?.health?.status === 'Healthy'
          ? true
          : undefined;
      },
      60,
    );
  });

  it('holds nothing in prod', async () => {
    const prod = await application('prod-cd');
    expect(prod?.status?.sync?.status).toBe('Synced');
    // Argo CD lists a manifest with the hook Skip, but never compares or applies it.
    expect(prod?.status?.resources).toEqual([
      {
        group: 'core.oam.dev',
        version: 'v1beta1',
        kind: 'Application',
        namespace: `${namespace}-prod`,
        name,
      },
    ]);
    expect(
      await cluster.get(
        'core.oam.dev',
        'v1beta1',
        `${namespace}-prod`,
        'applications',
        name,
      ),
    ).toBeUndefined();
    const manifest = await file('deployment/prod/application.yaml');
    expect(manifest.metadata.annotations['argocd.argoproj.io/hook']).toBe(
      'Skip',
    );
  });

  it('brings no namespace but its own and defines no components, whatever its repository says', async () => {
    const neighbour = {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: `neighbour-of-${name}` },
    };
    const definition = {
      apiVersion: 'core.oam.dev/v1beta1',
      kind: 'ComponentDefinition',
      metadata: { name: 'everything', namespace: `${namespace}-dev` },
      spec: {
        workload: { type: 'autodetects.core.oam.dev' },
        schematic: { cue: { template: 'output: parameter' } },
      },
    };
    const labels = { taken: 'true' };
    const wanted = [
      { ...neighbour, metadata: { ...neighbour.metadata, labels } },
      definition,
    ];
    await cluster.create(neighbour);
    await inRepository('contents/foreign/all.yaml', 'POST', {
      branch: 'main',
      new_branch: 'foreign',
      message: 'Take what is not ours',
      content: Buffer.from(
        wanted.map(object => JSON.stringify(object)).join('\n---\n'),
      ).toString('base64'),
    });
    const dev = (await application('dev-cd'))?.spec;
    const trial = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: `${name}-foreign`, namespace: 'argocd' },
      spec: {
        project: dev.project,
        source: { ...dev.source, targetRevision: 'foreign', path: 'foreign' },
        destination: dev.destination,
        syncPolicy: { automated: { prune: true }, retry: { limit: 0 } },
      },
    };
    await cluster.create(trial);

    let last: AnyObject | undefined;
    const { phase, syncResult } = await eventually(
      'the end of the attempt',
      async () => {
        last = await application('foreign');
        const state = last?.status?.operationState;
        return state?.finishedAt ? state : undefined;
      },
      90,
      () => last?.status,
    );
    expect(phase).toBe('Failed');
    expect(
      syncResult.resources.map(({ message }: AnyObject['status']) => message),
    ).toEqual(
      expect.arrayContaining([
        `resource :Namespace is not permitted in project ${name}-project`,
        `resource core.oam.dev:ComponentDefinition is not permitted in project ${name}-project`,
      ]),
    );
    const spaces = await cluster.list('v1', 'Namespace', '');
    const left = spaces.find(
      ({ metadata }) => metadata.name === neighbour.metadata.name,
    );
    expect(left?.metadata.labels).not.toHaveProperty('taken');
    await cluster.delete(trial);
    await cluster.delete(neighbour);
  });

  it('cannot be made twice', async () => {
    const again = await portal.createApp(values);
    expect(again.status).toBe('failed');
    expect(again.log.map(({ message }) => message).join('\n')).toContain(
      `name "${name}" is taken: the catalog has component:default/${name} already. Choose another name`,
    );
    expect(again.log.find(({ step }) => step === 'skeleton')?.message).toMatch(
      /Skipping step/,
    );
  });

  it('is finished by a second attempt when the first one stopped after the repository', async () => {
    const other = `${name}-3`;
    const refusal = refusalOf(other);
    for (const object of refusal) {
      await cluster.create(object);
    }
    // The API server takes a moment to enforce a new policy.
    await sleep(3_000);

    const first = await portal.createApp({ ...values, name: other });
    expect(first.status).toBe('failed');
    expect(first.log.map(({ message }) => message).join('\n')).toMatch(
      /refuses to apply AppProject argocd\/.*-project: .*the cluster is being upgraded/,
    );
    expect(first.log.find(({ step }) => step === 'catalog')?.message).toMatch(
      /Skipping step/,
    );

    for (const object of refusal) {
      await cluster.delete(object);
    }
    await sleep(3_000);
    const second = await portal.createApp({ ...values, name: other });
    expect(second.status).toBe('completed');
    const messages = second.log.map(({ message }) => message).join('\n');
    expect(messages).toMatch(/An earlier attempt made the repository/);
    expect(messages).toMatch(
      /Skipping step gitea because its if condition was false/,
    );
  });

  it('is not begun on a cluster that does not answer', async () => {
    const { delivery, scaffolder } = parse(
      readFileSync(join(platform, 'app-config.yaml'), 'utf8'),
    );
    const elsewhere = await startPortal(platform, {
      delivery: {
        clusters: [
          {
            ...delivery.clusters[0],
            operatorKubeconfig: join(platform, 'absent'),
          },
        ],
      },
      scaffolder,
    });
    const other = `${name}-2`;
    const failed = await elsewhere.createApp({ ...values, name: other });
    expect(failed.status).toBe('failed');
    expect(failed.log.map(({ message }) => message).join('\n')).toMatch(
      /kubeconfig .* of cluster "local" cannot be read/,
    );

    // Nothing is in the way of the second attempt.
    const second = await portal.createApp({ ...values, name: other });
    expect(second.status).toBe('completed');
  });
});
