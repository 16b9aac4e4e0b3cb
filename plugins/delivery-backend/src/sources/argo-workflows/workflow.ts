import type { RunPurpose } from '@golden-path/plugin-delivery-common';
import { z } from 'zod';
import { commitOf } from '../../delivery/image';
import type { RunFacts } from '../../delivery/facts';
import type { KubernetesObject } from '../../kubernetes/types';
import { listOf, moment, part, text } from '../lenient';
import { statusOfPhase } from './status';
import { stepsOf } from './steps';
import { IMAGE_TAG_PARAMETER } from './trim';

const workflowSchema = z.object({
  spec: part({
    workflowTemplateRef: part({ name: text }),
    arguments: part({
      parameters: listOf(z.object({ name: z.string(), value: z.string() })),
    }),
  }),
  status: part({
    phase: text,
    startedAt: moment,
    finishedAt: moment,
    progress: text,
    message: text,
    plan: listOf(
      z.object({
        name: z.string(),
        template: text,
        dependsOn: listOf(z.string()),
      }),
    ),
    nodes: listOf(
      z.object({
        id: z.string(),
        displayName: text,
        type: text,
        templateName: text,
        phase: text,
        children: listOf(z.string()),
        startedAt: moment,
        finishedAt: moment,
        message: text,
      }),
    ),
  }),
});

/**
 * Labels that Argo Events puts on what its Sensors submit.
 *
 * @see https://github.com/argoproj/argo-events/blob/master/pkg/apis/events/v1alpha1/const.go
 */
const SENSOR_LABEL = 'events.argoproj.io/sensor';
const TRIGGER_LABEL = 'events.argoproj.io/trigger';
/** The Sensor's trigger that builds; its others report DORA events. */
const BUILD_TRIGGER = 'gitlab-workflow-trigger';

/**
 * Reads a Workflow of a pipeline.
 *
 * @param pipelineName - prefix of the names of the pipeline's parts
 * @returns `undefined` for a Workflow that is none of its runs
 */
export function readWorkflow(
  object: KubernetesObject,
  pipelineName: string,
): RunFacts | undefined {
  const { spec, status } = workflowSchema.parse(object);
  const purpose = purposeOf(
    object.metadata,
    spec.workflowTemplateRef.name,
    pipelineName,
  );
  if (!purpose) {
    return undefined;
  }
  // A Workflow that the controller has not seen yet has no phase.
  const phase = status.phase || 'Pending';
  const imageTag =
    purpose === 'setup'
      ? undefined
      : spec.arguments.parameters.find(
          ({ name }) => name === IMAGE_TAG_PARAMETER,
        )?.value;
  const ended = status.finishedAt !== undefined;
  const steps = stepsOf(status.nodes, ended ? [] : status.plan);
  const held = steps.some(step => step.status === 'suspended');
  return {
    uid: object.metadata.uid,
    name: object.metadata.name,
    namespace: object.metadata.namespace ?? '',
    purpose,
    phase,
    status: held && phase === 'Running' ? 'suspended' : statusOfPhase(phase),
    imageTag,
    commit: commitOf(imageTag),
    message: status.message || undefined,
    createdAt: object.metadata.creationTimestamp,
    startedAt: status.startedAt,
    finishedAt: status.finishedAt,
    progress: progressOf(status.progress),
    steps,
  };
}

function purposeOf(
  metadata: KubernetesObject['metadata'],
  template: string | undefined,
  pipelineName: string,
): RunPurpose | undefined {
  if (metadata.name === `${pipelineName}-setup-workflow`) {
    return 'setup';
  }
  if (metadata.name === `${pipelineName}-initial-build-workflow`) {
    return 'initial-build';
  }
  const sensor = metadata.labels?.[SENSOR_LABEL];
  if (sensor) {
    return sensor === `${pipelineName}-gitlab-sensor` &&
      metadata.labels?.[TRIGGER_LABEL] === BUILD_TRIGGER
      ? 'build'
      : undefined;
  }
  return template === `${pipelineName}-cicd-workflow` ? 'manual' : undefined;
}

/** Argo writes `2/5`. */
function progressOf(progress?: string): RunFacts['progress'] {
  const match = /^(\d+)\/(\d+)$/.exec(progress ?? '');
  return match
    ? { done: Number(match[1]), total: Number(match[2]) }
    : undefined;
}
