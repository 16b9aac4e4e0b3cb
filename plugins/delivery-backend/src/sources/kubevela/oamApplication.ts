import { z } from 'zod';
import type { OamFacts } from '../../delivery/facts';
import { conditions, count, flag, listOf, part, text } from '../lenient';
import { oncePerObject } from '../oncePerObject';
import { kubernetesIdOf } from '../kubernetesId';
import { groupOf, roleOf } from './rendered';

const stepShape = { name: text, type: text, phase: text, message: text };

/**
 * Conditions of what comes before the roll-out: as long as one fails there is none, and
 * the phase stays at `rendering` while it is tried again.
 *
 * @see https://github.com/kubevela/kubevela/blob/master/apis/core.oam.dev/common/types.go
 */
const BEFORE_THE_ROLL_OUT = ['Parsed', 'Revision', 'Policy', 'Render'];
const RECONCILE_ERROR = 'ReconcileError';

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
      steps: listOf(
        z.object({ ...stepShape, subSteps: listOf(z.object(stepShape)) }),
      ),
    }),
    latestRevision: part({ name: text }),
    appliedResources: listOf(
      z.object({
        apiVersion: z.string(),
        kind: z.string(),
        name: z.string(),
        namespace: text,
      }),
    ),
  }),
});

/**
 * Reads an OAM Application. Its phase is `status.status`.
 *
 * @see https://kubevela.io/docs/platform-engineers/oam/oam-model
 */
export const readOamApplication = oncePerObject(
  (object): Omit<OamFacts, 'application'> => {
    const { metadata, spec, status } = oamApplicationSchema.parse(object);
    // Of a group the step inside says why.
    const steps = status.workflow.steps.flatMap(({ subSteps, ...step }) =>
      subSteps.length > 0 ? subSteps : [step],
    );
    const failedStep = steps.find(({ phase }) => phase === 'failed');
    const refused = status.conditions.find(
      condition =>
        condition.status === 'False' &&
        condition.reason === RECONCILE_ERROR &&
        BEFORE_THE_ROLL_OUT.includes(condition.type),
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
      refused: refused?.message,
      failedStep: failedStep && {
        name: failedStep.name ?? '',
        message: failedStep.message,
      },
      revision: status.latestRevision.name,
      steps: steps.flatMap(({ name, message, ...step }) =>
        name ? [{ name, ...step, message: message || undefined }] : [],
      ),
      rendered: status.appliedResources.map(
        ({ apiVersion, kind, name, namespace }) => {
          const group = groupOf(apiVersion);
          return {
            kind,
            group,
            name,
            namespace,
            role: roleOf({ kind, group }),
          };
        },
      ),
      outdated:
        (status.observedGeneration ?? Infinity) < (metadata.generation ?? 0),
      deleting: object.metadata.deletionTimestamp !== undefined,
      kubernetesId: kubernetesIdOf(object),
    };
  },
);
