import type { HumanDuration } from '@backstage/types';

export interface Config {
  /** Settings of the delivery plugin. */
  delivery?: {
    /**
     * Clusters where golden paths run; the first is the default of entities that name
     * none. Without this, the clusters of `kubernetes.clusterLocatorMethods` are used that
     * need no token of a user: type `localKubectlProxy`, and type `config` with the
     * `authProvider` `serviceAccount`, `aws`, `googleServiceAccount`, `azure` or
     * `localKubectlProxy`. The log names the others, with the reason.
     */
    clusters?: Array<{
      /** Name as in the annotation `kro.run/cluster`. */
      name: string;
      /**
       * Path of a kubeconfig file whose account may only read. It may appear or change
       * while the backend runs. Required unless `inCluster` is true.
       */
      kubeconfig?: string;
      /**
       * Uses the service account of the pod that the backend runs in, at its own cluster,
       * instead of a kubeconfig. Default: false.
       */
      inCluster?: boolean;
      /** Context of the kubeconfig. Default: its current context. */
      context?: string;
      /** Path of a kubeconfig file whose account may act: sync, retry, apply. */
      operatorKubeconfig?: string;
      /** Namespace of Argo CD. Default: `argocd`. */
      argoCdNamespace?: string;
      /**
       * Names and addresses by which Argo CD knows this cluster (`destination.name` or
       * `destination.server` of its Applications), beside `name`. Default: none.
       */
      argoCdDestinations?: string[];
      /** Where the systems' own pages start, for links. Default: no links. */
      links?: {
        /** For example `https://argocd.example.com`. */
        argoCd?: string;
        /** For example `https://workflows.example.com`. */
        argoWorkflows?: string;
      };
    }>;
    /** What is kept when the clusters forget it. */
    history?: {
      /**
       * How long finished runs, deployments, health changes and promotions are kept, a
       * day at least. Default: 90 days.
       */
      retention?: HumanDuration | string;
      /**
       * Whether the last lines of each step that failed are kept as long, 64 KiB at most,
       * without what looks like a credential. They are shown when the pod is gone. `false`
       * also deletes those that were kept. Default: true.
       */
      failedStepLogs?: boolean;
    };
    /**
     * Tells the owners of an entity what happens to its delivery, through Backstage's
     * notifications. Default: nobody is told.
     */
    notifications?: {
      /** Default: true, where `notifications` is given. */
      enabled?: boolean;
      /**
       * What they are told of: a run that failed, a commit that is healthy in the last
       * environment, a commit that waits to be promoted. Default: all of these.
       */
      kinds?: Array<'build-failed' | 'live' | 'promotion-waiting'>;
      /**
       * How long a commit must have been healthy in an environment before it is told that
       * it waits to be promoted, a minute at least. Default: 24 hours.
       */
      promotionWaitingAfter?: HumanDuration | string;
      /**
       * Where the Delivery tab is below the page of an entity, which notifications link
       * to: `path` of the extension `entity-content:delivery`. Default: `delivery`.
       */
      tabPath?: string;
    };
  };
}
