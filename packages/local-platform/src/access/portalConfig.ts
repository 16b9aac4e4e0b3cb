import type { PlatformFolder } from '../folder.ts';
import type { PlatformState } from '../state.ts';
import { CLUSTER_NAME } from './kubeconfig.ts';

/** Organisation in Gitea that owns the applications' repositories. */
export const GIT_ORGANISATION = 'golden-path';

/** Name under which the Git server would reach the webhooks, if the local cluster had a load balancer. */
export const HUB_HOSTNAME = 'hub.localhost';

export const AWS_ACCOUNT_ID = '000000000000';
export const AWS_REGION = 'us-west-2';

/**
 * Content of the configuration file that Backstage loads on top of its own (JSON, which is YAML as well).
 */
export function portalConfig(
  folder: PlatformFolder,
  state: PlatformState,
): string {
  const gitHost = `127.0.0.1:${state.ports.gitea}`;
  const content = {
    delivery: {
      clusters: [
        {
          name: CLUSTER_NAME,
          kubeconfig: folder.readerKubeconfig,
          operatorKubeconfig: folder.operatorKubeconfig,
          argoCdNamespace: 'argocd',
        },
      ],
    },
    backend: { reading: { allow: [{ host: gitHost }] } },
    integrations: {
      gitea: [
        {
          host: gitHost,
          baseUrl: `http://${gitHost}`,
          username: state.git.username,
          password: state.git.password,
        },
      ],
    },
    scaffolder: {
      defaultEnvironment: {
        parameters: {
          gitHost,
          gitOwner: GIT_ORGANISATION,
          gitProvider: 'gitea',
          awsAccountId: AWS_ACCOUNT_ID,
          awsRegion: AWS_REGION,
          awsResourcePrefix: 'peeks',
          eksClusterName: 'hub',
          cluster: CLUSTER_NAME,
          hubHostname: HUB_HOSTNAME,
          ingressDomain: 'apps.localhost',
        },
      },
    },
  };
  return `# Written by the local platform at each start.\n${JSON.stringify(
    content,
    undefined,
    2,
  )}\n`;
}
