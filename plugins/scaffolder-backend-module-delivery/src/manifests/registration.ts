import {
  completeEnvironments,
  Environments,
  EnvironmentsInput,
  goldenPathNames,
  IN_CLUSTER,
} from './names';

/** A Kubernetes object that is applied as it stands. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  spec: { [field: string]: unknown };
}

/** What Argo CD must know to follow a repository. */
export interface RegistrationInput {
  name: string;
  namespace: string;
  /** As Argo CD clones it. */
  repositoryUrl: string;
  /** Namespace of Argo CD. */
  argoCdNamespace: string;
  /** The pipeline's cluster, as Argo CD knows it. Default: the one that it runs in. */
  hubServer?: string;
  /** Folder of the pipeline in the repository. Default: `pipeline`. */
  pipelinePath?: string;
  environments?: EnvironmentsInput;
}

/** Each once: two environments of different clusters may share a name. */
function namespacesOf(team: string, { dev, prod }: Environments): string[] {
  return [...new Set([team, dev.namespace, prod.namespace])];
}

/**
 * The AppProject that fences an application in, and the Application that watches
 * the pipeline in its repository and creates the team's namespace.
 *
 * @remarks
 * The Applications of dev and prod are children of the CICDPipeline and come from
 * kro. The project lets the repository bring the golden path's own kinds only.
 *
 * @param input - names have been checked by the caller
 */
export function registrationManifests(input: RegistrationInput): {
  project: Manifest;
  application: Manifest;
} {
  const names = goldenPathNames(input.name);
  const hub = {
    server: input.hubServer ?? IN_CLUSTER,
    namespace: input.namespace,
  };
  const environments = completeEnvironments(
    input.namespace,
    input.environments,
    hub.server,
  );
  const labels = {
    'entity-id': input.name,
    'app.kubernetes.io/name': input.name,
    'app.kubernetes.io/managed-by': 'backstage',
  };
  return {
    project: {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: {
        name: names.project,
        namespace: input.argoCdNamespace,
        labels,
      },
      spec: {
        description: `Golden path of ${input.name}`,
        sourceRepos: [input.repositoryUrl],
        // As EKS Capability Argo CD takes Applications from namespaces only that are named here.
        sourceNamespaces: [input.argoCdNamespace],
        destinations: [hub, environments.dev, environments.prod],
        // By name: the destinations above fence namespaced objects only, so that a
        // repository could otherwise relabel or prune any namespace of the cluster.
        clusterResourceWhitelist: namespacesOf(
          input.namespace,
          environments,
        ).map(name => ({ group: '', kind: 'Namespace', name })),
        namespaceResourceWhitelist: [
          { group: 'kro.run', kind: '*' },
          // Not the kinds that define components: KubeVela renders those with its own rights.
          { group: 'core.oam.dev', kind: 'Application' },
          { group: '', kind: 'ConfigMap' },
        ],
      },
    },
    application: {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: {
        name: names.registration,
        namespace: input.argoCdNamespace,
        labels: {
          ...labels,
          'app.kubernetes.io/component': 'argocd-application',
        },
        annotations: { 'cicd.kro.run/application-name': input.name },
      },
      spec: {
        project: names.project,
        source: {
          repoURL: input.repositoryUrl,
          targetRevision: 'main',
          path: input.pipelinePath ?? 'pipeline',
        },
        destination: hub,
        syncPolicy: {
          automated: { prune: true, selfHeal: true },
          // The label lets a platform hand credentials to all pipelines' namespaces.
          managedNamespaceMetadata: {
            labels: { 'cicd.kro.run/pipeline': 'true' },
          },
          syncOptions: ['CreateNamespace=true', 'ServerSideApply=true'],
          retry: {
            limit: 5,
            backoff: { duration: '10s', factor: 2, maxDuration: '3m' },
          },
        },
      },
    },
  };
}
