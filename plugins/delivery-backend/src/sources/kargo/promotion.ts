import { z } from 'zod';
import type { KubernetesObject } from '../../kubernetes/types';
import { isObject, moment, part, text } from '../lenient';
import { pick } from '../trimmed';

/** Configuration and outputs of steps may hold anything; words and phases are kept. */
export function trimPromotion(object: KubernetesObject): KubernetesObject {
  const spec = isObject(object.spec) ? object.spec : {};
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: object.metadata,
    spec: pick(spec, ['stage', 'freight']),
    status: pick(object.status, [
      'phase',
      'message',
      'startedAt',
      'finishedAt',
    ]),
  };
}

const promotionSchema = z.object({
  spec: part({ stage: text, freight: text }),
  status: part({ phase: text, message: text, finishedAt: moment }),
});

/**
 * Reads a Promotion; one without a phase waits for its turn.
 *
 * @see https://github.com/akuity/kargo/blob/main/api/v1alpha1/promotion_types.go
 */
export function readPromotion(object: KubernetesObject) {
  const { spec, status } = promotionSchema.parse(object);
  return {
    name: object.metadata.name,
    stage: spec.stage,
    freight: spec.freight,
    phase: status.phase || 'Pending',
    message: status.message || undefined,
    finishedAt: status.finishedAt,
  };
}
