import { say, type RunPurpose } from '@golden-path/plugin-delivery-common';
import { z } from 'zod';
import { commitOf } from '../../delivery/image';
import type { RunFacts } from '../../delivery/facts';
import type { KubernetesObject } from '../../kubernetes/types';
import { count, flag, listOf, moment, part, text } from '../lenient';
import { oncePerObject } from '../oncePerObject';
import { nodeSchema } from './nodes';
import { statusOfPhase } from './status';
import { stepsOf } from './steps';
import { IMAGE_TAG_PARAMETER } from './trim';

const workflowSchema = z.object({
  spec: part({
    arguments: part({
      parameters: listOf(z.object({ name: z.string(), value: z.string() })),
    }),
    suspend: flag,
  }),
  status: part({
    phase: text,
    startedAt: moment,
    finishedAt: moment,
    progress: text,
    message: text,
    estimatedDuration: count,
    plan: listOf(
      z.object({
        name: z.string(),
        template: text,
        dependsOn: listOf(z.string()),
      }),
    ),
    nodeCount: count,
    nodesAbsent: text,
    nodes: listOf(nodeSchema),
  }),
});

/**
 * Labels by which Argo Workflows says who submitted a Workflow, the friendliest first.
 *
 * @see https://argo-workflows.readthedocs.io/en/latest/workflow-creator/
 */
const CREATOR_LABELS = [
  'workflows.argoproj.io/creator-preferred-username',
  'workflows.argoproj.io/creator-email',
  'workflows.argoproj.io/creator',
];
const RESUBMITTED_LABEL = 'workflows.argoproj.io/resubmitted-from-workflow';

/** What a Workflow tells, whatever it is for. */
const readRun = oncePerObject((object): Omit<RunFacts, 'purpose'> => {
  const { spec, status } = workflowSchema.parse(object);
  const { metadata } = object;
  // A Workflow that the controller has not seen yet has no phase.
  const phase = status.phase || 'Pending';
  const ended = status.finishedAt !== undefined;
  const steps = stepsOf(
    status.nodes,
    ended || status.nodesAbsent ? [] : status.plan,
  );
  const held = spec.suspend || isHeld(steps);
  return {
    uid: metadata.uid,
    name: metadata.name,
    namespace: metadata.namespace ?? '',
    phase,
    status: held && !ended ? 'suspended' : statusOfPhase(phase),
    imageTag: spec.arguments.parameters.find(
      ({ name }) => name === IMAGE_TAG_PARAMETER,
    )?.value,
    message: status.message || undefined,
    createdAt: metadata.creationTimestamp,
    startedAt: status.startedAt,
    finishedAt: status.finishedAt,
    progress: progressOf(status.progress),
    nodeCount: status.nodesAbsent ? undefined : status.nodeCount,
    steps,
    stepsNote: noteOn(status.nodesAbsent, metadata.name),
    startedBy: startedBy(metadata.labels),
    resubmittedFrom: metadata.labels?.[RESUBMITTED_LABEL],
    estimatedSeconds: status.estimatedDuration || undefined,
  };
});

/** Reads a Workflow, trimmed as it is kept, as a run. */
export function readWorkflow(
  object: KubernetesObject,
  purpose: RunPurpose,
): RunFacts {
  const { imageTag, ...run } = readRun(object);
  const tag = purpose === 'setup' ? undefined : imageTag;
  return { ...run, purpose, imageTag: tag, commit: commitOf(tag) };
}

/** Something waits for a person, and nothing else moves. */
function isHeld(steps: RunFacts['steps']): boolean {
  return (
    steps.some(({ status }) => status === 'suspended') &&
    !steps.some(({ status, daemon }) => status === 'running' && !daemon)
  );
}

function noteOn(
  absent: string | undefined,
  run: string,
): RunFacts['stepsNote'] {
  switch (absent) {
    case 'elsewhere':
      return say('steps.elsewhere', { run });
    case 'unreadable':
      return say('steps.unreadable', { run });
    default:
      return undefined;
  }
}

/** A label cannot hold an `@`, so Argo writes `jane.at.example.com`. */
function startedBy(labels: Record<string, string> = {}): string | undefined {
  return CREATOR_LABELS.map(label => labels[label])
    .find(Boolean)
    ?.replace('.at.', '@');
}

/** Argo writes `2/5`. */
function progressOf(progress?: string): RunFacts['progress'] {
  const match = /^(\d+)\/(\d+)$/.exec(progress ?? '');
  return match
    ? { done: Number(match[1]), total: Number(match[2]) }
    : undefined;
}
