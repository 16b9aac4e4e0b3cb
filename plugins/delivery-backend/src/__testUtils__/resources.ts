/**
 * Names of the resources of the watched kinds, as discovery tells them; a platform test
 * compares them with that of a real API server.
 */
const RESOURCES: Record<string, string> = {
  'CICDPipeline.kro.run': 'cicdpipelines',
  'ResourceGraphDefinition.kro.run': 'resourcegraphdefinitions',
  'GraphRevision.internal.kro.run': 'graphrevisions',
  'Workflow.argoproj.io': 'workflows',
  'EventSource.argoproj.io': 'eventsources',
  'Sensor.argoproj.io': 'sensors',
  'EventBus.argoproj.io': 'eventbus',
  'Application.argoproj.io': 'applications',
  'Application.core.oam.dev': 'applications',
  'Repository.ecr.services.k8s.aws': 'repositories',
  'ConfigMap.': 'configmaps',
  'AppmodService.kro.run': 'appmodservices',
  'Deployment.apps': 'deployments',
  'StatefulSet.apps': 'statefulsets',
  'DaemonSet.apps': 'daemonsets',
  'Pod.': 'pods',
  'Rollout.argoproj.io': 'rollouts',
  'AnalysisRun.argoproj.io': 'analysisruns',
  'Stage.kargo.akuity.io': 'stages',
  'Freight.kargo.akuity.io': 'freights',
  'Promotion.kargo.akuity.io': 'promotions',
  'Warehouse.kargo.akuity.io': 'warehouses',
};

/** Name of the resource of a kind, as RBAC and URLs want it. */
export function resourceOf({
  group,
  kind,
}: {
  group: string;
  kind: string;
}): string {
  const resource = RESOURCES[`${kind}.${group}`];
  if (!resource) {
    throw new Error(
      `${kind}.${group} is watched: add the name of its resource here, and its rule to platform/rbac/reader.yaml`,
    );
  }
  return resource;
}
