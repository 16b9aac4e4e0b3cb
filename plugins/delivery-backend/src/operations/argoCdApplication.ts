import { z } from 'zod';
import type { LiveObject } from './OperatorCluster';

const sourceSchema = z.looseObject({
  repoURL: z.string(),
  path: z.string().optional(),
  targetRevision: z.string().optional(),
});

const applicationSchema = z.looseObject({
  operation: z.looseObject({}).optional(),
  spec: z.looseObject({
    source: sourceSchema.optional(),
    sources: z.array(sourceSchema).optional(),
    syncPolicy: z
      .looseObject({
        automated: z
          .looseObject({
            enabled: z.boolean().nullish(),
            prune: z.boolean().nullish(),
          })
          .nullish(),
        syncOptions: z.array(z.string()).nullish(),
        retry: z.looseObject({}).nullish(),
      })
      .nullish(),
  }),
  status: z
    .looseObject({
      operationState: z.looseObject({ phase: z.string().optional() }).nullish(),
      history: z
        .array(
          z.looseObject({
            /** Go leaves the first one out, which is 0. */
            id: z.int().default(0),
            revision: z.string().optional(),
            revisions: z.array(z.string()).nullish(),
            source: z.looseObject({}).nullish(),
            sources: z
              .array(
                z.looseObject({
                  repoURL: z.string().optional(),
                  path: z.string().optional(),
                }),
              )
              .nullish(),
          }),
        )
        .nullish(),
    })
    .nullish(),
});

/** The part of an Argo CD Application that operations read and write. */
export type ArgoCdApplicationObject = z.infer<typeof applicationSchema>;

export function readArgoCdApplication(
  object: LiveObject,
): ArgoCdApplicationObject {
  return applicationSchema.parse(object);
}

/** Whether Argo CD is at work on it, or about to be. */
export function hasOperation({
  operation,
  status,
}: ArgoCdApplicationObject): boolean {
  return (
    operation !== undefined ||
    ['Running', 'Terminating'].includes(status?.operationState?.phase ?? '')
  );
}

/** Whether Argo CD syncs it by itself; `enabled: false` holds a policy without removing it. */
export function isAutomated({ spec }: ArgoCdApplicationObject): boolean {
  const automated = spec.syncPolicy?.automated;
  return Boolean(automated) && automated?.enabled !== false;
}

/**
 * The field that starts an operation, as Argo CD's own API writes it.
 *
 * @param sync - what is to be synced; everything as Git says without more
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-kubectl/
 */
export function operationOn(
  { spec }: ArgoCdApplicationObject,
  user: string,
  sync: object = {},
): object {
  const { automated, syncOptions, retry } = spec.syncPolicy ?? {};
  return {
    operation: {
      initiatedBy: { username: user },
      info: [{ name: 'Reason', value: 'Asked for in Backstage' }],
      sync: {
        prune: automated?.prune ?? false,
        ...(syncOptions && { syncOptions }),
        ...sync,
      },
      ...(retry && { retry }),
    },
  };
}

/** Where an Application takes its manifests from; of several sources the first with a path. */
export function manifestSource({ spec }: ArgoCdApplicationObject) {
  const sources = spec.sources?.length ? spec.sources : [spec.source];
  return sources.find(source => source?.path !== undefined);
}

/** A deployment that Argo CD remembers. */
export type EarlierDeployment = NonNullable<
  NonNullable<ArgoCdApplicationObject['status']>['history']
>[number];

/**
 * The Git revision that a deployment took the manifests from. Of several sources Argo CD
 * notes one each, in the order that they had then.
 */
export function manifestRevision(
  application: ArgoCdApplicationObject,
  { revision, revisions, sources }: EarlierDeployment,
): string | undefined {
  const source = manifestSource(application);
  const then = sources?.length ? sources : application.spec.sources;
  const index = then?.findIndex(
    ({ path, repoURL }) => path !== undefined && repoURL === source?.repoURL,
  );
  return revision || revisions?.[index ?? 0];
}
