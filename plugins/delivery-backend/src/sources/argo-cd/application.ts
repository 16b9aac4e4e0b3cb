import type {
  ApplicationFacts,
  DeploymentFacts,
  ManifestSourceFacts,
} from '../../delivery/facts';
import { entryOf } from '../../delivery/entryOf';
import type { KubernetesObject } from '../../kubernetes/types';
import { oncePerObject } from '../oncePerObject';
import { environmentNameOf, kargoStageOf } from './environmentName';
import { applicationSchema, type ApplicationObject } from './schema';
import { unsettledResources } from './unsettled';

const OAM_GROUP = 'core.oam.dev';

/** Kinds whose pods are the application, where no OAM Application brings them. */
const WORKLOADS: Record<string, readonly string[]> = {
  apps: ['Deployment', 'StatefulSet', 'DaemonSet'],
  'argoproj.io': ['Rollout'],
};

/** The group of kro, and of the kinds that it makes unless their author says otherwise. */
const KRO_GROUP = 'kro.run';
/** Kinds of that group that bring no pods of an application. */
const NO_INSTANCES = ['ResourceGraphDefinition', 'CICDPipeline'];

/** Asks Argo CD to look at Git now; it removes the annotation when it has. */
const REFRESH_ANNOTATION = 'argocd.argoproj.io/refresh';

/** Argo CD's word while an operation goes on. */
const UNDER_WAY = ['Running', 'Terminating'];

/** What it tells, whatever clusters are watched. */
const readOnce = oncePerObject((object): ApplicationFacts => {
  const { metadata } = object;
  const read = applicationSchema.parse(object);
  const { spec, status } = read;
  const { destination } = spec;
  // Hooks and skipped manifests are listed too, but have no sync status.
  const resources = status.resources.filter(resource => resource.status);
  const lastDeployment = status.history.at(-1);
  const revision = revisionOf(read, status.sync);
  const unsettled = unsettledResources(read);
  const namesOf = (wanted: typeof resources) =>
    wanted.map(resource => ({
      group: resource.group ?? '',
      kind: resource.kind,
      name: resource.name,
      namespace: resource.namespace ?? destination.namespace ?? '',
    }));
  const { syncResult, operation } = status.operationState;
  return {
    uid: metadata.uid,
    name: metadata.name,
    namespace: metadata.namespace ?? '',
    environment: environmentNameOf(metadata),
    kargoStage: kargoStageOf(metadata),
    project: spec.project || undefined,
    sources: sourcesOf(read),
    sync: status.sync.status,
    health: status.health.status,
    healthSince: status.health.lastTransitionTime,
    healthMessage: status.health.message || undefined,
    revision,
    operation: status.operationState.phase,
    operationMessage: status.operationState.message || undefined,
    operationStartedAt: status.operationState.startedAt,
    operationFinishedAt: status.operationState.finishedAt,
    operationRevision: revisionOf(read, syncResult),
    operationBy: operation.initiatedBy.username || undefined,
    deployments: status.history.flatMap(each => deploymentOf(read, each)),
    retry: retryOf(read),
    automated: isAutomated(read),
    selfHeals:
      isAutomated(read) && spec.syncPolicy.automated?.selfHeal === true,
    prunes: isAutomated(read) && spec.syncPolicy.automated?.prune === true,
    resources: resources.length,
    unsettledResources: unsettled.length > 0 ? unsettled : undefined,
    reconciledAt: status.reconciledAt,
    deployedAt: lastDeployment?.deployedAt,
    lastDeployStartedAt:
      lastDeployment?.deployStartedAt ?? lastDeployment?.deployedAt,
    deployedRevisionCompared:
      revision !== undefined &&
      lastDeployment !== undefined &&
      revision === revisionOf(read, lastDeployment),
    destination: {
      cluster: destination.name || undefined,
      server: destination.server || undefined,
      namespace: destination.namespace || undefined,
      watched: false,
    },
    images: status.summary.images,
    oamApplications: namesOf(
      resources.filter(
        ({ group, kind }) => group === OAM_GROUP && kind === 'Application',
      ),
    ).map(({ name, namespace }) => ({ name, namespace })),
    workloads: namesOf(
      resources.filter(({ group, kind }) =>
        entryOf(WORKLOADS, group ?? '')?.includes(kind),
      ),
    ),
    instances: namesOf(
      resources.filter(
        ({ group, kind }) =>
          group === KRO_GROUP && !NO_INSTANCES.includes(kind),
      ),
    ),
    refreshing: metadata.annotations?.[REFRESH_ANNOTATION] !== undefined,
    deleting: metadata.deletionTimestamp !== undefined,
    problems: status.conditions,
    conditions: status.conditions.length > 0 ? status.conditions : undefined,
  };
});

/**
 * Reads an Argo CD Application.
 *
 * @param watchedClusterOf - which configured cluster a destination is
 */
export function readApplication(
  object: KubernetesObject,
  watchedClusterOf: (destination: {
    name?: string;
    server?: string;
  }) => string | undefined,
): ApplicationFacts {
  const facts = readOnce(object);
  const { cluster, server } = facts.destination;
  const watchedCluster = watchedClusterOf({ name: cluster, server });
  return {
    ...facts,
    destination: {
      ...facts.destination,
      watched: watchedCluster !== undefined,
      watchedCluster,
    },
  };
}

/** A multi-source Application ignores `spec.source`. The one with the manifests comes first. */
function sourcesOf({ spec }: ApplicationObject): ManifestSourceFacts[] {
  const sources = spec.sources.length > 0 ? spec.sources : [spec.source];
  const main = sources[mainSource(spec)];
  return [main, ...sources.filter(source => source !== main)]
    .filter(({ repoURL }) => repoURL)
    .map(({ repoURL, path, chart, targetRevision }) => ({
      repository: repoURL,
      path: path || undefined,
      chart: chart || undefined,
      targetRevision: targetRevision || undefined,
    }));
}

/** Of several sources the first with a folder: others are charts, or hold values for them. */
function mainSource({ sources }: ApplicationObject['spec']): number {
  return Math.max(
    0,
    sources.findIndex(({ path }) => path),
  );
}

/** Of several sources Argo CD notes a revision each: that of the one with the manifests. */
function revisionOf(
  { spec }: ApplicationObject,
  { revision, revisions }: { revision?: string; revisions: string[] },
): string | undefined {
  return revision || (revisions[mainSource(spec)] ?? revisions[0]);
}

function isAutomated({ spec }: ApplicationObject): boolean {
  const { automated } = spec.syncPolicy;
  return automated !== undefined && automated.enabled !== false;
}

/** A negative limit means for ever. */
function retryOf({ spec, status }: ApplicationObject) {
  const { phase, retryCount, operation } = status.operationState;
  if (!retryCount || !UNDER_WAY.includes(phase ?? '')) {
    return undefined;
  }
  const limit = operation.retry.limit ?? spec.syncPolicy.retry.limit;
  return {
    attempt: retryCount,
    limit: limit === undefined || limit < 0 ? undefined : limit,
  };
}

function deploymentOf(
  application: ApplicationObject,
  deployment: ApplicationObject['status']['history'][number],
): DeploymentFacts[] {
  const { id, deployStartedAt, deployedAt, initiatedBy } = deployment;
  return deployedAt
    ? [
        {
          id,
          revision: revisionOf(application, deployment),
          startedAt: deployStartedAt,
          finishedAt: deployedAt,
          by: initiatedBy.username || undefined,
        },
      ]
    : [];
}
