import type { WatchedKind } from '../source';
import { trimWorkflow } from './trim';

/** Argo Workflows' Workflow. */
export const workflowKind: WatchedKind = {
  group: 'argoproj.io',
  kind: 'Workflow',
  trim: trimWorkflow,
  place: 'pipeline',
  feeds: ['source', 'build'],
};
