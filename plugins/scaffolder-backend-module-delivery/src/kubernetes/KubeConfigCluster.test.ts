import { writeFileSync } from 'node:fs';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { jsonServer } from '../__testUtils__/serve';
import { registrationManifests } from '../manifests/registration';
import { KINDS } from './Cluster';
import { kubeConfigClusters } from './KubeConfigCluster';

const directory = createMockDirectory();
const server = jsonServer();
const { project } = registrationManifests({
  name: 'shop',
  namespace: 'team-shop',
  repositoryUrl: 'https://gitea.example.com/golden-path/shop.git',
  argoCdNamespace: 'argocd',
});

function clusterAt(url: string, changes: object = {}) {
  const kubeconfig = directory.resolve('kubeconfig');
  writeFileSync(
    kubeconfig,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [
        {
          name: 'c',
          cluster: { server: url, 'insecure-skip-tls-verify': true },
        },
      ],
      users: [{ name: 'u', user: { token: 'very-secret' } }],
      contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
      'current-context': 'x',
    }),
  );
  return kubeConfigClusters([
    { name: 'local', kubeconfig, argoCdNamespace: 'argocd', ...changes },
  ]);
}

const status = (code: number, message: string) => ({
  status: code,
  body: { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, code },
});

// Jest loads the 60 MB of the Kubernetes client module by module.
jest.setTimeout(60_000);

describe('KubeConfigCluster', () => {
  it('applies on the server under its own name, and again with the same effect', async () => {
    const { url, seen } = await server.start(({ body }) => ({
      status: 200,
      body: { ...body, metadata: { ...body.metadata, uid: 'uid-1' } },
    }));
    const cluster = await clusterAt(url).get('local');

    expect(await cluster.apply(KINDS.project, project)).toEqual({
      uid: 'uid-1',
    });
    expect(await cluster.apply(KINDS.project, project)).toEqual({
      uid: 'uid-1',
    });
    await cluster.apply(KINDS.project, project, { dryRun: true });

    expect(seen).toHaveLength(3);
    for (const [index, request] of seen.entries()) {
      expect(request).toMatchObject({
        method: 'PATCH',
        path: '/apis/argoproj.io/v1alpha1/namespaces/argocd/appprojects/shop-project',
        body: project,
      });
      expect(request.headers['content-type']).toBe(
        'application/apply-patch+yaml',
      );
      expect(request.headers.authorization).toBe('Bearer very-secret');
      expect(request.query.get('fieldManager')).toBe('delivery-scaffolder');
      expect(request.query.get('force')).toBe(null);
      expect(request.query.get('dryRun')).toBe(index === 2 ? 'All' : null);
    }
  });

  it('knows what the API server serves', async () => {
    const { url } = await server.start(({ path }) => {
      switch (path) {
        case '/version':
        case '/version/':
          return { status: 200, body: { gitVersion: 'v1.37.2' } };
        case '/apis/argoproj.io/v1alpha1':
          return {
            status: 200,
            body: {
              kind: 'APIResourceList',
              groupVersion: 'argoproj.io/v1alpha1',
              resources: [{ name: 'applications', kind: 'Application' }],
            },
          };
        case '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/shop-cicd':
          return { status: 200, body: { spec: { project: 'shop-project' } } };
        default:
          return status(404, 'not found');
      }
    });
    const cluster = await clusterAt(url).get(undefined);

    expect(await cluster.version()).toBe('v1.37.2');
    expect(await cluster.kinds('argoproj.io', 'v1alpha1')).toEqual([
      'Application',
    ]);
    expect(await cluster.kinds('kro.run', 'v1alpha1')).toEqual([]);
    expect(
      (await cluster.get(KINDS.application, 'argocd', 'shop-cicd'))?.spec,
    ).toEqual({ project: 'shop-project' });
    expect(
      await cluster.get(KINDS.application, 'argocd', 'other-cicd'),
    ).toBeUndefined();
  });

  it.each([
    [401, 'Unauthorized', 'AuthenticationError', /does not accept the account/],
    [
      403,
      'no create',
      'NotAllowedError',
      /apply AppProject argocd\/shop-project: no create\. .*platform\/rbac/,
    ],
    [
      404,
      'the server could not find',
      'ServiceUnavailableError',
      /kind or the namespace is not there/,
    ],
    [
      409,
      'conflict with "argocd-ui"',
      'ConflictError',
      /somebody else manages it: conflict with "argocd-ui"/,
    ],
    [
      422,
      'spec.sourceRepos is wrong',
      'InputError',
      /spec\.sourceRepos is wrong/,
    ],
    [500, 'etcd is slow', 'ServiceUnavailableError', /etcd is slow.*Try again/],
    [503, '', 'ServiceUnavailableError', /HTTP 503/],
  ])('explains an answer %d', async (code, message, name, expected) => {
    const { url } = await server.start(() => status(code, message));
    const cluster = await clusterAt(url).get('local');
    const error = await cluster
      .apply(KINDS.project, project)
      .catch(thrown => thrown);

    expect(error).toMatchObject({
      name,
      message: expect.stringMatching(expected),
    });
    expect(error.message).toContain(`cluster "local" (${url})`);
    expect(error.message).not.toContain('very-secret');
  });

  it('explains a cluster that does not answer', async () => {
    const { url } = await server.start(() => undefined);
    await expect(
      (await clusterAt(url).get('local')).version(),
    ).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringMatching(
        /does not answer .*socket hang up.*try again/,
      ),
    });
    await expect(
      (await clusterAt('https://127.0.0.1:1').get('local')).version(),
    ).rejects.toThrow(/does not answer .*ECONNREFUSED/);
  });

  it('knows the namespace of Argo CD without asking the cluster', () => {
    const clusters = clusterAt('https://127.0.0.1:1', {
      argoCdNamespace: 'gitops',
    });
    expect(clusters.argoCdNamespace('local')).toBe('gitops');
    expect(clusters.argoCdNamespace(undefined)).toBe('gitops');
    expect(clusters.argoCdNamespace('other')).toBe('argocd');
    expect(kubeConfigClusters([]).argoCdNamespace(undefined)).toBe('argocd');
  });

  it('explains a configuration that leads nowhere', async () => {
    const clusters = clusterAt('https://127.0.0.1:1');
    await expect(clusters.get('other')).rejects.toThrow(
      /cluster "other" is not in delivery\.clusters of the app-config \(known: "local"\)/,
    );
    await expect(kubeConfigClusters([]).get(undefined)).rejects.toThrow(
      /delivery\.clusters is empty/,
    );
    await expect(
      clusterAt('https://127.0.0.1:1', { kubeconfig: undefined }).get('local'),
    ).rejects.toThrow(
      /cluster "local" has no operatorKubeconfig in delivery\.clusters/,
    );
    await expect(
      clusterAt('https://127.0.0.1:1', { context: 'y' }).get('local'),
    ).rejects.toThrow(/has no context "y" with a cluster/);
    await expect(
      clusterAt('https://127.0.0.1:1', {
        kubeconfig: directory.resolve('absent'),
      }).get('local'),
    ).rejects.toThrow(/of cluster "local" cannot be read \(ENOENT/);
  });
});
