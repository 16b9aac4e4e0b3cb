import type { KindHealth } from '../delivery/facts';
import type { ClusterWatch, KindState } from '../kubernetes/types';
import type { Place, Source } from '../sources';

/** How well each kind that the sources want in these places is known in one cluster. */
export function kindHealthOf(
  watch: ClusterWatch,
  sources: readonly Source[],
  places: ReadonlySet<Place>,
): KindHealth[] {
  const states = watch.kindStates();
  const isWanted = (place: Place | 'both') =>
    place === 'both' ? places.size > 0 : places.has(place);
  return sources.flatMap(({ system, kinds }) =>
    kinds.flatMap(({ group, kind, place, feeds }) => {
      if (!isWanted(place)) {
        return [];
      }
      const state = states.find(
        each => each.group === group && each.kind === kind,
      );
      return state
        ? [{ ...toHealth(state, watch.name), system, kind, feeds }]
        : [];
    }),
  );
}

function toHealth(
  { group, kind, version, state, since, reason }: KindState,
  cluster: string,
) {
  return {
    cluster,
    apiVersion: [group, version].filter(Boolean).join('/'),
    kind,
    state,
    since: since.toISOString(),
    reason,
  };
}
