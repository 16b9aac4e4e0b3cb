import type { StageKind } from '@golden-path/plugin-delivery-common';
import type { Facts } from '../delivery/facts';
import type { Location } from '../delivery/locate';
import type {
  KindRef,
  KubernetesObject,
  ObjectReader,
} from '../kubernetes/types';

/** What a cluster is to a pipeline; it may be both. */
export type Place = 'pipeline' | 'destination';

/** A kind that a source wants watched. */
export interface WatchedKind extends KindRef {
  /**
   * Keeps what the source reads. Whatever may hold a secret (parameters, environment,
   * manifests) ends here.
   */
  trim(object: KubernetesObject): KubernetesObject;
  /**
   * Where it matters: in the cluster of the pipeline, in the clusters that environments
   * are deployed to, or in both.
   */
  place: Place | 'both';
  /** Stages that cannot be told without this kind. */
  feeds: readonly StageKind[];
}

/** A kind that one pipeline needs watched besides those that every one does. */
export interface NeededKind extends WatchedKind {
  /** Name of the configured cluster; absent for that of the pipeline. */
  cluster?: string;
}

/** What a source may look at for one pipeline. */
export interface Surroundings {
  location: Location;
  /** The cluster of the pipeline. */
  objects: ObjectReader;
  /** Another configured cluster; `undefined` where it is not configured. */
  cluster(name: string): ObjectReader | undefined;
  /** Name of the configured cluster that Argo CD calls so, by name or address. */
  clusterAt(destination: string): string | undefined;
  /** Namespace of Argo CD in the cluster of the pipeline. */
  argoCdNamespace: string;
  /**
   * Whether all objects of a kind (with its selectors, where it has some) are known in
   * the cluster of the pipeline, so that one that is not found is not there.
   */
  isLive?(kind: KindRef): boolean;
  /** Whether somebody looks at the whole document now, and not only at a line about it. */
  isRead?: boolean;
  /** What the sources before this one found. */
  found: Facts;
}

/**
 * One delivering system: which kinds to watch, and how to read facts from them.
 *
 * @remarks
 * To add a system, write one folder that exports one of these and name it in
 * `sources/index.ts`.
 */
export interface Source {
  /** As people write it, for example `Argo CD`. */
  system: string;
  /** Golden paths do without it: where it is not installed, nothing is missed. */
  isOptional?: boolean;
  kinds: readonly WatchedKind[];
  /**
   * Kinds that only some pipelines need, which the account has to be allowed to read all
   * the same: `kindsFor` tells who needs which of their objects.
   */
  onDemand?: readonly WatchedKind[];
  /**
   * Kinds that this pipeline needs besides, as far as is known yet: what the objects that
   * are there name. Asked again whenever those change. Kinds that a source watches anyway
   * may be among them.
   */
  kindsFor?(surroundings: Surroundings): readonly NeededKind[];
  /**
   * Reads everything that the system knows of one pipeline. Never throws on a
   * broken object: what cannot be read is left out.
   */
  collect(surroundings: Surroundings): Partial<Facts>;
}
