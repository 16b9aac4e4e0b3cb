import { noFacts, type Facts } from '../delivery/facts';
import type { Source, Surroundings } from '../sources';

/** Asks all sources in order; each sees what those before it found. */
export function collectFacts(
  sources: readonly Source[],
  surroundings: Omit<Surroundings, 'found'>,
): Facts {
  return sources.reduce<Facts>(
    (found, source) => ({
      ...found,
      ...source.collect({ ...surroundings, found }),
    }),
    noFacts(),
  );
}
