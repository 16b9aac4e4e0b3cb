import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { readClusters } from '../config';
import { IntegrationRepositories } from '../git/IntegrationRepositories';
import { historyServiceRef } from '../history/historyServiceRef';
import { HttpTransport, KubeConfigAccess } from '../kubernetes';
import { Discovery } from '../kubernetes/Discovery';
import { systemClock } from '../kubernetes/clock';
import { deliveryServiceRef } from '../service/deliveryServiceRef';
import { OperationService } from './OperationService';
import { OperatorCluster } from './OperatorCluster';

/** Does what routes and actions ask for, under the operator accounts of the clusters. */
export const operationServiceRef = createServiceRef<OperationService>({
  id: 'delivery.operations',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        config: coreServices.rootConfig,
        delivery: deliveryServiceRef,
        history: historyServiceRef,
        lifecycle: coreServices.lifecycle,
      },
      factory({ config, delivery, history, lifecycle }) {
        // What cannot be used is told where the clusters are watched.
        const clusters = readClusters(config, () => {}).flatMap(
          ({ name, operator }) => (operator ? [{ name, operator }] : []),
        );
        const connected = clusters.map(({ name, operator }) => {
          const transport = new HttpTransport(new KubeConfigAccess(operator));
          lifecycle.addShutdownHook(() => transport.close());
          const discovery = new Discovery(transport, systemClock);
          return [
            name,
            new OperatorCluster(name, transport, discovery),
          ] as const;
        });
        return new OperationService({
          inspect: entity => delivery.inspect(entity),
          clusters: new Map(connected),
          record: promotions => history.recorder.record(promotions),
          repositories: new IntegrationRepositories(
            ScmIntegrations.fromConfig(config),
          ),
        });
      },
    }),
});
