import type { KindHealth } from '../delivery/facts';
import type { ClusterWatch, KindState } from '../kubernetes/types';
import type { Source } from '../sources';

/** How well each kind that the sources want is known in one cluster. */
export function kindHealthOf(
  watch: ClusterWatch,
  sources: readonly Source[],
): KindHealth[] {
  const states = watch.kindStates();
  return sources.flatMap(({ system, kinds }) =>
    kinds.flatMap(({ group, kind, feeds }) => {
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
