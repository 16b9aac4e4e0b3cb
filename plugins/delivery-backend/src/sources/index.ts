import { argoCd } from './argo-cd/source';
import { argoEvents } from './argo-events/source';
import { argoWorkflows } from './argo-workflows/source';
import { ecr } from './ecr/source';
import { kargo } from './kargo/source';
import { deployedInstances } from './kro/deployedInstances';
import { kro } from './kro/source';
import { kubeVela } from './kubevela/source';
import { rollouts } from './rollouts/source';
import type { Place, Source, WatchedKind } from './source';
import { workloads } from './workloads/source';

/** All delivering systems; a source may use what those before it found. */
export const sources: readonly Source[] = [
  kro,
  argoWorkflows,
  argoEvents,
  ecr,
  argoCd,
  kubeVela,
  deployedInstances,
  rollouts,
  workloads,
  kargo,
];

/** Every kind that any source wants watched. */
export const watchedKinds: readonly WatchedKind[] = sources.flatMap(
  source => source.kinds,
);

/** Every kind that the account must be allowed to read, for whomever it is. */
export const readKinds: readonly WatchedKind[] = [
  ...watchedKinds,
  ...sources.flatMap(({ onDemand = [] }) => onDemand),
];

/**
 * The kinds to watch in a cluster for what it is to a pipeline: a spoke that Argo CD
 * only deploys to needs few of those of the hub.
 */
export function kindsAt(place: Place): WatchedKind[] {
  return watchedKinds.filter(
    kind => kind.place === place || kind.place === 'both',
  );
}

export type {
  NeededKind,
  Place,
  Source,
  Surroundings,
  WatchedKind,
} from './source';
