import {
  deliveryOperatePermission,
  say,
} from '@golden-path/plugin-delivery-common';
import type { Operation } from './Operation';
import { runOf, workflowRef } from './targets';
import { readWorkflow, type WorkflowObject } from './workflowObject';

/** What tells of the first run only: whose part it is, who started it, how far it is. */
const NOT_INHERITED = [
  /^kro\.run\//,
  /^internal\.kro\.run\//,
  /^applyset\.kubernetes\.io\//,
  /^events\.argoproj\.io\//,
  /^argocd\.argoproj\.io\//,
  /^app\.kubernetes\.io\/managed-by$/,
  /^kubectl\.kubernetes\.io\//,
  /^triggered-by$/,
  /^workflows\.argoproj\.io\/(completed|phase|workflow-archiving-status|creator.*|pod-name-format|scheduled-time)$/,
];

/** A new run of the same, from its first step. */
export const resubmitRun: Operation<'resubmit-run'> = {
  permission: deliveryOperatePermission,
  async perform({ run: name }, { delivery, cluster }) {
    const run = runOf(delivery, name);
    const same = delivery.runs.find(
      each =>
        each.resubmittedFrom === name &&
        ['running', 'waiting'].includes(each.status),
    );
    if (same) {
      return {
        outcome: 'unchanged',
        sentence: say('operation.retry-run.running', { run: same.name }),
        run: same.name,
      };
    }
    const ref = workflowRef(run);
    const workflow = readWorkflow(await cluster.get(ref));
    const made = await cluster.create(
      { group: ref.group, kind: ref.kind, namespace: ref.namespace },
      resubmitted(workflow),
    );
    return {
      outcome: 'accepted',
      sentence: say('operation.resubmit-run', { run: made, from: name }),
      run: made,
    };
  },
};

/**
 * The Workflow to make.
 *
 * @see https://argo-workflows.readthedocs.io/en/latest/cli/argo_resubmit/
 */
export function resubmitted({ metadata, spec }: WorkflowObject): object {
  const { shutdown, suspend, ...rest } = spec;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Workflow',
    metadata: {
      generateName: metadata.generateName ?? `${metadata.name}-`,
      labels: {
        ...inherited(metadata.labels),
        'workflows.argoproj.io/resubmitted-from-workflow': metadata.name,
      },
      annotations: inherited(metadata.annotations),
    },
    spec: rest,
  };
}

function inherited(entries: Record<string, string> = {}) {
  return Object.fromEntries(
    Object.entries(entries).filter(
      ([key]) => !NOT_INHERITED.some(pattern => pattern.test(key)),
    ),
  );
}
