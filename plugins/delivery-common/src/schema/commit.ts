import { z } from 'zod';
import { timestampSchema } from './status';

/**
 * A commit as its Git host tells of it.
 *
 * @public
 */
export const commitSchema = z.object({
  sha: z.string(),
  /** First line of its message. */
  title: z.string(),
  /** Name of the author. */
  author: z.string().optional(),
  /** Picture of the author. */
  avatarUrl: z.url().optional(),
  /** When it was committed, which is before it was pushed. */
  committedAt: timestampSchema.optional(),
  /** Its page at the Git host. */
  url: z.url().optional(),
});

/** {@inheritDoc commitSchema} @public */
export type Commit = z.infer<typeof commitSchema>;

/**
 * What one environment has that the next one lacks.
 *
 * @public
 */
export const aheadSchema = z.object({
  /** Name of the next environment. */
  of: z.string(),
  count: z.int().min(0),
  /** Newest first; the newest twenty of them. */
  commits: z.array(commitSchema),
});

/** {@inheritDoc aheadSchema} @public */
export type Ahead = z.infer<typeof aheadSchema>;
