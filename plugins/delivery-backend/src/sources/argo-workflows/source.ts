import type { RunFacts } from '../../delivery/facts';
import { namesOf } from '../names';
import type { Source } from '../source';
import { workflowKind } from './kinds';
import { readWorkflow } from './workflow';

/** Argo Workflows: set-up, first build and every later build. */
export const argoWorkflows: Source = {
  system: 'Argo Workflows',
  kinds: [workflowKind],
  collect({ location, objects, found }) {
    const { pipelineName } = namesOf(location, found);
    const runs = objects
      .list(workflowKind, location.instanceNamespace)
      .flatMap(object => readWorkflow(object, pipelineName) ?? [])
      .sort(newestFirst);
    return { runs };
  },
};

function newestFirst(a: RunFacts, b: RunFacts): number {
  return b.createdAt.localeCompare(a.createdAt) || b.name.localeCompare(a.name);
}
