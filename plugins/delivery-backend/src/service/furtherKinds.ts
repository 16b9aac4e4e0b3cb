import { narrowedBy } from '../kubernetes';
import type { Source, Surroundings, WatchedKind } from '../sources';

/** A kind that one pipeline needs watched besides those of every pipeline. */
export interface FurtherKind extends WatchedKind {
  /** Which system wants it. */
  system: string;
}

/** What a pipeline needs watched besides the kinds that every one does, by cluster. */
export function furtherKinds(
  sources: readonly Source[],
  surroundings: Surroundings,
): ReadonlyMap<string, readonly FurtherKind[]> {
  const known = watchedAnyway(sources);
  const byCluster = new Map<string, FurtherKind[]>();
  for (const { system, kindsFor } of sources) {
    for (const needed of kindsFor?.(surroundings) ?? []) {
      const { cluster = surroundings.location.cluster, ...kind } = needed;
      if (!known.has(nameOf(kind))) {
        const kinds = byCluster.get(cluster) ?? [];
        kinds.push({ ...kind, system });
        byCluster.set(cluster, kinds);
      }
    }
  }
  return byCluster;
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
