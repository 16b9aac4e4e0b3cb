import type { Analysis, Rollout } from '@golden-path/plugin-delivery-common';
import { z } from 'zod';
import type { KubernetesObject } from '../../kubernetes/types';
import type { PodSelectorFacts } from '../../delivery/facts';
import { count, flag, isObject, listOf, part, text } from '../lenient';
import { podSelector } from '../podSelector';
import { imagesOf } from '../podTemplate';
import { pick } from '../trimmed';

/** Of the pod template only the images are kept. */
export function trimRollout(object: KubernetesObject): KubernetesObject {
  const spec = isObject(object.spec) ? object.spec : {};
  const status = isObject(object.status) ? object.status : {};
  const canary = isObject(status.canary) ? status.canary : {};
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: object.metadata,
    spec: {
      ...pick(spec, ['replicas', 'paused', 'selector']),
      images: imagesOf(spec.template),
      steps: stepsOf(spec.strategy),
    },
    status: {
      ...pick(status, [
        'phase',
        'message',
        'abort',
        'currentStepIndex',
        'pauseConditions',
        'readyReplicas',
        'observedGeneration',
      ]),
      canary: { weights: canary.weights },
    },
  };
}

/** What each step does, and the weight that it sets. */
function stepsOf(strategy: unknown) {
  const canary = isObject(strategy) ? strategy.canary : undefined;
  const steps = isObject(canary) ? canary.steps : undefined;
  return Array.isArray(steps)
    ? steps.map(step => pick(step, ['setWeight']))
    : undefined;
}

const rolloutSchema = z.object({
  metadata: part({ generation: count }),
  spec: part({
    replicas: count,
    paused: flag,
    selector: podSelector,
    images: listOf(z.string()),
    steps: listOf(
      z.object({
        setWeight: z.int().min(0).max(100).optional().catch(undefined),
      }),
    ),
  }),
  status: part({
    phase: text,
    message: text,
    abort: flag,
    currentStepIndex: count,
    pauseConditions: listOf(z.object({ reason: z.string() })),
    readyReplicas: count,
    // A text, unlike everywhere else.
    observedGeneration: text,
    canary: part({
      weights: part({
        canary: part({
          weight: z.int().min(0).max(100).optional().catch(undefined),
        }),
      }),
    }),
  }),
});

/**
 * Reads a Rollout.
 *
 * @see https://github.com/argoproj/argo-rollouts/blob/master/pkg/apis/rollouts/v1alpha1/types.go
 */
export function readRollout(
  object: KubernetesObject,
  analyses: Analysis[],
): {
  rollout: Rollout;
  ready: number;
  desired: number;
  images: string[];
  selector?: PodSelectorFacts;
} {
  const { metadata, spec, status } = rolloutSchema.parse(object);
  const { steps } = spec;
  const done =
    steps.length > 0
      ? Math.min(status.currentStepIndex ?? 0, steps.length)
      : undefined;
  const isOutdated =
    Number(status.observedGeneration ?? 0) < (metadata.generation ?? 0);
  return {
    rollout: {
      name: object.metadata.name,
      namespace: object.metadata.namespace ?? '',
      // What it says of an older generation is not about this one.
      phase: isOutdated ? 'Progressing' : status.phase,
      message: (!isOutdated && status.message) || undefined,
      step: done,
      steps: done === undefined ? undefined : steps.length,
      weight: status.canary.weights.canary.weight ?? weightAt(steps, done),
      paused: spec.paused ? 'Paused' : status.pauseConditions.at(0)?.reason,
      aborted: status.abort === true,
      analyses,
    },
    ready: status.readyReplicas ?? 0,
    desired: spec.replicas ?? 1,
    images: spec.images,
    selector: spec.selector,
  };
}

/**
 * Without traffic routing the weight is only in the steps: that of the last step that
 * set one. All steps done means all of the traffic.
 */
function weightAt(
  steps: ReadonlyArray<{ setWeight?: number }>,
  done?: number,
): number | undefined {
  if (done === undefined) {
    return undefined;
  }
  return done === steps.length
    ? 100
    : steps
        // A step that sets the weight is at work while it is the current one.
        .slice(0, done + 1)
        .flatMap(({ setWeight }) => setWeight ?? [])
        .at(-1) ?? 0;
}
