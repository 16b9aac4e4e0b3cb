import type { Entity } from '@backstage/catalog-model';
import type { Delivery } from '@golden-path/plugin-delivery-common';
import type { DeliveryService } from '../service/DeliveryService';
import { stepPodOf } from './stepOf';
import type { StepLog } from './StepLogs';

/**
 * Calls back once when a step is over: not every cluster ends a log that is followed when
 * its container ends.
 *
 * @param signal - ends the waiting
 */
export function whenOver(
  options: {
    delivery: Pick<DeliveryService, 'read' | 'subscribe'>;
    entity: Entity;
    log: Pick<StepLog, 'run' | 'node'>;
    signal: AbortSignal;
  },
  callback: () => void,
): void {
  const { delivery, entity, log, signal } = options;
  if (signal.aborted) {
    return;
  }
  let isTold = false;
  const look = (document: Delivery) => {
    if (!isTold && isOver(document, log)) {
      isTold = true;
      callback();
    }
  };
  const unsubscribe = delivery.subscribe(entity, look);
  signal.addEventListener('abort', unsubscribe);
  look(delivery.read(entity));
}

/** So is what the delivery shows no more. */
function isOver(
  delivery: Delivery,
  { run, node }: Pick<StepLog, 'run' | 'node'>,
): boolean {
  try {
    return stepPodOf(delivery, { run, step: node }).isOver;
  } catch {
    return true;
  }
}
