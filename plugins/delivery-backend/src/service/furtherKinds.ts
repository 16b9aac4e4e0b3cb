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
  const known = watchedAnyway(sources);
  return sources.flatMap(({ system, kindsFor }) =>
    (kindsFor?.(surroundings) ?? [])
      .filter(kind => !known.has(nameOf(kind)))
      .map(kind => ({ ...kind, system })),
  );
}

const watched = new WeakMap<readonly Source[], ReadonlySet<string>>();

/** Names of the kinds that every pipeline has watched in full. */
function watchedAnyway(sources: readonly Source[]): ReadonlySet<string> {
  const names =
    watched.get(sources) ??
    new Set(
      sources.flatMap(({ kinds }) =>
        kinds.filter(kind => !narrowedBy(kind)).map(nameOf),
      ),
    );
  watched.set(sources, names);
  return names;
}

/** Of which kind, for comparison. */
export function nameOf({ group, kind }: WatchedKind): string {
  return `${kind}.${group}`;
}
