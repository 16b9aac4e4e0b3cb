import { z } from 'zod';
import type { PodSelectorFacts } from '../delivery/facts';
import { isObject, listOf } from './lenient';

const labels = z
  .unknown()
  .optional()
  .transform(value =>
    Object.fromEntries(
      Object.entries(isObject(value) ? value : {}).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      ),
    ),
  );

const expression = z.object({
  key: z.string(),
  operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']),
  values: listOf(z.string()),
});

const selectorSchema = z.object({
  matchLabels: labels,
  matchExpressions: z.array(expression).default([]),
});

/**
 * `spec.selector` of a workload.
 *
 * @returns `undefined` for one that is not understood in full, or that selects
 * everything: it could select what is not the workload's
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#resources-that-support-set-based-requirements
 */
export const podSelector = z
  .unknown()
  .optional()
  .transform((value): PodSelectorFacts | undefined => {
    const { data } = selectorSchema.safeParse(value);
    const isEmpty =
      !data ||
      Object.keys(data.matchLabels).length + data.matchExpressions.length === 0;
    return isEmpty ? undefined : data;
  });

/** Whether labels are those that a selector asks for. */
export function isSelected(
  { matchLabels, matchExpressions }: PodSelectorFacts,
  of: Readonly<Record<string, string>> = {},
): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => of[key] === value) &&
    matchExpressions.every(({ key, operator, values }) => {
      const value = Object.hasOwn(of, key) ? of[key] : undefined;
      switch (operator) {
        case 'In':
          return value !== undefined && values.includes(value);
        case 'NotIn':
          return value === undefined || !values.includes(value);
        case 'Exists':
          return value !== undefined;
        default:
          return value === undefined;
      }
    })
  );
}

/** A selector as the API server takes it in a query. */
export function labelSelectorOf({
  matchLabels,
  matchExpressions,
}: PodSelectorFacts): string {
  return [
    ...Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`),
    ...matchExpressions.map(({ key, operator, values }) => {
      switch (operator) {
        case 'In':
          return `${key} in (${values.join(',')})`;
        case 'NotIn':
          return `${key} notin (${values.join(',')})`;
        case 'Exists':
          return key;
        default:
          return `!${key}`;
      }
    }),
  ].join(',');
}
