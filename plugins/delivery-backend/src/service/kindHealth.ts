import type { KindHealth } from '../delivery/facts';
import {
  narrowedBy,
  type ClusterWatch,
  type KindRef,
  type KindState,
} from '../kubernetes';
import type { Place, Source } from '../sources';
import type { FurtherKind } from './furtherKinds';

/**
 * How well each kind that the sources want in these places is known in one cluster.
 *
 * @param further - kinds that one pipeline needs besides; of those that no stage depends
 * on nothing is said, since nothing is missed without them
 */
export function kindHealthOf(
  watch: ClusterWatch,
  sources: readonly Source[],
  places: ReadonlySet<Place>,
  further: readonly FurtherKind[] = [],
): KindHealth[] {
  const states = watch.kindStates();
  const isWanted = (place: Place | 'both') =>
    place === 'both' ? places.size > 0 : places.has(place);
  const wanted: Array<FurtherKind & { isOptional?: boolean }> = [
    ...sources.flatMap(({ system, isOptional, kinds }) =>
      kinds
        .filter(({ place }) => isWanted(place))
        .map(kind => ({ ...kind, system, isOptional })),
    ),
    ...further.filter(({ feeds }) => feeds.length > 0),
  ];
  return wanted.flatMap(each => {
    const { system, kind, feeds, isOptional } = each;
    const state = states.find(known => isOf(known, each));
    return state && !(isOptional && state.state === 'not-installed')
      ? [{ ...toHealth(state, watch.name), system, kind, feeds }]
      : [];
  });
}

/** Whether a state is that of the watch for just this, no wider and no narrower. */
export function isOf(state: KindState, kind: KindRef): boolean {
  return (
    state.group === kind.group &&
    state.kind === kind.kind &&
    state.narrowedBy === narrowedBy(kind)
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
