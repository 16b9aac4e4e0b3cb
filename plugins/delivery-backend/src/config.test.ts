import { ConfigReader } from '@backstage/config';
import { readClusters } from './config';

const unusable = jest.fn();
const read = (data: object) =>
  readClusters(new ConfigReader(data as never), unusable);
const own = (...clusters: object[]) => read({ delivery: { clusters } });

beforeEach(() => unusable.mockClear());

describe('readClusters', () => {
  it('reads clusters with their defaults', () => {
    expect(
      own(
        { name: 'hub', kubeconfig: '/etc/hub' },
        {
          name: 'spoke',
          kubeconfig: '/etc/spoke',
          context: 'reader',
          operatorKubeconfig: '/etc/operator',
          argoCdNamespace: 'gitops',
          argoCdDestinations: ['arn:aws:eks:eu-west-1:1:cluster/spoke'],
          links: { argoCd: 'https://argocd.example' },
        },
        { name: 'here', inCluster: true },
      ),
    ).toEqual([
      {
        name: 'hub',
        source: { file: '/etc/hub', context: undefined },
        argoCdNamespace: 'argocd',
        argoCdDestinations: [],
        links: {},
      },
      {
        name: 'spoke',
        source: { file: '/etc/spoke', context: 'reader' },
        operator: { file: '/etc/operator', context: 'reader' },
        argoCdNamespace: 'gitops',
        argoCdDestinations: ['arn:aws:eks:eu-west-1:1:cluster/spoke'],
        links: { argoCd: 'https://argocd.example' },
      },
      {
        name: 'here',
        source: { inCluster: true },
        argoCdNamespace: 'argocd',
        argoCdDestinations: [],
        links: {},
      },
    ]);
  });

  it.each([
    [
      [{ name: 'hub' }],
      'delivery.clusters[0].kubeconfig is missing: it must be the path of a kubeconfig file, unless inCluster is true.',
    ],
    [
      [{ name: 'hub', kubeconfig: '/etc/hub', inCluster: true }],
      'delivery.clusters[0].inCluster is true: it must be left out where there is a kubeconfig; give one of the two.',
    ],
    [
      [{ name: 'hub', inCluster: true, argoCdDestinations: [''] }],
      'delivery.clusters[0].argoCdDestinations[0] is "": it must be a name or address of the cluster in Argo CD.',
    ],
    [
      [{ name: 'hub', inCluster: true, context: 'reader' }],
      'delivery.clusters[0].context is "reader": it must be left out where inCluster is true.',
    ],
    [
      [{ name: 'hub', inCluster: 'yes' }],
      'delivery.clusters[0].inCluster is "yes": it must be true or false.',
    ],
    [
      [{ name: 'hub', kubeconfig: '' }],
      'delivery.clusters[0].kubeconfig is "": it must be the path of a kubeconfig file.',
    ],
    [
      [
        {
          name: 'hub',
          kubeconfig: '/etc/hub',
          links: { argoCd: 'argocd.example' },
        },
      ],
      'delivery.clusters[0].links.argoCd is "argocd.example": it must be a complete http or https address.',
    ],
    [
      [
        { name: 'hub', kubeconfig: '/etc/hub' },
        { name: 'hub', kubeconfig: '/etc/other' },
      ],
      'Two clusters of delivery.clusters have the name "hub"; give each its own.',
    ],
  ])('refuses %j', (clusters, message) => {
    expect(() => own(...clusters)).toThrow(message);
  });

  it.each([
    ['an object', { users: [{ user: { token: 'canary' } }] }],
    ['a list', ['canary']],
    ['a long text', 'users:\n  - user: { token: canary }'],
    ['"https://***@argocd.example"', 'https://ci:canary@argocd.example'],
  ])('speaks of %s where that may be secret', (quoted, argoCd) => {
    const cluster = { name: 'hub', kubeconfig: '/etc/hub', links: { argoCd } };
    expect(() => own(cluster)).toThrow(
      `delivery.clusters[0].links.argoCd is ${quoted}: it must be a complete http or https address`,
    );
  });

  it('refuses what is not a list', () => {
    expect(() => read({ delivery: { clusters: 'hub' } })).toThrow(
      'delivery.clusters is "hub": it must be a list of clusters.',
    );
  });

  it('uses the clusters of the Kubernetes plugin where it has none of its own', () => {
    const kubernetes = {
      clusterLocatorMethods: [{ type: 'localKubectlProxy' }],
    };
    expect(read({ kubernetes })).toEqual([
      {
        name: 'local',
        source: { server: 'http://127.0.0.1:8001', skipTLSVerify: true },
        argoCdNamespace: 'argocd',
        argoCdDestinations: ['http://127.0.0.1:8001'],
        links: {},
      },
    ]);
    expect(read({ kubernetes, delivery: { clusters: [] } })).toEqual([]);
    expect(read({})).toEqual([]);
  });
});

