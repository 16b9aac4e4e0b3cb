import type { Sentence } from './schema';

/**
 * Every sentence that the backend can say, in English. `{{name}}` is a value.
 *
 * @remarks
 * The frontend offers the same keys for translation, so a sentence is written once.
 *
 * @public
 */
export const sentences = {
  'summary.onTheWay': 'Commit {{commit}} is on its way to {{environment}}.',
  'summary.healthy': 'Commit {{commit}} runs in {{environment}}.',
  'summary.firstBuild': 'The pipeline is being set up; the first build follows.',
  'summary.missing': 'There is no pipeline yet.',
  'summary.trouble': '{{stage}}: {{sentence}}',
  'source.noPushSeen': 'No push has been seen yet.',
  'source.pushed': 'Commit {{commit}} was pushed.',
  'pipeline.notFound':
    'No {{kind}} "{{name}}" in namespace "{{namespace}}" of cluster "{{cluster}}".',
  'pipeline.notFound.next':
    'Check that Argo CD has synced the pipeline folder of the repository, or correct the kro.run annotations of this entity.',
  'pipeline.kindNotInstalled':
    'Cluster "{{cluster}}" does not serve {{kind}}.',
  'pipeline.kindNotInstalled.next':
    'Ask the platform team to install kro and the ResourceGraphDefinition "{{resourceGroup}}".',
  'pipeline.unknownCluster':
    'Annotation "{{annotation}}" names cluster "{{cluster}}", which is not configured.',
  'pipeline.unknownCluster.next': 'Use one of the configured clusters: {{clusters}}.',
  'pipeline.badAnnotation':
    'Annotation "{{annotation}}" has the value "{{value}}": {{problem}}.',
  'pipeline.badAnnotation.next': 'Correct the catalog-info.yaml of this entity.',
  'pipeline.inProgress': 'kro is creating the parts of the pipeline.',
  'pipeline.active': 'All parts of the pipeline exist.',
  'pipeline.error': 'kro cannot create the pipeline.',
  'pipeline.error.next': 'Correct what kro names and push it to the pipeline folder.',
  'pipeline.deleting': 'The pipeline is being deleted.',
  'pipeline.suspended': 'kro does not reconcile this pipeline: it is suspended.',
  'trigger.missing': 'Nothing listens for pushes yet.',
  'trigger.listening': 'A push to main starts a build.',
  'trigger.notDeployed': '{{kind}} "{{name}}" is not deployed.',
  'trigger.notDeployed.next': 'Ask the platform team to look at Argo Events.',
  'build.none': 'Nothing has been built yet.',
  'build.settingUp': 'The pipeline prepares its caches before the first build.',
  'build.pending': 'Run {{run}} waits for its first step.',
  'build.running': 'Run {{run}} is at step {{step}}.',
  'build.succeeded': 'Run {{run}} built {{tag}}.',
  'build.failed': 'Run {{run}} failed.',
  'build.failedAt': 'Run {{run}} failed at step {{step}}.',
  'build.failed.next':
    'Correct it and push again; environments keep running what they had.',
  'image.noRepository': 'There is no image repository yet.',
  'image.waiting': 'The repository waits for its first image.',
  'image.newest': 'The newest image is {{tag}}.',
  'deploy.noApplication': 'Argo CD has no application for {{environment}} yet.',
  'deploy.nothing.first': 'Holds nothing yet: waiting for the first build.',
  'deploy.nothing.promotion':
    'Holds nothing yet: waiting for the first promotion.',
  'deploy.outOfSync': 'Git has changes that are not in {{environment}} yet.',
  'deploy.syncing': 'Argo CD is syncing {{environment}}.',
  'deploy.synced': 'Runs what Git says.',
  'deploy.notNoticed':
    'Image {{tag}} is in the registry; Argo CD has not seen the new manifest yet.',
  'deploy.failed': 'Argo CD could not sync {{environment}}.',
  'deploy.failed.next': 'Correct what Argo CD names in Git; it tries again by itself.',
  'run.nothing': 'Nothing to run yet.',
  'run.waiting': 'Waiting for Argo CD to deploy.',
  'run.rendering': 'KubeVela is rolling out {{tag}}.',
  'run.healthy': 'Runs {{tag}}.',
  'run.unhealthy': 'KubeVela reports trouble.',
  'run.unhealthy.next': 'Look at the message of the component and push a correction.',
  'promotion.nothing': 'Nothing to promote yet.',
  'promotion.ready': '{{from}} runs {{tag}}, {{to}} does not.',
  'promotion.first': '{{tag}} can be promoted to {{to}} for the first time.',
  'promotion.done': '{{from}} and {{to}} run the same image.',
  'stage.clusterUnreachable': 'Cluster "{{cluster}}" cannot be reached.',
  'stage.forbidden': 'The plugin may not read {{kind}} in cluster "{{cluster}}".',
  'stage.forbidden.next':
    'Ask the platform team to apply the RBAC manifests of the delivery plugin.',
  'stage.notInstalled': '{{system}} is not installed in cluster "{{cluster}}".',
  'stage.syncing': 'Reading cluster "{{cluster}}" for the first time.',
  'stage.clusterUnreachable.next':
    'Shown again by itself as soon as the cluster answers.',
  'stage.notInstalled.next':
    'Ask the platform team to install it; it is picked up without a restart.',
} as const;

/** Code of a sentence. @public */
export type SentenceCode = keyof typeof sentences;

/**
 * Says a sentence in English.
 *
 * @param code - which one
 * @param values - what stands for each `{{name}}` in it
 * @public
 */
export function say(
  code: SentenceCode,
  values?: Record<string, string | number>,
): Sentence {
  const text = sentences[code].replace(/\{\{(\w+)\}\}/g, (placeholder, name) =>
    String(values?.[name] ?? placeholder),
  );
  return values ? { code, values, text } : { code, text };
}
