export interface Config {
  /** Settings of the delivery plugin. */
  delivery?: {
    /**
     * Clusters where golden paths run. Without this, the clusters of `kubernetes`
     * with `clusterLocatorMethods` of type `config` are used.
     */
    clusters?: Array<{
      /** Name as in the annotation `kro.run/cluster`. */
      name: string;
      /** Path of a kubeconfig file whose account may only read. */
      kubeconfig: string;
      /** Context of the kubeconfig. Default: its current context. */
      context?: string;
      /** Path of a kubeconfig file whose account may act: sync, retry, apply. */
      operatorKubeconfig?: string;
      /** Namespace of Argo CD. Default: `argocd`. */
      argoCdNamespace?: string;
      /** Where the systems' own pages are, for links. */
      links?: {
        argoCd?: string;
        argoWorkflows?: string;
      };
    }>;
  };
}
