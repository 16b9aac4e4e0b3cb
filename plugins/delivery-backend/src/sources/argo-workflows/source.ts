import type { RunFacts } from '../../delivery/facts';
import { namesOf } from '../names';
import type { Source } from '../source';
import { workflowKind } from './kinds';
import { purposesOf } from './purpose';
import { readWorkflow } from './workflow';

/** Argo Workflows: set-up, first build and every later build. */
export const argoWorkflows: Source = {
  system: 'Argo Workflows',
  kinds: [workflowKind],
  collect({ location, objects, found }) {
    const { pipelineName } = namesOf(location, found);
    const workflows = objects.list(workflowKind, location.instanceNamespace);
    const purposeOf = purposesOf(workflows, pipelineName, found.pipeline);
    const runs = workflows
      .flatMap(object => {
        const purpose = purposeOf(object);
        return purpose ? [readWorkflow(object, purpose)] : [];
      })
      .sort(newestFirst);
    return { runs };
  },
};

function newestFirst(a: RunFacts, b: RunFacts): number {
  return b.createdAt.localeCompare(a.createdAt) || b.name.localeCompare(a.name);
}
