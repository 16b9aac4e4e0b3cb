import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { DeliveryService } from '../service/DeliveryService';
import type { ActionAccess } from './ActionAccess';
import { explainCommit } from './explainCommit';
import { fields, READS } from './fields';

/** Why a commit is not live. */
export function addExplainCommit(
  registry: ActionsRegistryService,
  access: ActionAccess,
  delivery: Pick<DeliveryService, 'read'>,
): void {
  registry.register({
    name: 'explain-commit',
    title: 'Explain why a commit is not live',
    description:
      'Tells which environments run a commit, and where it is not live yet: the stage that it is at, the cause, the evidence and the next step.',
    attributes: READS,
    schema: {
      input: zod =>
        zod.object({
          entity: fields.entity(zod),
          commit: zod
            .string()
            .regex(
              /^[0-9a-f]{7,40}$/,
              'must be a commit SHA, or its first 7 characters or more',
            )
            .optional()
            .describe(
              'SHA of the commit, or its beginning; the newest that a run builds if left out',
            ),
        }),
      output: zod =>
        zod.object({
          commit: zod.string(),
          live: zod.boolean().describe('Whether every environment runs it'),
          summary: zod.string(),
          stage: zod
            .object({
              id: zod.string(),
              status: zod.string(),
              summary: zod.string(),
            })
            .optional(),
          cause: zod.string().optional(),
          evidence: zod.string().optional(),
          nextStep: zod.string().optional(),
          run: zod
            .object({
              name: zod.string(),
              status: zod.string(),
              step: zod.string().optional(),
            })
            .optional(),
          environments: zod.array(
            zod.object({
              name: zod.string(),
              runsIt: zod.boolean(),
              commit: zod.string().optional(),
            }),
          ),
        }),
    },
    examples: [
      {
        title: 'Why the newest commit of "checkout" is not live',
        input: { entity: 'component:default/checkout' },
      },
      {
        title: 'A commit by the beginning of its SHA',
        input: { entity: 'component:default/checkout', commit: '9f3c1ab' },
      },
    ],
    async action({ input, credentials }) {
      const entity = await access.read(input.entity, credentials);
      return { output: explainCommit(delivery.read(entity), input.commit) };
    },
  });
}
