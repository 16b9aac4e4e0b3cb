import type { StageStatus } from '@golden-path/plugin-delivery-common';
import { entryOf } from '../../delivery/entryOf';

/**
 * Phases of Workflows and of their nodes.
 *
 * @see https://github.com/argoproj/argo-workflows/blob/main/pkg/apis/workflow/v1alpha1/workflow_types.go
 */
const STATUS_BY_PHASE: Record<string, StageStatus> = {
  Pending: 'waiting',
  Running: 'running',
  Succeeded: 'succeeded',
  Failed: 'failed',
  Error: 'failed',
  /** Left out because its `when` was false: as wanted. */
  Skipped: 'succeeded',
  /** Left out because something before it failed. */
  Omitted: 'waiting',
};

/** The status of a phase; one that Argo adds some day is `unknown`. */
export function statusOfPhase(phase: string): StageStatus {
  return entryOf(STATUS_BY_PHASE, phase) ?? 'unknown';
}
