import type {
  Delivery,
  UsualDuration,
} from '@golden-path/plugin-delivery-common';
import { deliveryOf } from '../delivery/deliveryOf';
import { noFacts, type Facts } from '../delivery/facts';
import type { Beyond } from '../delivery/journey/beyond';
import type { Located, Location } from '../delivery/locate';
import type { Observation } from '../history/recordsOf';
import type { ClusterWatch, KindRef, KindState } from '../kubernetes';
import type { Place, Source } from '../sources';
import { collectFacts } from './collectFacts';
import { furtherKinds, type FurtherKind } from './furtherKinds';
import { isOf, kindHealthOf } from './kindHealth';
import { RecordingReader } from './RecordingReader';

/** One configured cluster, watched. */
export interface WatchedCluster {
  watch: ClusterWatch;
  argoCdNamespace: string;
  /** Names and addresses by which Argo CD knows it, beside its name. */
  argoCdDestinations?: readonly string[];
  links: { argoCd?: string; argoWorkflows?: string };
  /** Whether there is an account that acts in it. */
  operable?: boolean;
}

/** What each cluster is to a pipeline. */
export type Places = ReadonlyMap<string, ReadonlySet<Place>>;

export interface Computation {
  delivery: Delivery;
  /** What it was made from. */
  observation: Observation;
  places: Places;
  /** What the delivery depends on, by cluster. */
  dependencies: ReadonlyMap<string, ReadonlySet<string>>;
}

export interface ComputeOptions {
  entityRef: string;
  located: Located;
  clusters: ReadonlyMap<string, WatchedCluster>;
  sources: readonly Source[];
  /** Whether somebody looks at the whole document, and not only at its overview. */
  isRead?: boolean;
  /** How long the runs of a pipeline usually take, as far as is known. */
  usual?(location: Location): readonly UsualDuration[];
  /** What no cluster knows, as far as is known. */
  beyond?(subject: { facts: Facts; location: Location }): Beyond;
  /**
   * Called with the places before their health is read, so that kinds which nobody
   * watched until now count as syncing rather than as having nothing.
   */
  hold(
    places: Places,
    further: ReadonlyMap<string, readonly FurtherKind[]>,
  ): void;
}

const NONE: Places = new Map();

/** Computes the delivery of an entity from what the stores hold now. */
export function computeDelivery(options: ComputeOptions): Computation {
  const { entityRef, located, clusters, sources } = options;
  const { location, problem } = located;
  const home = clusters.get(location.cluster);
  const readers = new Map<string, RecordingReader>();
  const readerOf = (name: string) => {
    const cluster = clusters.get(name);
    if (!cluster) {
      return undefined;
    }
    const reader =
      readers.get(name) ?? new RecordingReader(cluster.watch.objects);
    readers.set(name, reader);
    return reader;
  };
  const objects = readerOf(location.cluster);
  const surroundings = home &&
    objects &&
    !problem && {
      location,
      objects,
      cluster: readerOf,
      clusterAt: (destination: string) => clusterAt(destination, clusters),
      argoCdNamespace: home.argoCdNamespace,
      isLive: liveKinds(home.watch),
      isRead: options.isRead,
    };
  const facts = surroundings ? collectFacts(sources, surroundings) : noFacts();
  const further = surroundings
    ? furtherKinds(sources, { ...surroundings, found: facts })
    : new Map<string, readonly FurtherKind[]>();
  const places = home && !problem ? placesOf(facts, location.cluster) : NONE;
  options.hold(places, further);
  const observation = {
    located,
    facts,
    health: healthOf(places, clusters, sources, further),
  };
  return {
    delivery: deliveryOf({
      ...observation,
      entityRef,
      links: home?.links ?? {},
      usual: options.usual?.(location),
      beyond: options.beyond?.({ facts, location }),
      operable: home?.operable,
    }),
    observation,
    places,
    dependencies: new Map(
      [...readers].map(([name, { dependencies }]) => [name, dependencies]),
    ),
  };
}

/** The cluster that a destination of Argo CD is. */
function clusterAt(
  destination: string,
  clusters: ReadonlyMap<string, WatchedCluster>,
): string | undefined {
  if (clusters.has(destination)) {
    return destination;
  }
  const address = destination.replace(/\/+$/, '');
  const named = [...clusters].find(([, { argoCdDestinations = [] }]) =>
    argoCdDestinations.some(each => each.replace(/\/+$/, '') === address),
  );
  return named?.[0];
}

/** How well the kinds of these places are known. */
export function healthOf(
  places: Places,
  clusters: ReadonlyMap<string, WatchedCluster>,
  sources: readonly Source[],
  further: ReadonlyMap<string, readonly FurtherKind[]> = new Map(),
) {
  return [...places].flatMap(([name, roles]) => {
    const cluster = clusters.get(name);
    return cluster
      ? kindHealthOf(cluster.watch, sources, roles, further.get(name))
      : [];
  });
}

/** Tells whether a kind is known in full; the states are those of the first question. */
function liveKinds(watch: ClusterWatch): (kind: KindRef) => boolean {
  let live: KindState[] | undefined;
  return kind => {
    live ??= watch.kindStates().filter(({ state }) => state === 'live');
    return live.some(state => isOf(state, kind));
  };
}

/** The cluster of the pipeline, and those that its environments are deployed to. */
function placesOf(facts: Facts, home: string): Places {
  const places = new Map<string, Set<Place>>([[home, new Set(['pipeline'])]]);
  for (const { destination } of facts.applications) {
    const name = destination.watchedCluster;
    if (name !== undefined) {
      places.set(name, (places.get(name) ?? new Set()).add('destination'));
    }
  }
  return places;
}
