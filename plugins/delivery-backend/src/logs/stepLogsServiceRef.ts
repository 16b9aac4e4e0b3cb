import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { readClusters } from '../config';
import { historyServiceRef } from '../history/historyServiceRef';
import { HttpTransport, KubeConfigAccess } from '../kubernetes';
import { systemClock } from '../kubernetes/clock';
import { Discovery } from '../kubernetes/Discovery';
import { StepLogs } from './StepLogs';

/** A container may be quiet for so long before its first line. */
const PATIENCE_MS = 24 * 3_600_000;

/** Reads logs under the reading accounts, over connections of its own. */
export const stepLogsServiceRef = createServiceRef<StepLogs>({
  id: 'delivery.step-logs',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        config: coreServices.rootConfig,
        history: historyServiceRef,
        lifecycle: coreServices.lifecycle,
      },
      factory({ config, history, lifecycle }) {
        // What cannot be used is told where the clusters are watched.
        const clusters = readClusters(config, () => {}).map(
          ({ name, source }) => {
            const access = new KubeConfigAccess(source);
            lifecycle.addShutdownHook(() => access.close());
            const transport = new HttpTransport(access);
            return [
              name,
              {
                transport,
                patient: new HttpTransport(access, { answerMs: PATIENCE_MS }),
                discovery: new Discovery(transport, systemClock),
              },
            ] as const;
          },
        );
        return new StepLogs(new Map(clusters), history.stepLogs?.tails);
      },
    }),
});
