import { narrowedBy } from '../kubernetes';
import type { Source, Surroundings, WatchedKind } from '../sources';

/** A kind that one pipeline needs watched besides those of every pipeline. */
export interface FurtherKind extends WatchedKind {
  /** Which system wants it. */
  system: string;
}

/** What a pipeline needs watched in its cluster besides the kinds that every one does. */
export function furtherKinds(
  sources: readonly Source[],
  surroundings: Surroundings,
): FurtherKind[] {
  const known = new Set(
    sources.flatMap(({ kinds }) =>
      kinds.filter(kind => !narrowedBy(kind)).map(nameOf),
    ),
  );
  return sources.flatMap(({ system, kindsFor }) =>
    (kindsFor?.(surroundings) ?? [])
      .filter(kind => !known.has(nameOf(kind)))
      .map(kind => ({ ...kind, system })),
  );
}

/** Of which kind, for comparison. */
export function nameOf({ group, kind }: WatchedKind): string {
  return `${kind}.${group}`;
}
