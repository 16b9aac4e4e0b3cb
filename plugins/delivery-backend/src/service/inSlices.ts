import { setImmediate } from 'node:timers/promises';

/** Streams and other requests are served at least this often, in milliseconds. */
const SLICE_MS = 15;

/**
 * Does something with each item, with pauses in which everything else gets its turn. A
 * few items are done before this returns.
 *
 * @param each - a failure ends it and is that of the whole
 */
export async function inSlices<Item>(
  items: Iterable<Item>,
  each: (item: Item) => void,
): Promise<void> {
  let sliceEnds = performance.now() + SLICE_MS;
  for (const item of items) {
    each(item);
    if (performance.now() > sliceEnds) {
      await setImmediate();
      sliceEnds = performance.now() + SLICE_MS;
    }
  }
}
