import { z } from 'zod';

/**
 * Something said to a person. `text` is English and complete; `code` and `values`
 * allow to say the same in another language; a value with several parts is a list.
 *
 * @public
 */
export const sentenceSchema = z.object({
  code: z.string(),
  values: z
    .record(z.string(), z.union([z.string(), z.number(), z.array(z.string())]))
    .optional(),
  text: z.string(),
});

/** {@inheritDoc sentenceSchema} @public */
export type Sentence = z.infer<typeof sentenceSchema>;
