export interface Config {
  /** Settings of the delivery plugins. */
  delivery?: {
    /** Clusters where golden paths run; the first one is used when a template names none. */
    clusters?: Array<{
      /** Name as in the template's input `cluster`. */
      name: string;
      /** Path of a kubeconfig file; used when there is no `operatorKubeconfig`. */
      kubeconfig?: string;
      /** Context of the kubeconfig. Default: its current context. */
      context?: string;
      /** Path of a kubeconfig file whose account may register: platform/rbac/operator.yaml. */
      operatorKubeconfig?: string;
      /** Namespace of Argo CD, which no team may choose. Default: `argocd`. */
      argoCdNamespace?: string;
    }>;
  };
}
