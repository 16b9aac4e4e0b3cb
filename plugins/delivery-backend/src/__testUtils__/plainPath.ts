import { isNo } from './deliveryFor';
import { object } from './object';
import { application, COMMIT, healthyPipeline, URI } from './objects';

/*
 * A golden path whose application is brought without KubeVela: by manifests that Argo CD
 * applies itself, or by an instance of kro.
 */
export const DEV = 'team-checkout-dev';
export const INSTANCE_UID = '7c1e2c1e-0000-4000-8000-000000000007';
const APPLYSET = 'applyset-hash-v1';

/** Labels of what the instance is made of. */
export const OF_INSTANCE = {
  'kro.run/instance-id': INSTANCE_UID,
  'applyset.kubernetes.io/part-of': APPLYSET,
};

/** The path, with these in dev. */
export function plainPath(
  resource: { group: string; kind: string; name?: string },
  options: { health?: string; images?: string[] } = {},
): object[] {
  const { health = 'Healthy', images = [] } = options;
  return [
    ...healthyPipeline().filter(isNo('Application', 'Deployment')),
    application('dev', COMMIT, {
      metadata: { uid: 'application-of-dev' },
      status: {
        health: { status: health },
        summary: { images },
        resources: [
          { name: 'checkout', namespace: DEV, status: 'Synced', ...resource },
        ],
      },
    }),
  ];
}

/** A Deployment or the like without labels, which selects `app: checkout`. */
export function workload(
  kind: 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Rollout',
  options: { labels?: object; ready?: number; rolledOut?: boolean } = {},
) {
  const { labels, ready = 0, rolledOut = true } = options;
  const updated = rolledOut ? 2 : 1;
  return object(
    kind === 'Rollout' ? 'argoproj.io/v1alpha1' : 'apps/v1',
    kind,
    'checkout',
    DEV,
    {
      metadata: { uid: `the-${kind}`, generation: 1, labels },
      spec: {
        replicas: 2,
        selector: {
          matchLabels: { app: 'checkout' },
          matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }],
        },
        template: {
          spec: {
            containers: [
              {
                image: `${URI}:${COMMIT}`,
                env: [{ name: 'PASSWORD', value: 'env-canary-value' }],
              },
            ],
          },
        },
      },
      status: {
        observedGeneration: kind === 'Rollout' ? '1' : 1,
        phase: 'Progressing',
        replicas: 2,
        updatedReplicas: updated,
        readyReplicas: ready,
        desiredNumberScheduled: 2,
        updatedNumberScheduled: updated,
        numberReady: ready,
      },
    },
  );
}

/** A recorded pod as a workload of this path would have it. */
export function podOf(
  recorded: any,
  owner: { kind: string; name: string },
  labels: object = {},
) {
  return {
    ...recorded,
    metadata: {
      ...recorded.metadata,
      namespace: DEV,
      labels: { app: 'checkout', ...labels },
      ownerReferences: [
        { apiVersion: 'apps/v1', uid: 'the-owner', controller: true, ...owner },
      ],
    },
  };
}

/** The instance of kro in dev. */
export function appmodService(childKinds = 'Deployment.apps,Service') {
  return object('kro.run/v1alpha1', 'AppmodService', 'checkout', DEV, {
    metadata: {
      uid: INSTANCE_UID,
      labels: { 'applyset.kubernetes.io/id': APPLYSET },
      annotations: {
        'applyset.kubernetes.io/contains-group-kinds': childKinds,
      },
    },
    spec: {
      image: `${URI}:${COMMIT}`,
      env: [{ name: 'PASSWORD', value: 'env-canary-value' }],
    },
    status: {
      state: 'ACTIVE',
      conditions: [{ type: 'Ready', status: 'True' }],
    },
  });
}
