import path from 'node:path';
import type { BackendFeature } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { deliveryPlugin } from '../plugin';
import { entity } from './entity';

/** The plugin over the local platform, with the account that only reads. */
export function startOnPlatform(
  app: string,
  namespace: string,
  features: BackendFeature[] = [],
) {
  const kubeconfig = path.join(
    process.env.DELIVERY_PLATFORM_DIR ?? '',
    'kubeconfig-reader',
  );
  return startTestBackend({
    features: [
      deliveryPlugin,
      mockServices.rootConfig.factory({
        data: { delivery: { clusters: [{ name: 'local', kubeconfig }] } },
      }),
      catalogServiceMock.factory({
        entities: [
          entity({
            'kro.run/instance-name': `${app}-cicd-pipeline`,
            'kro.run/instance-namespace': namespace,
          }),
        ],
      }),
      ...features,
    ],
  });
}

/** A pipeline of a repository that does not exist, which its set-up finds out. */
export function pipelineWithoutRepository(app: string, namespace: string) {
  return {
    apiVersion: 'kro.run/v1alpha1',
    kind: 'CICDPipeline',
    metadata: { name: `${app}-cicd-pipeline` },
    spec: {
      name: `${app}-cicd`,
      aws: { region: 'us-west-2', accountId: '000000000000' },
      application: { name: app },
      gitlab: { hostname: 'git.invalid', username: 'nobody' },
      hub: { hostname: 'hub.localhost' },
      environments: {
        dev: { namespace: `${namespace}-dev` },
        prod: { namespace: `${namespace}-prod` },
      },
    },
  };
}
