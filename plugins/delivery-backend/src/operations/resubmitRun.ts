import { ConflictError } from '@backstage/errors';
import {
  deliveryOperatePermission,
  INITIAL_IMAGE_TAG,
  say,
  type Delivery,
  type Run,
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
    refuseFirstImageAgain(run, delivery);
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
 * A tag that names no commit would move to what main holds now, under whoever runs it:
 * prod, unpromoted, with the next pod.
 *
 * @throws ConflictError once the first image was built
 */
function refuseFirstImageAgain({ name, imageTag }: Run, { runs }: Delivery) {
  const built = runs.some(
    run => run.imageTag === INITIAL_IMAGE_TAG && run.status === 'succeeded',
  );
  if (imageTag === INITIAL_IMAGE_TAG && built) {
    throw new ConflictError(
      `Run "${name}" builds the image "${INITIAL_IMAGE_TAG}", which is built and may run, also in prod: once more, that image would become another. Push a commit or start a run instead; its image is named after the commit`,
    );
  }
}

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
