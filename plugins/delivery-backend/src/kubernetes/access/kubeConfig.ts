import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Cluster, KubeConfig } from '@kubernetes/client-node';
import { parse } from 'yaml';
import { z } from 'zod';
import { TokenIssuer } from './RenewedToken';
import { redactCredentials } from '../../redactCredentials';

/** Where the access to a cluster is described. */
export type ClusterSource =
  | { file: string; context?: string }
  | {
      inCluster: true;
      /** Where the file system of the pod begins, for tests. */
      root?: string;
    }
  | {
      server: string;
      /** PEM, base64. */
      caData?: string;
      caFile?: string;
      skipTLSVerify?: boolean;
      token?: string;
      /** Issues tokens that expire, instead of one that does not. */
      tokens?: TokenIssuer;
    };

/** `tokenFile` of a user is part of the format, but @kubernetes/client-node drops it. */
const tokenFiles = z.object({
  users: z
    .array(
      z.object({
        name: z.string(),
        user: z.object({ tokenFile: z.string().optional() }).nullish(),
      }),
    )
    .nullish(),
});

/**
 * Loads a configuration of its own for each cluster: the library caches tokens by
 * user name inside one.
 *
 * @throws Error that says what is wrong with the source
 */
export async function loadKubeConfig(
  source: ClusterSource,
): Promise<{ kubeConfig: KubeConfig; cluster: Cluster }> {
  const clientNode = await import('@kubernetes/client-node');
  const kubeConfig = new clientNode.KubeConfig();
  if ('inCluster' in source) {
    kubeConfig.loadFromCluster(source.root);
  } else if ('server' in source) {
    const { token, tokens: _, ...cluster } = source;
    kubeConfig.loadFromClusterAndUser(
      { name: 'cluster', skipTLSVerify: false, ...cluster },
      { name: 'user', token },
    );
  } else {
    await loadFile(kubeConfig, source.file, source.context);
  }
  const cluster = kubeConfig.getCurrentCluster();
  if (!cluster) {
    const names = kubeConfig.getContexts().map(({ name }) => name);
    const current = kubeConfig.getCurrentContext();
    throw new Error(
      current
        ? `it has no context "${current}" with a cluster; contexts: ${names.join(
            ', ',
          )}`
        : `it has no current context; set one of: ${names.join(', ')}`,
    );
  }
  return { kubeConfig, cluster };
}

async function loadFile(
  kubeConfig: KubeConfig,
  file: string,
  context?: string,
): Promise<void> {
  const text = await readFile(file, 'utf8');
  if (text.trim() === '') {
    throw new Error('it is empty');
  }
  const folder = path.dirname(path.resolve(file));
  kubeConfig.loadFromString(text);
  kubeConfig.makePathsAbsolute(folder);
  if (context) {
    kubeConfig.setCurrentContext(context);
  }
  const { users } = tokenFiles.parse(parse(text));
  for (const user of kubeConfig.getUsers()) {
    const tokenFile = users?.find(({ name }) => name === user.name)?.user
      ?.tokenFile;
    if (tokenFile) {
      Object.assign(user, {
        // As in kubectl, the file wins over a token written beside it.
        token: undefined,
        authProvider: {
          name: 'tokenFile',
          config: { tokenFile: path.resolve(folder, tokenFile) },
        },
      });
    }
  }
}

/**
 * One line for a user. YAML and JSON parsers quote what they could not parse, which
 * may be a token, so their words are left out.
 */
export function describeFailure(source: ClusterSource, error: unknown): string {
  const subject = subjectOf(source);
  const { name, code, message, path: missing } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') {
    return 'file' in source && missing === source.file
      ? `${subject} does not exist (yet)`
      : `${subject}: ${missing ?? 'a program'} does not exist`;
  }
  if (name === 'YAMLException' || name === 'YAMLParseError') {
    return `${subject} is not valid YAML`;
  }
  if (code === 'ERR_INVALID_URL') {
    return `${subject}: its server is not a URL`;
  }
  if (error instanceof SyntaxError) {
    return 'file' in source
      ? `${subject}: the exec plugin did not print an ExecCredential`
      : `${subject}: what issues them did not answer in JSON`;
  }
  if ('file' in source && (name === 'ZodError' || name === 'TypeError')) {
    return `${subject} is not a kubeconfig`;
  }
  const [line] = String(message ?? error)
    .trim()
    .split('\n');
  return `${subject}: ${redactCredentials(line).slice(0, 200)}`;
}

function subjectOf(source: ClusterSource): string {
  if ('file' in source) {
    return `kubeconfig ${source.file}`;
  }
  return 'inCluster' in source
    ? "the pod's own account"
    : 'cluster credentials';
}
