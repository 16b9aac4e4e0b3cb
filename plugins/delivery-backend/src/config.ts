import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import type { ClusterSource } from './kubernetes';
import { redactCredentials } from './redactCredentials';

/** A configured cluster. */
export interface ClusterConfig {
  name: string;
  source: ClusterSource;
  argoCdNamespace: string;
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

const clusterSchema = z.object({
  name: required(
    'the name of the cluster, as in the annotation kro.run/cluster',
  ),
  kubeconfig: required('the path of a kubeconfig file'),
  context: required('the name of a context in the kubeconfig').optional(),
  operatorKubeconfig: required('the path of a kubeconfig file').optional(),
  argoCdNamespace: required('the namespace of Argo CD').default('argocd'),
  links: z
    .object({ argoCd: url.optional(), argoWorkflows: url.optional() })
    .default({}),
});

const KEY = 'delivery.clusters';

/** Clusters of the Kubernetes plugin that are described in the configuration itself. */
const kubernetesClusterSchema = z.object({
  name: z.string(),
  url: z.url(),
  authProvider: z.literal('serviceAccount'),
  serviceAccountToken: z.string().optional(),
  caData: z.string().optional(),
  caFile: z.string().optional(),
  skipTLSVerify: z.boolean().optional(),
});

/**
 * Reads the configured clusters.
 *
 * @returns an empty list where none is configured
 * @throws InputError that names the key, the value and what to do
 */
export function readClusters(config: Config): ClusterConfig[] {
  const given = config.getOptional(KEY);
  const clusters =
    given === undefined ? clustersOfKubernetes(config) : ownClusters(given);
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
    ({ name, kubeconfig, context, argoCdNamespace, links }) => ({
      name,
      source: { file: kubeconfig, context },
      argoCdNamespace,
      links,
    }),
  );
}

/** Without clusters of our own, those of the Kubernetes plugin that need no user's token. */
function clustersOfKubernetes(config: Config): ClusterConfig[] {
  const methods =
    config.getOptionalConfigArray('kubernetes.clusterLocatorMethods') ?? [];
  return methods
    .filter(method => method.getOptionalString('type') === 'config')
    .flatMap(method => method.getOptionalConfigArray('clusters') ?? [])
    .flatMap(cluster => {
      const parsed = kubernetesClusterSchema.safeParse(cluster.get());
      return parsed.success ? [parsed.data] : [];
    })
    .map(({ name, url: server, serviceAccountToken: token, ...tls }) => ({
      name,
      source: {
        server,
        token,
        caData: tls.caData,
        caFile: tls.caFile,
        skipTLSVerify: tls.skipTLSVerify,
      },
      argoCdNamespace: 'argocd',
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
