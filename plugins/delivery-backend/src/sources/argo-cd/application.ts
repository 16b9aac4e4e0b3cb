import { z } from 'zod';
import type { ApplicationFacts, DeploymentFacts } from '../../delivery/facts';
import type { KubernetesObject } from '../../kubernetes/types';
import { listOf, moment, part, text } from '../lenient';

const deploymentSchema = z.object({
  /** Go leaves the first one out, which is 0. */
  id: z.int().min(0).default(0),
  revision: text,
  revisions: listOf(z.string()),
  deployStartedAt: moment,
  deployedAt: moment,
  initiatedBy: part({ username: text }),
});

const applicationSchema = z.object({
  spec: part({
    destination: part({ name: text, server: text, namespace: text }),
  }),
  status: part({
    sync: part({
      status: text,
      revision: text,
      revisions: listOf(z.string()),
    }),
    health: part({ status: text, lastTransitionTime: moment }),
    operationState: part({
      phase: text,
      message: text,
      startedAt: moment,
      finishedAt: moment,
      initiatedBy: part({ username: text }),
      syncResult: part({ revision: text, revisions: listOf(z.string()) }),
    }),
    history: listOf(deploymentSchema),
    conditions: listOf(z.object({ type: z.string(), message: z.string() })),
    resources: listOf(
      z.object({
        group: text,
        kind: z.string(),
        namespace: text,
        name: z.string(),
        status: text,
      }),
    ),
    summary: part({ images: listOf(z.string()) }),
    reconciledAt: moment,
  }),
});

/** Written by the pipeline on the Applications of its environments. */
const ENVIRONMENT_ANNOTATION = 'cicd.kro.run/environment';
const OAM_GROUP = 'core.oam.dev';

/** Names that Argo CD gives to the cluster that it runs in. */
const OWN_CLUSTER = ['in-cluster', 'https://kubernetes.default.svc'];

/**
 * Reads an Argo CD Application.
 *
 * @param isWatched - whether another cluster of this name is watched
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/application.yaml
 */
export function readApplication(
  object: KubernetesObject,
  isWatched: (cluster: string) => boolean,
): ApplicationFacts {
  const { spec, status } = applicationSchema.parse(object);
  const { destination } = spec;
  // Hooks and skipped manifests are listed too, but have no sync status.
  const resources = status.resources.filter(resource => resource.status);
  const lastDeployment = status.history.at(-1);
  const { syncResult, initiatedBy } = status.operationState;
  return {
    uid: object.metadata.uid,
    name: object.metadata.name,
    namespace: object.metadata.namespace ?? '',
    environment:
      object.metadata.annotations?.[ENVIRONMENT_ANNOTATION] || undefined,
    sync: status.sync.status,
    health: status.health.status,
    healthSince: status.health.lastTransitionTime,
    revision: status.sync.revision || status.sync.revisions[0],
    operation: status.operationState.phase,
    operationMessage: status.operationState.message || undefined,
    operationStartedAt: status.operationState.startedAt,
    operationFinishedAt: status.operationState.finishedAt,
    operationRevision: syncResult.revision || syncResult.revisions[0],
    operationBy: initiatedBy.username || undefined,
    deployments: status.history.flatMap(readDeployment),
    resources: resources.length,
    reconciledAt: status.reconciledAt,
    deployedAt: lastDeployment?.deployedAt,
    lastDeployStartedAt:
      lastDeployment?.deployStartedAt ?? lastDeployment?.deployedAt,
    destination: {
      cluster: destination.name || undefined,
      server: destination.server || undefined,
      namespace: destination.namespace || undefined,
      watched:
        OWN_CLUSTER.includes(destination.name || destination.server || '') ||
        isWatched(destination.name ?? ''),
    },
    images: status.summary.images,
    oamApplications: resources
      .filter(
        resource =>
          resource.group === OAM_GROUP && resource.kind === 'Application',
      )
      .map(resource => ({
        name: resource.name,
        namespace: resource.namespace ?? destination.namespace ?? '',
      })),
    problems: status.conditions,
  };
}

function readDeployment(
  deployment: z.infer<typeof deploymentSchema>,
): DeploymentFacts[] {
  const { id, revision, revisions, deployStartedAt, deployedAt } = deployment;
  return deployedAt
    ? [
        {
          id,
          revision: revision || revisions[0],
          startedAt: deployStartedAt,
          finishedAt: deployedAt,
          by: deployment.initiatedBy.username || undefined,
        },
      ]
    : [];
}
