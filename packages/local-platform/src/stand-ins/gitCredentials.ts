import type { Cluster } from '../cluster/Cluster.ts';
import type { KubernetesObject } from '../cluster/manifests.ts';
import type { PlatformState } from '../state.ts';

/** Name in CICDPipelines that do not say otherwise. */
const DEFAULT_NAME = 'gitlab-credentials';

interface PipelineSpec {
  gitlab?: { credentialsSecret?: string };
}

/**
 * Plays the secret store: a pipeline's namespace gets the Secret with the credentials for Git, as External Secrets would
 * bring it from AWS.
 */
export function playGitCredentials(options: {
  cluster: Cluster;
  credentials: PlatformState['git'];
  signal: AbortSignal;
  onError: (error: unknown) => void;
}): void {
  const { cluster, credentials, signal, onError } = options;
  const made = new Set<string>();
  void cluster.follow('/apis/kro.run/v1alpha1/cicdpipelines', {
    signal,
    onObject: (pipeline: KubernetesObject) => {
      const { namespace } = pipeline.metadata;
      const spec = (pipeline.spec ?? {}) as PipelineSpec;
      const name = spec.gitlab?.credentialsSecret ?? DEFAULT_NAME;
      const key = `${pipeline.metadata.uid}/${name}`;
      if (made.has(key)) {
        return;
      }
      made.add(key);
      cluster
        .apply(
          [
            {
              apiVersion: 'v1',
              kind: 'Secret',
              metadata: { name, namespace },
              stringData: {
                username: credentials.username,
                token: credentials.password,
              },
            },
          ],
          'local-platform',
        )
        .catch(error => {
          made.delete(key);
          onError(error);
        });
    },
  });
}
