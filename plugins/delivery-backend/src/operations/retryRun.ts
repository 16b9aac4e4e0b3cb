import { ConflictError } from '@backstage/errors';
import {
  deliveryOperatePermission,
  say,
} from '@golden-path/plugin-delivery-common';
import { podNameOf } from '../sources/argo-workflows/podName';
import { reopen, type Reopened } from './failedNodes';
import type { Operation } from './Operation';
import { runOf, workflowRef } from './targets';
import { isOver, readWorkflow, type WorkflowObject } from './workflowObject';

/**
 * The failed steps of a run once more, as `argo retry` does it: the Workflow itself is
 * opened again, so it keeps what succeeded, its name and its place.
 */
export const retryRun: Operation<'retry-run'> = {
  permission: deliveryOperatePermission,
  async perform({ run: name }, { delivery, cluster }) {
    const run = runOf(delivery, name);
    const ref = workflowRef(run);
    const workflow = readWorkflow(await cluster.get(ref));
    if (!isOver(workflow)) {
      return {
        outcome: 'unchanged',
        sentence: say('operation.retry-run.running', { run: name }),
      };
    }
    // Before the Workflow is opened: the controller would take the old pod for the new one.
    for (const pod of podsOf(workflow, plan(workflow))) {
      await cluster.delete({
        group: '',
        kind: 'Pod',
        namespace: run.namespace,
        name: pod,
      });
    }
    const { isChanged } = await cluster.change(ref, object => {
      const current = readWorkflow(object);
      return isOver(current) ? opened(current, new Date()) : undefined;
    });
    return {
      outcome: isChanged ? 'accepted' : 'unchanged',
      sentence: say('operation.retry-run', { run: name }),
    };
  },
};

/** @throws ConflictError for a run that has nothing to retry */
function plan({ metadata, status }: WorkflowObject): Reopened {
  const { name } = metadata;
  if (status?.phase === 'Succeeded') {
    throw new ConflictError(
      `Run "${name}" succeeded, so it has no failed step; resubmit it to run it again`,
    );
  }
  if (
    !status?.nodes ||
    status.compressedNodes ||
    status.offloadNodeStatusVersion
  ) {
    throw new ConflictError(
      `Argo Workflows keeps the steps of run "${name}" compressed or in its own database; resubmit it, or retry it there`,
    );
  }
  return reopen(status.nodes, name);
}

function podsOf({ metadata }: WorkflowObject, { removed }: Reopened): string[] {
  return removed
    .filter(({ type }) => type === 'Pod')
    .map(node => podNameOf(metadata, node));
}

/** The merge patch that opens a Workflow again; null removes a field. */
function opened(workflow: WorkflowObject, now: Date): object {
  const { removed, reopened } = plan(workflow);
  const { conditions = [] } = workflow.status ?? {};
  return {
    metadata: {
      labels: {
        'workflows.argoproj.io/completed': null,
        'workflows.argoproj.io/workflow-archiving-status': null,
        'workflows.argoproj.io/phase': 'Running',
      },
    },
    spec: { shutdown: null },
    status: {
      phase: 'Running',
      message: null,
      startedAt: `${now.toISOString().slice(0, 19)}Z`,
      finishedAt: null,
      conditions: [
        ...conditions.filter(({ type }) => type !== 'Completed'),
        { type: 'Completed', status: 'False' },
      ],
      nodes: Object.fromEntries([
        ...removed.map(({ id }) => [id, null]),
        ...reopened.map(({ node, children }) => [
          node.id,
          { phase: 'Running', message: null, finishedAt: null, children },
        ]),
      ]),
    },
  };
}
