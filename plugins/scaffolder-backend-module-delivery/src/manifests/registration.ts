import {
  completeEnvironments,
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
  /** Folder of the pipeline in the repository. Default: `pipeline`. */
  pipelinePath?: string;
  environments?: EnvironmentsInput;
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
  const environments = completeEnvironments(
    input.namespace,
    input.environments,
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
        destinations: [
          { server: IN_CLUSTER, namespace: input.namespace },
          environments.dev,
          environments.prod,
        ],
        clusterResourceWhitelist: [{ group: '', kind: 'Namespace' }],
        namespaceResourceWhitelist: [
          { group: 'kro.run', kind: '*' },
          { group: 'core.oam.dev', kind: '*' },
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
        destination: { server: IN_CLUSTER, namespace: input.namespace },
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
