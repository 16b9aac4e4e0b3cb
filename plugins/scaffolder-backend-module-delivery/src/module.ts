import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { createCheckAppAction } from './actions/checkApp';
import { createEmitApplicationAction } from './actions/emitApplication';
import { createEmitPipelineAction } from './actions/emitPipeline';
import { createRegisterPipelineAction } from './actions/registerPipeline';
import { createWaitForEntityAction } from './actions/waitForEntity';
import { readClusters } from './config';
import { integrationGitHosts } from './git/OctokitGitHost';
import { kubeConfigClusters } from './kubernetes/KubeConfigCluster';

/**
 * Scaffolder actions that put an application on the golden path.
 *
 * @public
 */
export const scaffolderModuleDelivery = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'delivery',
  register(env) {
    env.registerInit({
      deps: {
        scaffolder: scaffolderActionsExtensionPoint,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
      },
      async init({ scaffolder, catalog, config }) {
        const clusters = kubeConfigClusters(readClusters(config));
        const gitHosts = integrationGitHosts(
          ScmIntegrations.fromConfig(config),
        );
        scaffolder.addActions(
          createCheckAppAction({ catalog, clusters, gitHosts }),
          createEmitPipelineAction(),
          createEmitApplicationAction(),
          createRegisterPipelineAction({ clusters }),
          createWaitForEntityAction({ catalog }),
        );
      },
    });
  },
});
