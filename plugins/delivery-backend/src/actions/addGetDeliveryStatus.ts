import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { DeliveryService } from '../service/DeliveryService';
import type { ActionAccess } from './ActionAccess';
import { fields, READS } from './fields';

/** How the golden path of an entity stands. */
export function addGetDeliveryStatus(
  registry: ActionsRegistryService,
  access: ActionAccess,
  delivery: Pick<DeliveryService, 'read'>,
): void {
  registry.register({
    name: 'get-delivery-status',
    title: 'Get delivery status',
    description:
      'Tells how the delivery of an application stands: its overall status, each stage from push to production with what is wrong and what to do about it, and which commit runs in which environment.',
    attributes: READS,
    schema: {
      input: zod => zod.object({ entity: fields.entity(zod) }),
      output: zod =>
        zod.object({
          entity: zod.string(),
          status: zod.string(),
          summary: zod.string(),
          stages: zod.array(
            zod.object({
              id: zod.string(),
              status: zod.string(),
              summary: zod.string(),
              since: zod.string().optional(),
              cause: zod.string().optional(),
              nextStep: zod.string().optional(),
            }),
          ),
          environments: zod.array(
            zod.object({
              name: zod.string(),
              imageTag: zod.string().optional(),
              commit: zod.string().optional(),
              sync: zod.string().optional(),
              health: zod.string().optional(),
            }),
          ),
        }),
    },
    examples: [
      {
        title: 'How the component "checkout" stands',
        input: { entity: 'component:default/checkout' },
      },
    ],
    async action({ input, credentials }) {
      const entity = await access.read(input.entity, credentials);
      const document = delivery.read(entity);
      return {
        output: {
          entity: document.entityRef,
          status: document.summary.status,
          summary: document.summary.sentence.text,
          stages: document.stages.map(stage => ({
            id: stage.id,
            status: stage.status,
            summary: stage.sentence.text,
            since: stage.since,
            cause: stage.diagnosis?.cause.text,
            nextStep: stage.diagnosis?.nextStep.text,
          })),
          environments: document.environments.map(
            ({ name, image, argoCd }) => ({
              name,
              imageTag: image?.tag,
              commit: image?.commit,
              sync: argoCd.sync,
              health: argoCd.health,
            }),
          ),
        },
      };
    },
  });
}
