import type {
  RenderedObject,
  RenderedRole,
} from '@golden-path/plugin-delivery-common';

/** What kinds are to an application; a group stands for all of its kinds. */
const ROLES: ReadonlyArray<[role: RenderedRole, names: readonly string[]]> = [
  [
    'workload',
    [
      'Deployment.apps',
      'StatefulSet.apps',
      'DaemonSet.apps',
      'Job.batch',
      'CronJob.batch',
      'Rollout.argoproj.io',
    ],
  ],
  [
    'network',
    [
      'Service.',
      'networking.k8s.io',
      'gateway.networking.k8s.io',
      'networking.istio.io',
      'elbv2.k8s.aws',
    ],
  ],
  [
    'identity',
    [
      'ServiceAccount.',
      'rbac.authorization.k8s.io',
      'iam.services.k8s.aws',
      'iam.aws.upbound.io',
      'eks.services.k8s.aws',
      'eks.aws.upbound.io',
    ],
  ],
  [
    'storage',
    [
      'PersistentVolumeClaim.',
      'dynamodb.services.k8s.aws',
      'dynamodb.aws.upbound.io',
      's3.services.k8s.aws',
      's3.aws.upbound.io',
      'rds.services.k8s.aws',
      'rds.aws.upbound.io',
    ],
  ],
  ['configuration', ['ConfigMap.', 'Secret.', 'external-secrets.io']],
  ['scaling', ['policy', 'autoscaling', 'keda.sh']],
  [
    'check',
    [
      'AnalysisTemplate.argoproj.io',
      'AnalysisRun.argoproj.io',
      'monitoring.coreos.com',
    ],
  ],
];

/** What an object is to the application that it was rendered for. */
export function roleOf({
  kind,
  group,
}: Pick<RenderedObject, 'kind' | 'group'>): RenderedRole {
  const role = ROLES.find(
    ([, names]) =>
      names.includes(`${kind}.${group}`) ||
      (group !== '' && names.includes(group)),
  );
  return role?.[0] ?? 'other';
}

/** The group of `group/version`; empty for the core group. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}
