import { setTimeout as sleep } from 'node:timers/promises';
import { parseEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { examples } from './waitForEntity.examples';

const TIMEOUT_SECONDS = 30;

/**
 * `delivery:entity:wait`: ends as soon as a page of the portal can show an entity.
 *
 * @remarks
 * The catalog takes a location at once and reads it some moments later. A link that is
 * offered in between leads to "Entity not found". A catalog that is slow is no reason to
 * call an application failed: only a reference that names nothing is an error (InputError).
 *
 * @param options - `intervalMs`: from one question to the next
 */
export function createWaitForEntityAction(options: {
  catalog: CatalogService;
  intervalMs?: number;
}) {
  const { catalog, intervalMs = 250 } = options;
  return createTemplateAction({
    id: 'delivery:entity:wait',
    description:
      'Waits until the catalog has an entity, so that links to its pages lead there. When it takes too long, it says so and does not fail.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        entityRef: z =>
          z
            .string()
            .describe(
              'Reference of the entity, for example `component:default/shop`',
            ),
        timeoutSeconds: z =>
          z
            .number()
            .positive()
            .max(600)
            .optional()
            .describe(
              `How long to wait at the most. Default: ${TIMEOUT_SECONDS}`,
            ),
      },
      output: {
        found: z =>
          z.boolean().describe('Whether the catalog has the entity by now'),
      },
    },
    async handler(ctx) {
      const { entityRef, timeoutSeconds = TIMEOUT_SECONDS } = ctx.input;
      assertEntityRef(entityRef);
      if (ctx.isDryRun) {
        ctx.logger.info(`Dry run: the catalog is not asked for ${entityRef}`);
        ctx.output('found', false);
        return;
      }
      const credentials = await ctx.getInitiatorCredentials();
      const deadline = Date.now() + timeoutSeconds * 1000;
      let obstacle: string | undefined;
      let found = false;

      // As the person who follows the link: what they may not see is not there.
      const ask = async () => {
        try {
          const entity = await catalog.getEntityByRef(entityRef, {
            credentials,
          });
          obstacle = undefined;
          return Boolean(entity);
        } catch (error) {
          obstacle = (error as Error).message;
          return false;
        }
      };

      ctx.logger.info(`Waiting for ${entityRef} in the catalog`);
      for (;;) {
        const rest = Math.max(deadline - Date.now(), 0);
        found = await Promise.race([
          ask(),
          // A catalog that does not answer at all does not hold the task up, either.
          sleep(rest, false, { ref: false }),
        ]);
        if (found || Date.now() + intervalMs >= deadline) {
          break;
        }
        await sleep(intervalMs, undefined, { signal: ctx.signal });
      }

      if (found) {
        ctx.logger.info(`The catalog has ${entityRef}`);
      } else {
        ctx.logger.warn(
          `The catalog does not have ${entityRef} after ${timeoutSeconds} s${
            obstacle ? ` (${obstacle})` : ''
          }. Everything is made; the links work as soon as it has`,
        );
      }
      ctx.output('found', found);
    },
  });
}

function assertEntityRef(entityRef: string): void {
  try {
    parseEntityRef(entityRef);
  } catch {
    throw new InputError(
      `entityRef "${entityRef}" is no reference of an entity: write kind, namespace and name, such as component:default/shop`,
    );
  }
}
