import {
  deliveryOperatePermission,
  say,
  type OperationOutcome,
} from '@golden-path/plugin-delivery-common';
import type { Operation, OperationContext } from './Operation';
import { runOf, workflowRef } from './targets';
import { isOver, readWorkflow } from './workflowObject';

/** Ends a run after the steps that run now; its exit handlers still run. */
export const stopRun: Operation<'stop-run'> = {
  permission: deliveryOperatePermission,
  perform: ({ run }, context) => shutDown('stop-run', 'Stop', run, context),
};

/** Ends a run at once, exit handlers and all. */
export const terminateRun: Operation<'terminate-run'> = {
  permission: deliveryOperatePermission,
  perform: ({ run }, context) =>
    shutDown('terminate-run', 'Terminate', run, context),
};

/** @see https://argo-workflows.readthedocs.io/en/latest/fields/#workflowspec */
async function shutDown(
  name: 'stop-run' | 'terminate-run',
  shutdown: 'Stop' | 'Terminate',
  run: string,
  { delivery, cluster }: OperationContext,
): Promise<OperationOutcome> {
  const { isChanged } = await cluster.change(
    workflowRef(runOf(delivery, run)),
    object =>
      isOver(readWorkflow(object)) ? undefined : { spec: { shutdown } },
  );
  return isChanged
    ? { outcome: 'accepted', sentence: say(`operation.${name}`, { run }) }
    : { outcome: 'unchanged', sentence: say('operation.run.over', { run }) };
}
