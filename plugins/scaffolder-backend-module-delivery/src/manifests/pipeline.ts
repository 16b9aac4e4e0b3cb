import {
  ARGO_CD_NAMESPACE,
  completeEnvironments,
  EnvironmentsInput,
  goldenPathNames,
} from './names';

/** What a CICDPipeline needs to know. */
export interface PipelineInput {
  name: string;
  namespace: string;
  git: {
    protocol: string;
    /** With its port, if it has one. */
    hostname: string;
    owner: string;
    provider: string;
  };
  aws: {
    region: string;
    accountId: string;
    resourcePrefix?: string;
    clusterName?: string;
    deployClusterName?: string;
  };
  /** Host on which the Git server reaches the webhook. */
  hubHostname: string;
  /** The pipeline's cluster, as Argo CD knows it. Default: the one that it runs in. */
  hubServer?: string;
  /** Default: `argocd`. */
  argoCdNamespace?: string;
  dockerfilePath?: string;
  deploymentPath?: string;
  environments?: EnvironmentsInput;
}

/**
 * The CICDPipeline of an application.
 *
 * @remarks
 * Fields and names are those of the ResourceGraphDefinition
 * `platform/kro/cicdpipeline.yaml`.
 *
 * @param input - names have been checked by the caller
 */
export function pipelineManifest(input: PipelineInput) {
  const names = goldenPathNames(input.name);
  const { argoCdNamespace = ARGO_CD_NAMESPACE } = input;
  return {
    apiVersion: 'kro.run/v1alpha1',
    kind: 'CICDPipeline',
    metadata: {
      name: names.instance,
      namespace: input.namespace,
      labels: {
        'app.kubernetes.io/name': input.name,
        'app.kubernetes.io/component': 'cicd-pipeline',
        'app.kubernetes.io/managed-by': 'argocd',
      },
      annotations: {
        'cicd.kro.run/application-name': input.name,
        'cicd.kro.run/aws-region': input.aws.region,
      },
    },
    spec: {
      name: names.pipeline,
      namespace: input.namespace,
      aws: {
        region: input.aws.region,
        accountId: input.aws.accountId,
        resourcePrefix: input.aws.resourcePrefix ?? 'peeks',
        ...(input.aws.clusterName && { clusterName: input.aws.clusterName }),
        ...(input.aws.deployClusterName && {
          deployClusterName: input.aws.deployClusterName,
        }),
      },
      application: {
        name: input.name,
        dockerfilePath: input.dockerfilePath ?? '.',
        deploymentPath: input.deploymentPath ?? './deployment',
      },
      gitlab: {
        protocol: input.git.protocol,
        hostname: input.git.hostname,
        username: input.git.owner,
        provider: input.git.provider,
      },
      hub: { hostname: input.hubHostname },
      // Left out where it is the default, so that older ResourceGraphDefinitions take the manifest.
      ...(argoCdNamespace !== ARGO_CD_NAMESPACE && {
        argoCd: { namespace: argoCdNamespace },
      }),
      environments: completeEnvironments(
        input.namespace,
        input.environments,
        input.hubServer,
      ),
    },
  };
}