describe('clusters of the Kubernetes plugin', () => {
  const url = 'https://hub.example';
  const sourceOf = (cluster: object) =>
    read({
      kubernetes: {
        clusterLocatorMethods: [
          { type: 'config', clusters: [{ name: 'hub', url, ...cluster }] },
        ],
      },
    })[0]?.source;

  it.each<[string, object, object]>([
    [
      'a token',
      {
        authProvider: 'serviceAccount',
        serviceAccountToken: 'token',
        caData: 'Y2E=',
        skipTLSVerify: 'true',
      },
      { server: url, token: 'token', caData: 'Y2E=', skipTLSVerify: true },
    ],
    [
      'a token in authMetadata, which wins',
      {
        authProvider: 'oidc',
        authMetadata: {
          'kubernetes.io/auth-provider': 'serviceAccount',
          serviceAccountToken: 'token',
        },
        caFile: '/etc/ca',
      },
      { server: url, token: 'token', caFile: '/etc/ca' },
    ],
    [
      "the pod's account",
      { authProvider: 'serviceAccount' },
      { inCluster: true },
    ],
    [
      'a kubectl proxy',
      { authProvider: 'localKubectlProxy' },
      { server: url, skipTLSVerify: true },
    ],
    ...['aws', 'googleServiceAccount', 'azure'].map(
      authProvider =>
        [
          `tokens of ${authProvider}`,
          { authProvider, caData: 'Y2E=' },
          { server: url, caData: 'Y2E=', tokens: expect.any(Function) },
        ] as [string, object, object],
    ),
  ])('are reached with %s', (_, cluster, source) => {
    expect(sourceOf(cluster)).toEqual(source);
    expect(unusable).not.toHaveBeenCalled();
  });

  it.each<[object, string]>([
    [
      { authProvider: 'oidc', oidcTokenProvider: 'okta' },
      'Cluster hub of kubernetes.clusterLocatorMethods[0].clusters[0] is not watched: its authProvider oidc needs the token of whoever looks, and one watch serves all who look. To watch it, add it to delivery.clusters with an account that may read',
    ],
    [
      { authProvider: 'google' },
      'authProvider google needs the token of whoever',
    ],
    [{ authProvider: 'aks' }, 'authProvider aks needs the token of whoever'],
    [
      { authProvider: 'ours' },
      'authProvider ours is none that this plugin knows',
    ],
    [{}, 'it has no authProvider'],
    [
      { authProvider: 'serviceAccount', url: 'hub.example' },
      'Cluster hub is not watched: kubernetes.clusterLocatorMethods[0].clusters[0].url is not understood (',
    ],
    [
      { authProvider: 'serviceAccount', serviceAccountToken: { secret: 1 } },
      'kubernetes.clusterLocatorMethods[0].clusters[0].serviceAccountToken is not understood (',
    ],
  ])('of %j are left out with a reason', (cluster, reason) => {
    expect(sourceOf(cluster)).toBeUndefined();
    expect(unusable).toHaveBeenCalledTimes(1);
    expect(unusable.mock.calls[0][0]).toContain(reason);
  });

  it('that cannot be known, or have the name of another, are left out with a reason', () => {
    const cluster = { name: 'local', url, authProvider: 'serviceAccount' };
    const found = read({
      kubernetes: {
        clusterLocatorMethods: [
          { type: 'catalog' },
          { type: 'gke', projectId: 'p' },
          { type: 'localKubectlProxy' },
          { type: 'config', clusters: [cluster] },
          { type: 'config', clusters: 'none' },
        ],
      },
    });
    expect(found.map(({ name }) => name)).toEqual(['local']);
    expect(unusable.mock.calls.map(([message]) => message)).toEqual([
      expect.stringMatching(/clusterLocatorMethods\[0\] \(type catalog\)/),
      expect.stringMatching(/clusterLocatorMethods\[1\] \(type gke\)/),
      expect.stringMatching(/its name local is that of another/),
    ]);
  });
});
