import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { OperationRequest } from '@golden-path/plugin-delivery-common';
import type { z } from 'zod/v3';
import { operate, type OperateOptions } from '../router/operate/operate';
import { refOf, type ActionAccess } from './ActionAccess';
import { fields } from './fields';

/** What came of it. */
const output = (zod: typeof z) =>
  zod.object({
    outcome: zod
      .enum(['accepted', 'unchanged'])
      .describe('"unchanged" where it was so already'),
    summary: zod.string(),
    url: zod.string().optional().describe('For example of a pull request'),
  });

/** What the caller may do to an entity; the same as the route, with the same permissions. */
export function addOperations(
  registry: ActionsRegistryService,
  access: ActionAccess,
  options: OperateOptions,
): void {
  const perform = async (
    entity: string,
    asked: OperationRequest,
    credentials: BackstageCredentials,
  ) => {
    const { outcome, sentence, link } = await operate(
      {
        ref: refOf(entity),
        asked,
        caller: access.callerOf(credentials),
        credentials: async () => access.userOf(credentials),
      },
      options,
    );
    return { output: { outcome, summary: sentence.text, url: link?.url } };
  };
  const changes = (idempotent: boolean) => ({
    readOnly: false,
    destructive: true,
    idempotent,
  });

  registry.register({
    name: 'refresh-environment',
    title: 'Refresh an environment',
    description:
      'Has Argo CD compare an environment with Git now, rather than when it looks next by itself; where it syncs by itself, it deploys what it finds. Needs the permission delivery.operate.',
    // Asked again, it compares again, and finds the same.
    attributes: changes(true),
    schema: {
      input: zod =>
        zod.object({
          entity: fields.entity(zod),
          environment: fields.environment(zod),
        }),
      output,
    },
    examples: [
      {
        title: 'Deploy to dev what was pushed just now',
        input: { entity: 'component:default/checkout', environment: 'dev' },
      },
    ],
    action: ({ input: { entity, environment }, credentials }) =>
      perform(entity, { operation: 'refresh', environment }, credentials),
  });

  registry.register({
    name: 'retry-run',
    title: 'Retry a run',
    description:
      'Tries the failed steps of a run once more; those that succeeded are kept. Needs the permission delivery.operate.',
    // A run that failed again is tried again.
    attributes: changes(false),
    schema: {
      input: zod =>
        zod.object({ entity: fields.entity(zod), run: fields.run(zod) }),
      output,
    },
    examples: [
      {
        title: 'Try a build again that failed',
        input: {
          entity: 'component:default/checkout',
          run: 'checkout-cicd-9f3c1',
        },
      },
    ],
    action: ({ input: { entity, run }, credentials }) =>
      perform(entity, { operation: 'retry-run', run }, credentials),
  });

  registry.register({
    name: 'promote',
    title: 'Promote to an environment',
    description:
      'Brings the image of the environment before into this one: by a pull request that somebody merges, or by Kargo where it promotes. Needs the permission delivery.promote.',
    // A pull request that is open already is given again.
    attributes: changes(true),
    schema: {
      input: zod =>
        zod.object({
          entity: fields.entity(zod),
          environment: fields.environment(zod),
        }),
      output,
    },
    examples: [
      {
        title: 'Propose for prod what runs in dev',
        input: { entity: 'component:default/checkout', environment: 'prod' },
      },
    ],
    action: ({ input: { entity, environment }, credentials }) =>
      perform(entity, { operation: 'promote', environment }, credentials),
  });
}
