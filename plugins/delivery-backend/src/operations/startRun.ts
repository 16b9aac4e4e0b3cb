import { ConflictError } from '@backstage/errors';
import {
  deliveryOperatePermission,
  say,
} from '@golden-path/plugin-delivery-common';
import { z } from 'zod';
import type { Operation, OperationContext } from './Operation';
import type { LiveObject, ObjectRef } from './OperatorCluster';

const sensorSchema = z.looseObject({
  spec: z.looseObject({
    triggers: z.array(
      z.looseObject({
        template: z.looseObject({
          argoWorkflow: z
            .looseObject({
              source: z.looseObject({
                resource: z.looseObject({
                  kind: z.literal('Workflow'),
                  metadata: z.looseObject({}),
                  spec: z.looseObject({}),
                }),
              }),
              parameters: z
                .array(
                  z.looseObject({
                    src: z
                      .looseObject({ dataKey: z.string().optional() })
                      .optional(),
                    dest: z.string(),
                  }),
                )
                .optional(),
            })
            .optional(),
        }),
      }),
    ),
  }),
});

/** Where GitLab, GitHub and Gitea put the pushed commit into their push event. */
const COMMIT_KEYS = ['body.after', 'body.checkout_sha'];

/**
 * The pipeline as a push of the newest commit would start it: the Workflow that the
 * Sensor holds, with the commit where the push event has it.
 */
export const startRun: Operation<'start-run'> = {
  permission: deliveryOperatePermission,
  async perform(_request, context) {
    const { delivery, cluster, entity, repositories } = context;
    const repository = await repositories.ofEntity(entity);
    if (!repository) {
      throw new ConflictError(
        'The entity names no repository, so there is no newest commit; add the annotation "backstage.io/source-location" to its catalog-info.yaml',
      );
    }
    const head = await repository.head();
    const commit = head.slice(0, 7);
    const running = delivery.runs.find(
      run => run.commit === head && ['running', 'waiting'].includes(run.status),
    );
    if (running) {
      return {
        outcome: 'unchanged',
        sentence: say('operation.start-run.running', {
          run: running.name,
          commit,
        }),
        run: running.name,
      };
    }
    const ref = sensorRef(context);
    const workflow = workflowFor(await cluster.get(ref), head);
    const run = await cluster.create(
      { group: 'argoproj.io', kind: 'Workflow', namespace: ref.namespace },
      workflow,
    );
    return {
      outcome: 'accepted',
      sentence: say('operation.start-run', { run, commit }),
      run,
    };
  },
};

function sensorRef({ delivery, facts }: OperationContext): ObjectRef {
  const sensor = facts.listeners.find(({ kind }) => kind === 'Sensor');
  if (!sensor) {
    throw new ConflictError(
      'The pipeline has no Sensor yet, so nothing says how a push starts it; wait until it is set up',
    );
  }
  return {
    group: 'argoproj.io',
    kind: 'Sensor',
    name: sensor.name,
    namespace: delivery.location.instanceNamespace,
  };
}

/**
 * The Workflow that a Sensor submits for a commit.
 *
 * @throws ConflictError where the Sensor needs more of a push than its commit
 */
export function workflowFor(sensor: LiveObject, commit: string): object {
  const { spec } = sensorSchema.parse(sensor);
  const trigger = spec.triggers.find(({ template }) => template.argoWorkflow);
  if (!trigger?.template.argoWorkflow) {
    throw new ConflictError(
      `Sensor "${sensor.metadata.name}" submits no Workflow of its own; push a commit instead`,
    );
  }
  const { source, parameters = [] } = trigger.template.argoWorkflow;
  const workflow = structuredClone(source.resource);
  for (const { src, dest } of parameters) {
    if (!COMMIT_KEYS.includes(src?.dataKey ?? '')) {
      throw new ConflictError(
        `Sensor "${sensor.metadata.name}" takes "${
          src?.dataKey ?? dest
        }" from the push, which only a push has; push a commit instead`,
      );
    }
    assign(workflow, dest.split('.'), commit);
  }
  return workflow;
}

/** Sets what a path such as `spec.arguments.parameters.0.value` leads to. */
function assign(
  target: unknown,
  [key, ...rest]: string[],
  value: string,
): void {
  const at = target as Record<string, unknown>;
  if (rest.length === 0) {
    at[key] = value;
  } else {
    at[key] ??= {};
    assign(at[key], rest, value);
  }
}
