import { ConfigReader } from '@backstage/config';
import { readClusters } from './config';

const read = (data: object) => readClusters(new ConfigReader(data as never));
const own = (...clusters: object[]) => read({ delivery: { clusters } });

describe('readClusters', () => {
  it('reads clusters with their defaults', () => {
    expect(
      own(
        { name: 'hub', kubeconfig: '/etc/hub' },
        {
          name: 'spoke',
          kubeconfig: '/etc/spoke',
          context: 'reader',
          argoCdNamespace: 'gitops',
          links: { argoCd: 'https://argocd.example' },
        },
      ),
    ).toEqual([
      {
        name: 'hub',
        source: { file: '/etc/hub', context: undefined },
        argoCdNamespace: 'argocd',
        links: {},
      },
      {
        name: 'spoke',
        source: { file: '/etc/spoke', context: 'reader' },
        argoCdNamespace: 'gitops',
        links: { argoCd: 'https://argocd.example' },
      },
    ]);
  });

  it.each([
    [
      [{ name: 'hub' }],
      'delivery.clusters[0].kubeconfig is missing: it must be the path of a kubeconfig file.',
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

  it('uses the clusters of the Kubernetes plugin where it has none', () => {
    const kubernetes = {
      clusterLocatorMethods: [
        { type: 'catalog' },
        {
          type: 'config',
          clusters: [
            {
              name: 'hub',
              url: 'https://hub.example',
              authProvider: 'serviceAccount',
              serviceAccountToken: 'token',
              caData: 'Y2E=',
            },
            { name: 'own', url: 'https://own.example', authProvider: 'oidc' },
          ],
        },
      ],
    };
    expect(read({ kubernetes })).toEqual([
      {
        name: 'hub',
        source: {
          server: 'https://hub.example',
          token: 'token',
          caData: 'Y2E=',
        },
        argoCdNamespace: 'argocd',
        links: {},
      },
    ]);
    expect(read({ kubernetes, delivery: { clusters: [] } })).toEqual([]);
    expect(read({})).toEqual([]);
  });
});
