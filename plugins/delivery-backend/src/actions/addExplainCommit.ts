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
      'Tells which step a commit has reached on its way from the push to the last environment, when each was done, what it waits for and since when, with the cause, the evidence, the next step and the operation that does it; and which environments run it.',
    attributes: READS,
    schema: {
      input: zod =>
        zod.object({
          entity: fields.entity(zod),
          commit: zod
            .string()
            .regex(
              /^([0-9a-f]{7,40}|initial)$/,
              'must be a commit SHA, or its first 7 characters or more, or "initial"',
            )
            .optional()
            .describe(
              'SHA of the commit, or its beginning, or "initial" for the first image; the newest if left out',
            ),
        }),
      output: zod =>
        zod.object({
          commit: zod.string(),
          message: zod.string().optional().describe('First line'),
          author: zod.string().optional(),
          live: zod
            .boolean()
            .describe('Whether every environment runs it, and well'),
          summary: zod.string(),
          reached: zod
            .object({ step: zod.string(), at: zod.string().optional() })
            .optional()
            .describe('The last step that is done'),
          waitsAt: zod
            .object({
              step: zod.string(),
              status: zod.string(),
              since: zod.string().optional(),
              summary: zod.string().optional(),
            })
            .optional()
            .describe('The step that it is at; absent where it is through'),
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
          operation: zod
            .object({
              operation: zod.string(),
              environment: zod.string().optional(),
              run: zod.string().optional(),
              deployment: zod.number().optional(),
            })
            .optional()
            .describe('What does the next step'),
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
          steps: zod
            .array(
              zod.object({
                step: zod.string(),
                status: zod.string(),
                at: zod.string().optional(),
                summary: zod.string().optional(),
              }),
            )
            .describe('All steps of its way'),
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
