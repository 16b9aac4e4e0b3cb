import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { clustersOfKubernetes } from './clustersOfKubernetes';
import type { ClusterSource } from './kubernetes';
import { redactCredentials } from './redactCredentials';

/** A configured cluster. */
export interface ClusterConfig {
  name: string;
  /** The account that reads. */
  source: ClusterSource;
  /** The account that acts, where there is one. */
  operator?: ClusterSource;
  argoCdNamespace: string;
  /** Names and addresses by which Argo CD knows the cluster, beside its name. */
  argoCdDestinations: string[];
  links: { argoCd?: string; argoWorkflows?: string };
}

const required = (what: string) =>
  z.string(`must be ${what}`).min(1, `must be ${what}`);

const url = z
  .url({
    protocol: /^https?$/,
    error: 'must be a complete http or https address',
  })
  .refine(
    // Links are shown to everybody.
    value => !/:\/\/[^/]*@/.test(value),
    'must be a complete http or https address without a user or password',
  );

const clusterSchema = z
  .object({
    name: required(
      'the name of the cluster, as in the annotation kro.run/cluster',
    ),
    kubeconfig: required('the path of a kubeconfig file').optional(),
    inCluster: z.boolean('must be true or false').default(false),
    context: required('the name of a context in the kubeconfig').optional(),
    operatorKubeconfig: required('the path of a kubeconfig file').optional(),
    argoCdNamespace: required('the namespace of Argo CD').default('argocd'),
    argoCdDestinations: z
      .array(
        required('a name or address of the cluster in Argo CD'),
        'must be a list of names and addresses',
      )
      .default([]),
    links: z
      .object({ argoCd: url.optional(), argoWorkflows: url.optional() })
      .default({}),
  })
  .superRefine(({ kubeconfig, inCluster, context }, { addIssue }) => {
    const refuse = (key: string, message: string) =>
      addIssue({ code: 'custom', path: [key], message });
    if (!kubeconfig && !inCluster) {
      refuse(
        'kubeconfig',
        'must be the path of a kubeconfig file, unless inCluster is true',
      );
    } else if (kubeconfig && inCluster) {
      refuse(
        'inCluster',
        'must be left out where there is a kubeconfig; give one of the two',
      );
    } else if (inCluster && context) {
      refuse('context', 'must be left out where inCluster is true');
    }
  });

const KEY = 'delivery.clusters';

/**
 * Reads the configured clusters.
 *
 * @param onUnusable - told of each cluster of the Kubernetes plugin that cannot be
 * watched, why, and what to do
 * @returns an empty list where none is configured
 * @throws InputError that names the key, the value and what to do
 */
export function readClusters(
  config: Config,
  onUnusable: (message: string) => void,
): ClusterConfig[] {
  const given = config.getOptional(KEY);
  const clusters =
    given === undefined
      ? kubernetesClusters(config, onUnusable)
      : ownClusters(given);
  const names = clusters.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new InputError(
      `Two clusters of ${KEY} have the name "${twice}"; give each its own.`,
    );
  }
  return clusters;
}

function ownClusters(given: unknown): ClusterConfig[] {
  const parsed = z
    .array(clusterSchema, 'must be a list of clusters')
    .safeParse(given);
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    throw new InputError(
      `${keyOf(path)} is ${describe(valueAt(given, path))}: it ${message}.`,
    );
  }
  return parsed.data.map(
    ({ name, kubeconfig, context, operatorKubeconfig, ...others }) => ({
      name,
      source: kubeconfig ? { file: kubeconfig, context } : { inCluster: true },
      operator: operatorKubeconfig
        ? { file: operatorKubeconfig, context }
        : undefined,
      argoCdNamespace: others.argoCdNamespace,
      argoCdDestinations: others.argoCdDestinations,
      links: others.links,
    }),
  );
}

/** Without clusters of our own, those of the Kubernetes plugin that need no user's token. */
function kubernetesClusters(
  config: Config,
  onUnusable: (message: string) => void,
): ClusterConfig[] {
  return clustersOfKubernetes(config, onUnusable).map(cluster => ({
    ...cluster,
    argoCdNamespace: 'argocd',
    argoCdDestinations:
      'server' in cluster.source ? [cluster.source.server] : [],
    links: {},
  }));
}

function keyOf(path: PropertyKey[]): string {
  return path.reduce<string>(
    (key, part) =>
      typeof part === 'number' ? `${key}[${part}]` : `${key}.${String(part)}`,
    KEY,
  );
}

function valueAt(value: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, part) => (at as Record<PropertyKey, unknown> | undefined)?.[part],
    value,
  );
}

/** Whoever writes a kubeconfig where its path belongs must not find it in the log. */
function describe(value: unknown): string {
  if (value === undefined) {
    return 'missing';
  }
  if (Array.isArray(value)) {
    return 'a list';
  }
  if (typeof value === 'object' && value !== null) {
    return 'an object';
  }
  const [line, ...more] = String(value).split('\n');
  return more.length > 0 || line.length > 200
    ? 'a long text'
    : redactCredentials(JSON.stringify(value));
}
