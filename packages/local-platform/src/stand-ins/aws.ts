import { AWS_ACCOUNT_ID, AWS_REGION } from '../access/portalConfig.ts';
import type { Cluster } from '../cluster/Cluster.ts';
import type { KubernetesObject } from '../cluster/manifests.ts';

/** How long AWS would take to make the thing. */
const DELAY_MS = 1_500;
const REGION_ANNOTATION = 'services.k8s.aws/region';

interface AckStatus {
  conditions?: { type: string; status: string }[];
}

interface PlayedKind {
  path: string;
  /** Amazon resource name, and what else the controller would report. */
  status(name: string, region: string): { arn: string; [key: string]: string };
}

const arn = (service: string, region: string, resource: string) =>
  `arn:aws:${service}:${region}:${AWS_ACCOUNT_ID}:${resource}`;

/** The kinds of ACK (AWS Controllers for Kubernetes) that a golden path uses. */
const KINDS: readonly PlayedKind[] = [
  {
    path: '/apis/ecr.services.k8s.aws/v1alpha1/repositories',
    status: (name, region) => ({
      arn: arn('ecr', region, `repository/${name}`),
      repositoryURI: `${AWS_ACCOUNT_ID}.dkr.ecr.${region}.amazonaws.com/${name}`,
    }),
  },
  {
    path: '/apis/dynamodb.services.k8s.aws/v1alpha1/tables',
    status: (name, region) => ({
      arn: arn('dynamodb', region, `table/${name}`),
      tableStatus: 'ACTIVE',
    }),
  },
  {
    path: '/apis/iam.services.k8s.aws/v1alpha1/policies',
    status: name => ({ arn: arn('iam', '', `policy/${name}`) }),
  },
  {
    path: '/apis/iam.services.k8s.aws/v1alpha1/roles',
    status: name => ({ arn: arn('iam', '', `role/${name}`) }),
  },
  {
    path: '/apis/eks.services.k8s.aws/v1alpha1/podidentityassociations',
    status: (name, region) => ({
      arn: arn('eks', region, `podidentityassociation/${name}`),
    }),
  },
];

/** What ACK's controller would write into the status of an object that it has made in AWS. */
export function syncedStatus(
  object: KubernetesObject,
  kind: Pick<PlayedKind, 'status'>,
  now: Date,
): Record<string, unknown> {
  const spec = (object.spec ?? {}) as { name?: string; tableName?: string };
  const name = spec.name ?? spec.tableName ?? object.metadata.name;
  const region = object.metadata.annotations?.[REGION_ANNOTATION] ?? AWS_REGION;
  const { arn: resource, ...rest } = kind.status(name, region);
  return {
    ...rest,
    ackResourceMetadata: {
      arn: resource,
      ownerAccountID: AWS_ACCOUNT_ID,
      region,
    },
    conditions: ['ACK.ResourceSynced', 'Ready'].map(type => ({
      type,
      status: 'True',
      lastTransitionTime: now.toISOString(),
    })),
  };
}

function isSynced(object: KubernetesObject): boolean {
  const { conditions = [] } = (object.status ?? {}) as AckStatus;
  return conditions.some(
    ({ type, status }) => type === 'ACK.ResourceSynced' && status === 'True',
  );
}

/** Plays ACK's controllers: what is asked for is there a moment later. */
export function playAws(options: {
  cluster: Cluster;
  signal: AbortSignal;
  onError: (error: unknown) => void;
}): void {
  const { cluster, signal, onError } = options;
  const pending = new Set<string>();
  for (const kind of KINDS) {
    void cluster.follow(kind.path, {
      signal,
      onObject: object => {
        const { uid = '' } = object.metadata;
        if (isSynced(object) || pending.has(uid)) {
          return;
        }
        pending.add(uid);
        setTimeout(() => {
          cluster
            .patchStatus(object, syncedStatus(object, kind, new Date()))
            .catch(onError)
            .finally(() => pending.delete(uid));
        }, DELAY_MS).unref();
      },
    });
  }
}
