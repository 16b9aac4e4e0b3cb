import { z } from 'zod';
import { count, flag, isObject, listOf, moment, part, text } from '../lenient';

const sourceShape = {
  repoURL: text,
  path: text,
  chart: text,
  targetRevision: text,
};

const initiatedBy = part({ username: text });

/** Its presence alone turns it on, unless it says otherwise. */
const automated = z
  .unknown()
  .optional()
  .transform(value => (isObject(value) ? value : undefined))
  .pipe(z.object({ enabled: flag, selfHeal: flag, prune: flag }).optional());

/**
 * What we read of an Argo CD Application.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/application.yaml
 */
export const applicationSchema = z.object({
  spec: part({
    project: text,
    source: part(sourceShape),
    sources: listOf(z.object(sourceShape)),
    destination: part({ name: text, server: text, namespace: text }),
    syncPolicy: part({
      automated,
      retry: part({ limit: z.int().optional().catch(undefined) }),
    }),
  }),
  status: part({
    sync: part({ status: text, revision: text, revisions: listOf(z.string()) }),
    health: part({ status: text, message: text, lastTransitionTime: moment }),
    operationState: part({
      phase: text,
      message: text,
      startedAt: moment,
      finishedAt: moment,
      retryCount: count,
      operation: part({
        initiatedBy,
        retry: part({ limit: z.int().optional().catch(undefined) }),
      }),
      syncResult: part({
        revision: text,
        revisions: listOf(z.string()),
        resources: listOf(
          z.object({
            group: text,
            kind: z.string(),
            namespace: text,
            name: z.string(),
            status: text,
            message: text,
            hookPhase: text,
            hookType: text,
          }),
        ),
      }),
    }),
    history: listOf(
      z.object({
        /** Go leaves the first one out, which is 0. */
        id: z.int().min(0).default(0),
        revision: text,
        revisions: listOf(z.string()),
        deployStartedAt: moment,
        deployedAt: moment,
        initiatedBy,
      }),
    ),
    conditions: listOf(z.object({ type: z.string(), message: z.string() })),
    resources: listOf(
      z.object({
        group: text,
        kind: z.string(),
        namespace: text,
        name: z.string(),
        status: text,
        health: part({ status: text, message: text }),
        requiresPruning: flag,
      }),
    ),
    summary: part({ images: listOf(z.string()) }),
    reconciledAt: moment,
  }),
});

/** An Application as it was read. */
export type ApplicationObject = z.infer<typeof applicationSchema>;
