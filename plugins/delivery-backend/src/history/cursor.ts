import { InputError } from '@backstage/errors';
import { z } from 'zod';

const cursorSchema = z.tuple([z.iso.datetime(), z.string().max(255)]);

/** The last row of a page: its end and its id. */
export type Cursor = z.infer<typeof cursorSchema>;

/** As it stands in an address. */
export function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/**
 * Reads what {@link writeCursor} wrote.
 *
 * @throws InputError for anything else
 */
export function readCursor(text: string): Cursor {
  try {
    return cursorSchema.parse(
      JSON.parse(Buffer.from(text, 'base64url').toString('utf8')),
    );
  } catch {
    throw new InputError(
      `Parameter "cursor" is ${JSON.stringify(
        text.slice(0, 80),
      )}: it must be the nextCursor of the page before, or be left out for the first page`,
    );
  }
}
