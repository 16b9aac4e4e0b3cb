import { Readable } from 'node:stream';
import { KubeError } from './KubeError';

/** Far above what etcd lets an object be; below what would hurt us. */
const LONGEST_LINE = 32 * 1024 * 1024;

/**
 * Complete lines of a text stream. What follows the last line feed is dropped: a
 * connection that breaks inside an event has not delivered it.
 */
export async function* lines(
  stream: Readable,
): AsyncGenerator<string, void, void> {
  let rest = '';
  for await (const piece of stream as AsyncIterable<string>) {
    let start = 0;
    let end = piece.indexOf('\n');
    while (end !== -1) {
      yield rest + piece.slice(start, end);
      rest = '';
      start = end + 1;
      end = piece.indexOf('\n', start);
    }
    rest += piece.slice(start);
    if (rest.length > LONGEST_LINE) {
      throw new KubeError('protocol', 'API server sends an event without end');
    }
  }
}
