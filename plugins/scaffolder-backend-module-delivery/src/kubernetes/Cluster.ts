import { Manifest } from '../manifests/registration';

/** A kind as its API server is asked for it. */
export interface ResourceKind {
  group: string;
  version: string;
  plural: string;
  kind: string;
  /** The system that brings it, in words. */
  system: string;
}

/** Kinds without which an application cannot be registered. */
export const KINDS = {
  project: {
    group: 'argoproj.io',
    version: 'v1alpha1',
    plural: 'appprojects',
    kind: 'AppProject',
    system: 'Argo CD',
  },
  application: {
    group: 'argoproj.io',
    version: 'v1alpha1',
    plural: 'applications',
    kind: 'Application',
    system: 'Argo CD',
  },
  pipeline: {
    group: 'kro.run',
    version: 'v1alpha1',
    plural: 'cicdpipelines',
    kind: 'CICDPipeline',
    system: 'kro with the CICDPipeline ResourceGraphDefinition',
  },
} satisfies Record<string, ResourceKind>;

/** What the actions ask of a cluster. Every failure is an error that says what to do. */
export interface Cluster {
  readonly name: string;
  readonly argoCdNamespace: string;

  /**
   * Version of the API server; proves that it answers and accepts the account.
   *
   * @throws ServiceUnavailableError, AuthenticationError, NotAllowedError
   */
  version(): Promise<string>;

  /** Kinds that are served under a group and version; none when it is not installed. */
  kinds(group: string, version: string): Promise<string[]>;

  /** An object, or undefined when there is none. */
  get(
    kind: ResourceKind,
    namespace: string,
    name: string,
  ): Promise<{ spec?: { [field: string]: any } } | undefined>;

  /**
   * Server-side apply. With `dryRun` the API server does everything but store.
   *
   * @returns uid of the object
   * @throws ConflictError when somebody else owns a field
   */
  apply(
    kind: ResourceKind,
    manifest: Manifest,
    options?: { dryRun?: boolean },
  ): Promise<{ uid: string }>;
}

/** Finds the cluster for a name, or the first one. */
export interface Clusters {
  get(name: string | undefined): Promise<Cluster>;

  /** Namespace of Argo CD as configured, without asking the cluster; the default where nothing is. */
  argoCdNamespace(name: string | undefined): string;
}
