import { z } from 'zod';
import type { ConditionFacts } from '../delivery/facts';

/*
 * Schemas for what other programs wrote. A field that is not as expected becomes
 * `undefined` or is left out, so one odd field never hides the rest of an object.
 */

/** A text, or `undefined`. */
export const text = z.string().optional().catch(undefined);

/** A whole number that is not negative, or `undefined`. */
export const count = z.int().min(0).optional().catch(undefined);

/** An ISO 8601 moment in UTC, or `undefined`. */
export const moment = z.iso.datetime().optional().catch(undefined);

/** A yes or no, or `undefined`. */
export const flag = z.boolean().optional().catch(undefined);

/** An object with these fields; anything else counts as an empty one. */
export function part<Shape extends z.ZodRawShape>(shape: Shape) {
  return z
    .unknown()
    .optional()
    .transform(value => (isObject(value) ? value : {}))
    .pipe(z.object(shape));
}

/** A list without the items that are not as expected; anything else is empty. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z
    .unknown()
    .optional()
    .transform(value =>
      (Array.isArray(value) ? value : []).flatMap((each): z.infer<Item>[] => {
        const parsed = item.safeParse(each);
        return parsed.success ? [parsed.data] : [];
      }),
    );
}

/** `status.conditions` of any object. */
export const conditions = listOf(
  z
    .object({
      type: z.string(),
      status: z.string(),
      reason: text,
      message: text,
      lastTransitionTime: moment,
    })
    .transform(
      ({ lastTransitionTime, ...condition }): ConditionFacts => ({
        ...condition,
        since: lastTransitionTime,
      }),
    ),
);

/** Whether a value is a plain object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
