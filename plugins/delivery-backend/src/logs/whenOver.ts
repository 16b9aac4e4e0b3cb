import type { Entity } from '@backstage/catalog-model';
import type { Delivery } from '@golden-path/plugin-delivery-common';
import type { DeliveryService } from '../service/DeliveryService';
import { stepPodOf } from './stepOf';
import type { StepLog } from './StepLogs';

/** What was written last may still be on its way when the step is over. */
const GRACE_MS = 2_000;

/**
 * Calls back once when a step is over, and a moment more for its last lines: not every
 * cluster ends a log that is followed when its container ends.
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
  let timer: NodeJS.Timeout | undefined;
  const look = (document: Delivery) => {
    if (!timer && isOver(document, log)) {
      timer = setTimeout(callback, GRACE_MS);
    }
  };
  const unsubscribe = delivery.subscribe(entity, look);
  signal.addEventListener('abort', () => {
    unsubscribe();
    clearTimeout(timer);
  });
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
