import type { OperationName } from '@golden-path/plugin-delivery-common';
import type { Operation } from './Operation';
import { promote } from './promote';
import { refresh } from './refresh';
import { resubmitRun } from './resubmitRun';
import { retryRun } from './retryRun';
import { rollback } from './rollback';
import { startRun } from './startRun';
import { stopRun, terminateRun } from './stopRun';
import { resumePipeline, suspendPipeline } from './suspendPipeline';
import { sync } from './sync';
import { terminateSync } from './terminateSync';

/** Everything that can be done to a golden path. */
export const operations: { [Name in OperationName]: Operation<Name> } = {
  refresh,
  sync,
  'terminate-sync': terminateSync,
  rollback,
  'retry-run': retryRun,
  'resubmit-run': resubmitRun,
  'stop-run': stopRun,
  'terminate-run': terminateRun,
  'start-run': startRun,
  'suspend-pipeline': suspendPipeline,
  'resume-pipeline': resumePipeline,
  promote,
};
