import { z } from 'zod';
import { imageSchema } from './environment';
import { runPurposeSchema } from './run';
import { sentenceSchema } from './sentence';
import { sourceHealthSchema } from './sourceHealth';
import { stageStatusSchema, timestampSchema } from './status';

/**
 * One environment as a row of the list shows it.
 *
 * @public
 */
export const deliveryRowEnvironmentSchema = z.object({
  /** For example `dev`. */
  name: z.string(),
  /** Whether what is deployed there runs: the stage `run` of the environment. */
  status: stageStatusSchema,
  /** Absent while the environment holds nothing. */
  image: imageSchema.optional(),
  /** End of the last deployment, as Argo CD recorded it. */
  deployedAt: timestampSchema.optional(),
});

/** {@inheritDoc deliveryRowEnvironmentSchema} @public */
export type DeliveryRowEnvironment = z.infer<
  typeof deliveryRowEnvironmentSchema
>;

/**
 * How the delivery of one entity stands, in one row.
 *
 * @public
 */
export const deliveryRowSchema = z.object({
  /** Full entity reference, for example `component:default/checkout`. */
  entityRef: z.string(),
  /** `metadata.title` of the entity. */
  title: z.string().optional(),
  /** Entity reference of the first owner, from the relation `ownedBy`. */
  owner: z.string().optional(),
  /** Name of the configured cluster where the pipeline runs. */
  cluster: z.string(),
  /** The same as in the document of the entity. */
  summary: z.object({
    status: stageStatusSchema,
    sentence: sentenceSchema,
    /** Id of the stage that decided, where one did. */
    stage: z.string().optional(),
  }),
  /** In the order of promotion. */
  environments: z.array(deliveryRowEnvironmentSchema),
  /** The newest run. */
  lastRun: z
    .object({
      name: z.string(),
      purpose: runPurposeSchema,
      status: stageStatusSchema,
      /** The full commit SHA that it builds, where its image tag is one. */
      commit: z.string().optional(),
      createdAt: timestampSchema,
      finishedAt: timestampSchema.optional(),
    })
    .optional(),
  /** Revision of the entity's document when the row was made. */
  revision: z.string(),
});

/** {@inheritDoc deliveryRowSchema} @public */
export type DeliveryRow = z.infer<typeof deliveryRowSchema>;

/**
 * One page of the deliveries that a user may see.
 *
 * @public
 */
export const deliveryListSchema = z.object({
  items: z.array(deliveryRowSchema),
  /** Rows on all pages together. */
  totalItems: z.int().min(0),
  /** Asks for the next page; absent on the last one. */
  nextCursor: z.string().optional(),
  /** Rows per status, of all that match the query but its `status`. */
  statuses: z.record(stageStatusSchema, z.int().min(0)),
  /** Every source that the rows of all pages were made from, each once. */
  sources: z.array(sourceHealthSchema),
});

/** {@inheritDoc deliveryListSchema} @public */
export type DeliveryList = z.infer<typeof deliveryListSchema>;

/** A query parameter that may be given several times. */
const several = <T extends z.ZodType>(each: T) =>
  z.preprocess(
    given => (given === undefined || Array.isArray(given) ? given : [given]),
    z.array(each).max(50).optional(),
  );

/**
 * Query of the list of deliveries.
 *
 * @public
 */
export const deliveryListQuerySchema = z.strictObject({
  /** Several are alternatives, as for `status` and `cluster`. */
  owner: several(z.string().min(1).max(200)).describe(
    'Entity references of owners, for example `group:default/team-a`; several are alternatives',
  ),
  status: several(stageStatusSchema).describe(
    'Statuses of the summary; several are alternatives',
  ),
  cluster: several(z.string().min(1).max(253)).describe(
    'Names of clusters where pipelines run; several are alternatives',
  ),
  search: z
    .string()
    .max(200)
    .optional()
    .describe('Part of the name or title, in upper or lower case'),
  sort: z
    .enum(['name', 'status', 'lastDeployed', 'lastRun'])
    .default('name')
    .describe(
      '`status` goes from what needs somebody to what is well; rows without a time come last',
    ),
  order: z
    .enum(['asc', 'desc'])
    .optional()
    .describe(
      'Default: `asc`, and `desc` (the newest first) for `lastDeployed` and `lastRun`',
    ),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(200)
    .default(50)
    .describe('Rows on a page'),
  cursor: z
    .string()
    .min(1)
    .max(2000)
    .optional()
    .describe(
      '`nextCursor` of the page before; give all other parameters again as they were',
    ),
});

/** Query of the list of deliveries after its defaults were filled in. @public */
export type DeliveryListQuery = z.output<typeof deliveryListQuerySchema>;
