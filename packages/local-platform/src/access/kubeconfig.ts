/** What a kubeconfig says about one account of the local cluster. */
export interface KubeconfigOptions {
  server: string;
  /** PEM of the certificate to trust. */
  certificate: string;
  user: string;
  token: string;
}

/** Name of the cluster in kubeconfigs, Backstage and docs. */
export const CLUSTER_NAME = 'local';

/**
 * Content of a kubeconfig file. It is JSON, which is YAML as well, so that no library is needed to write it.
 */
export function kubeconfig(options: KubeconfigOptions): string {
  const { server, certificate, user, token } = options;
  const content = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': CLUSTER_NAME,
    clusters: [
      {
        name: CLUSTER_NAME,
        cluster: {
          server,
          'certificate-authority-data':
            Buffer.from(certificate).toString('base64'),
        },
      },
    ],
    users: [{ name: user, user: { token } }],
    contexts: [
      { name: CLUSTER_NAME, context: { cluster: CLUSTER_NAME, user } },
    ],
  };
  return `${JSON.stringify(content, undefined, 2)}\n`;
}
