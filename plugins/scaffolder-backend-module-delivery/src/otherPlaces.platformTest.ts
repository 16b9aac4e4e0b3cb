import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { administrator, AnyObject } from './__testUtils__/administrator';
import { TEMPLATE } from './__testUtils__/dryRun';
import { eventually, startPortal } from './__testUtils__/portal';

jest.setTimeout(300_000);

const platform = process.env.DELIVERY_PLATFORM_DIR ?? '';
const read = (path: string) => readFileSync(join(platform, path), 'utf8');
const suffix = Date.now().toString(36);
const values = (name: string) => ({
  name,
  owner: 'group:default/payments',
  description: 'An application of the tests',
  port: 8080,
  replicas: 1,
  ingress: false,
  table: false,
});

/** The local cluster once more, as an Argo CD would know another one. */
function otherCluster(): { server: string; secret: object } {
  const { clusters, users } = JSON.parse(read('kubeconfig'));
  const { cluster } = clusters[0];
  const server = cluster.server.replace('127.0.0.1', 'localhost');
  return {
    server,
    secret: {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: `other-${suffix}`,
        namespace: 'argocd',
        labels: { 'argocd.argoproj.io/secret-type': 'cluster' },
      },
      stringData: {
        name: `other-${suffix}`,
        server,
        config: JSON.stringify({
          bearerToken: users[0].user.token,
          tlsClientConfig: { caData: cluster['certificate-authority-data'] },
        }),
      },
    },
  };
}

describe('on a platform where not everything is at its usual place', () => {
  const { delivery, integrations, scaffolder } =
    parse(platform ? read('app-config.yaml') : '{}') ?? {};
  const made: object[] = [];
  let cluster: Awaited<ReturnType<typeof administrator>>;

  const make = async (object: object) => {
    await cluster.create(object);
    made.unshift(object);
  };
  const application = (namespace: string, name: string) =>
    cluster.get(
      'argoproj.io',
      'v1alpha1',
      namespace,
      'applications',
      name,
    ) as Promise<AnyObject | undefined>;

  beforeAll(async () => {
    if (!platform) {
      throw new Error(
        'set DELIVERY_PLATFORM_DIR to the data folder of a running local platform',
      );
    }
    cluster = await administrator(platform);
  });

  afterAll(async () => {
    for (const object of made) {
      // What an object belonged to may have taken it along.
      await cluster.delete(object).catch(() => undefined);
    }
  });

  it('brings dev and prod to another cluster, where the project lets them in', async () => {
    const { server, secret } = otherCluster();
    await make(secret);
    const { parameters } = scaffolder.defaultEnvironment;
    const portal = await startPortal(platform, {
      scaffolder: {
        defaultEnvironment: {
          parameters: { ...parameters, devServer: server, prodServer: server },
        },
      },
    });
    const name = `far-${suffix}`;
    // Deleted in this order: Argo CD would bring the pipeline again.
    made.unshift(
      {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Application',
        metadata: { name: `${name}-cicd`, namespace: 'argocd' },
      },
      {
        apiVersion: 'kro.run/v1alpha1',
        kind: 'CICDPipeline',
        metadata: { name: `${name}-cicd-pipeline`, namespace: `team-${name}` },
      },
    );
    expect(await portal.createApp(values(name))).toMatchObject({
      status: 'completed',
    });

    const seen: Record<string, AnyObject['status']> = {};
    for (const [environment, health] of [
      ['dev', 'Healthy'],
      ['prod', undefined],
    ] as const) {
      const settled = await eventually(
        `${environment} on the other cluster`,
        async () => {
          const found = await application(
            'argocd',
            `${name}-${environment}-cd`,
          );
          seen[environment] = found?.status;
          const isSettled =
            found?.status?.sync?.status === 'Synced' &&
            (!health || found.status.health?.status === health);
          return isSettled ? found : undefined;
        },
        200,
        () => seen,
      );
      expect(settled.spec.destination.server).toBe(server);
      expect(settled.status.conditions ?? []).toEqual([]);
    }
    // The pipeline itself stayed on the hub.
    expect(
      (await application('argocd', `${name}-cicd`))?.spec.destination.server,
    ).toBe('https://kubernetes.default.svc');
  });

  it('keeps Applications in the namespace of Argo CD, whatever it is called', async () => {
    const gitops = `gitops-${suffix}`;
    const name = `near-${suffix}`;
    const namespace = `team-${name}`;
    for (const space of [gitops, namespace]) {
      await make({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: space },
      });
    }
    const portal = await startPortal(platform, {
      delivery: {
        clusters: [{ ...delivery.clusters[0], argoCdNamespace: gitops }],
      },
    });
    const refused = await portal.createApp(values(name));
    expect(refused.log.map(({ message }) => message).join('\n')).toMatch(
      new RegExp(
        `does not let the account read Application ${gitops}/${name}-cicd`,
      ),
    );

    // The rights that platform/rbac/operator.yaml tells how to give.
    const rights = parseAllDocuments(
      readFileSync(
        join(TEMPLATE, '../../platform/rbac/operator.yaml'),
        'utf8',
      ).replace(/namespace: argocd$/gm, `namespace: ${gitops}`),
    ).map(document => document.toJS());
    for (const object of rights.filter(({ metadata }) => metadata.namespace)) {
      await make(object);
    }
    expect(await portal.createApp(values(name))).toMatchObject({
      status: 'completed',
    });
    expect((await application(gitops, `${name}-cicd`))?.spec.project).toBe(
      `${name}-project`,
    );

    // The local Argo CD is in argocd: what it would bring from Git is brought here.
    const [{ baseUrl, username, password }] = integrations.gitea;
    const { gitOwner } = scaffolder.defaultEnvironment.parameters;
    const response = await fetch(
      `${baseUrl}/api/v1/repos/${gitOwner}/${name}/raw/pipeline/cicdpipeline.yaml?ref=main`,
      {
        headers: {
          Authorization: `Basic ${Buffer.from(
            `${username}:${password}`,
          ).toString('base64')}`,
        },
      },
    );
    const pipeline = parse(await response.text());
    expect(pipeline.spec.argoCd).toEqual({ namespace: gitops });
    await make(pipeline);

    for (const environment of ['dev', 'prod']) {
      const child = await eventually(
        `${environment} in ${gitops}`,
        () => application(gitops, `${name}-${environment}-cd`),
        120,
      );
      expect(child.metadata.labels).toMatchObject({
        'kro.run/instance-name': `${name}-cicd-pipeline`,
      });
      expect(
        await application('argocd', `${name}-${environment}-cd`),
      ).toBeUndefined();
    }
  });
});
