import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { HistoryReader } from '../history/HistoryReader';
import type { StepLogs } from '../logs/StepLogs';
import type { OperateOptions } from '../router/operate/operate';
import type { DeliveryService } from '../service/DeliveryService';
import { ActionAccess, type ActionAccessOptions } from './ActionAccess';
import { addExplainCommit } from './addExplainCommit';
import { addGetDeliveryStatus } from './addGetDeliveryStatus';
import { addListRuns } from './addListRuns';
import { addOperations } from './addOperations';
import { addReadStepLog } from './addReadStepLog';

export interface ActionsOptions extends ActionAccessOptions, OperateOptions {
  delivery: Pick<DeliveryService, 'read'>;
  history: Pick<HistoryReader, 'runs'>;
  logs: Pick<StepLogs, 'open'>;
}

/**
 * Registers what agents and other plugins may ask of the delivery plugin. Each action
 * reads the entity as its caller and asks for the permission of the route beside it.
 */
export function registerActions(
  registry: ActionsRegistryService,
  options: ActionsOptions,
): void {
  const { delivery, history, logs } = options;
  const access = new ActionAccess(options);
  addGetDeliveryStatus(registry, access, delivery);
  addExplainCommit(registry, access, delivery);
  addListRuns(registry, access, delivery, history);
  addReadStepLog(registry, access, delivery, logs);
  addOperations(registry, access, options);
}
