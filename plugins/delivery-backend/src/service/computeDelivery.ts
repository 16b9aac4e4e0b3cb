import type { Delivery } from '@golden-path/plugin-delivery-common';
import { deliveryOf } from '../delivery/deliveryOf';
import { noFacts, type Facts } from '../delivery/facts';
import type { Located } from '../delivery/locate';
import type { Observation } from '../history/recordsOf';
import type { ClusterWatch } from '../kubernetes';
import type { Place, Source } from '../sources';
import { collectFacts } from './collectFacts';
import { kindHealthOf } from './kindHealth';
import { RecordingReader } from './RecordingReader';

/** One configured cluster, watched. */
export interface WatchedCluster {
  watch: ClusterWatch;
  argoCdNamespace: string;
  links: { argoCd?: string; argoWorkflows?: string };
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
  /**
   * Called with the places before their health is read, so that kinds which nobody
   * watched until now count as syncing rather than as having nothing.
   */
  hold(places: Places): void;
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
  const facts =
    home && objects && !problem
      ? collectFacts(sources, {
          location,
          objects,
          cluster: readerOf,
          argoCdNamespace: home.argoCdNamespace,
        })
      : noFacts();
  const places = home && !problem ? placesOf(facts, location.cluster) : NONE;
  options.hold(places);
  const observation = {
    located,
    facts,
    health: healthOf(places, clusters, sources),
  };
  return {
    delivery: deliveryOf({
      ...observation,
      entityRef,
      links: home?.links ?? {},
    }),
    observation,
    places,
    dependencies: new Map(
      [...readers].map(([name, { dependencies }]) => [name, dependencies]),
    ),
  };
}

/** How well the kinds of these places are known. */
export function healthOf(
  places: Places,
  clusters: ReadonlyMap<string, WatchedCluster>,
  sources: readonly Source[],
) {
  return [...places].flatMap(([name, roles]) => {
    const cluster = clusters.get(name);
    return cluster ? kindHealthOf(cluster.watch, sources, roles) : [];
  });
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
