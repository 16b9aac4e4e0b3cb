import { InputError } from '@backstage/errors';
import { deliveryListQuerySchema } from '@golden-path/plugin-delivery-common';
import { z } from 'zod';
import type { Position } from './order';

const { sort, order } = deliveryListQuerySchema.shape;

const cursorSchema = z.strictObject({
  sort: sort.unwrap(),
  order: order.unwrap(),
  /** Of the last row of the page before; rows after it follow, whatever came or went. */
  value: z.union([z.string(), z.number()]).optional(),
  entityRef: z.string(),
});

type Cursor = z.infer<typeof cursorSchema>;
type Order = Pick<Cursor, 'sort' | 'order'>;

export function writeCursor(by: Order, after: Position): string {
  const cursor: Cursor = { ...by, ...after };
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/**
 * Reads where the page before ended.
 *
 * @throws InputError for what {@link writeCursor} did not write, or wrote for another order
 */
export function readCursor(text: string, by: Order): Position {
  const parsed = cursorSchema.safeParse(decode(text));
  if (!parsed.success) {
    throw new InputError(
      'Query parameter "cursor" is not one that the list has answered as nextCursor; leave it out to begin with the first page',
    );
  }
  const cursor = parsed.data;
  if (cursor.sort !== by.sort || cursor.order !== by.order) {
    throw new InputError(
      `Query parameter "cursor" belongs to sort=${cursor.sort}&order=${cursor.order}, not to sort=${by.sort}&order=${by.order}; leave it out to begin with the first page`,
    );
  }
  return { value: cursor.value, entityRef: cursor.entityRef };
}

function decode(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
