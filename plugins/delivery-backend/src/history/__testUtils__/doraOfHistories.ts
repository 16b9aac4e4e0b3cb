import type { Dora } from '@golden-path/plugin-delivery-common';
import {
  doraOf,
  readPipeline,
  type DoraOptions,
  type ProductionHistory,
} from '../dora/doraOf';

/** The figures of pipelines, of what was recorded of each. */
export function doraOfHistories(
  histories: readonly ProductionHistory[],
  options: DoraOptions,
): Dora {
  return doraOf(
    histories.map(history => readPipeline(history, options)),
    options,
  );
}
