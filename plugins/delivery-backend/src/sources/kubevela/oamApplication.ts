import { z } from 'zod';
import type { OamFacts } from '../../delivery/facts';
import type { KubernetesObject } from '../../kubernetes/types';
import { conditions, count, flag, listOf, part, text } from '../lenient';

const oamApplicationSchema = z.object({
  metadata: part({ generation: count }),
  spec: part({
    components: listOf(
      z.object({ name: text, properties: part({ image: text }) }),
    ),
  }),
  status: part({
    status: text,
    observedGeneration: count,
    conditions,
    services: listOf(
      z.object({
        name: z.string(),
        healthy: flag,
        message: text,
        traits: listOf(z.object({ type: text, healthy: flag, message: text })),
      }),
    ),
    workflow: part({
      message: text,
      steps: listOf(z.object({ name: text, phase: text, message: text })),
    }),
  }),
});

/**
 * Reads an OAM Application. Its phase is `status.status`.
 *
 * @see https://kubevela.io/docs/platform-engineers/oam/oam-model
 */
export function readOamApplication(object: KubernetesObject): OamFacts {
  const { metadata, spec, status } = oamApplicationSchema.parse(object);
  const failedStep = status.workflow.steps.find(
    ({ phase }) => phase === 'failed',
  );
  const failedCondition = status.conditions.find(
    condition => condition.status === 'False' && condition.message,
  );
  return {
    name: object.metadata.name,
    namespace: object.metadata.namespace ?? '',
    phase: status.status,
    services: status.services.map(service => {
      const trait = service.traits.find(each => each.healthy === false);
      return {
        name: service.name,
        healthy: service.healthy === true && !trait,
        message: service.message || trait?.message || undefined,
      };
    }),
    images: spec.components.flatMap(
      component => component.properties.image ?? [],
    ),
    message: failedCondition?.message || status.workflow.message || undefined,
    failedStep: failedStep && {
      name: failedStep.name ?? '',
      message: failedStep.message,
    },
    outdated:
      (status.observedGeneration ?? Infinity) < (metadata.generation ?? 0),
    deleting: object.metadata.deletionTimestamp !== undefined,
  };
}
