import {
  deliveryOperatePermission,
  say,
} from '@golden-path/plugin-delivery-common';
import type { Operation, OperationContext } from './Operation';
import type { ObjectRef } from './OperatorCluster';

/**
 * The annotation that kro reads; `disabled` is its older value.
 *
 * @see https://kro.run/docs/concepts/instances
 */
const RECONCILE = 'kro.run/reconcile';
const HELD = ['suspended', 'disabled'];

/** Lets kro leave the pipeline as it is, for as long as somebody works on its parts. */
export const suspendPipeline: Operation<'suspend-pipeline'> = {
  permission: deliveryOperatePermission,
  async perform(_request, context) {
    const { isChanged } = await context.cluster.change(
      pipelineRef(context),
      ({ metadata }) =>
        HELD.includes(metadata.annotations?.[RECONCILE] ?? '')
          ? undefined
          : { metadata: { annotations: { [RECONCILE]: 'suspended' } } },
    );
    return isChanged
      ? { outcome: 'accepted', sentence: say('operation.suspend-pipeline') }
      : {
          outcome: 'unchanged',
          sentence: say('operation.suspend-pipeline.already'),
        };
  },
};

/** Lets kro look after the pipeline again. */
export const resumePipeline: Operation<'resume-pipeline'> = {
  permission: deliveryOperatePermission,
  async perform(_request, context) {
    const { isChanged } = await context.cluster.change(
      pipelineRef(context),
      ({ metadata }) =>
        HELD.includes(metadata.annotations?.[RECONCILE] ?? '')
          ? // A merge patch removes by null.
            { metadata: { annotations: { [RECONCILE]: null } } }
          : undefined,
    );
    return isChanged
      ? { outcome: 'accepted', sentence: say('operation.resume-pipeline') }
      : {
          outcome: 'unchanged',
          sentence: say('operation.resume-pipeline.already'),
        };
  },
};

function pipelineRef({ delivery, facts }: OperationContext): ObjectRef {
  const { resourceGroup, instanceName, instanceNamespace } = delivery.location;
  const { resourceGraph, pipelineKind } = facts;
  return {
    group: resourceGraph?.kind
      ? resourceGraph.group
      : // By kro's convention the name of a definition is the kind and the group.
        resourceGroup.slice(resourceGroup.indexOf('.') + 1),
    kind: pipelineKind ?? '',
    name: instanceName,
    namespace: instanceNamespace,
  };
}
