import { diagnosisSentences } from './diagnosisSentences';
import { journeySentences } from './journeySentences';
import { operationSentences } from './operationSentences';
import type { Sentence } from './schema';

/**
 * Every sentence that the backend can say, in English. `{{name}}` is a value,
 * `{{names, list}}` are several, and `{{names, list(type: disjunction)}}` any one of them.
 *
 * @remarks
 * Values are written as i18next writes them, so that each language lists in its own way.
 * The frontend offers the same keys for translation, so a sentence is written once.
 * A key that ends in `.next` is the next step of a diagnosis.
 *
 * @public
 */
export const sentences = {
  'summary.onTheWay': 'Commit {{commit}} is on its way to {{environment}}.',
  'summary.imageOnTheWay': 'Image {{tag}} is on its way to {{environment}}.',
  'summary.healthy': '{{tag}} runs in {{environments, list}}.',
  'summary.imageHealthy': 'Image {{tag}} runs in {{environments, list}}.',
  'summary.firstBuild':
    'The pipeline is being set up; the first build follows.',
  'summary.firstBuildRunning': 'The first build is running.',
  'summary.missing': 'There is no pipeline yet.',
  'summary.waiting': 'Waiting for the first build.',

  'source.noPushSeen': 'No push has been seen yet.',
  'source.firstBuild': 'The first build took main as it was; no push since.',
  'source.pushed': 'Commit {{commit}} was pushed.',

  'clusters.none': 'No cluster is configured.',
  'clusters.none.next':
    'Ask the platform team to add "delivery.clusters" to the configuration of Backstage.',
  'stage.noPipeline': 'Known as soon as the pipeline is found.',

  'pipeline.notFound':
    'No {{kind}} "{{name}}" in namespace "{{namespace}}" of cluster "{{cluster}}".',
  'pipeline.notFound.next':
    'Check that Argo CD has synced the pipeline folder of the repository, or correct the kro.run annotations of this entity.',
  'pipeline.notSynced':
    'Argo CD application "{{application}}" has not brought the pipeline to the cluster.',
  'pipeline.notSynced.next':
    'Correct what Argo CD names; it tries again by itself.',
  'pipeline.syncing':
    'Argo CD application "{{application}}" is bringing the pipeline to the cluster.',
  'pipeline.kindNotInstalled': 'Cluster "{{cluster}}" does not serve {{kind}}.',
  'pipeline.kindNotInstalled.next':
    'Ask the platform team to install kro and the ResourceGraphDefinition "{{resourceGroup}}".',
  'pipeline.unknownResourceGroup':
    'Annotation "{{annotation}}" names "{{resourceGroup}}", which is not watched.',
  'pipeline.unknownResourceGroup.next':
    'Use {{resourceGroups, list(type: disjunction)}}.',
  'pipeline.unknownCluster':
    'Annotation "{{annotation}}" names cluster "{{cluster}}", which is not configured.',
  'pipeline.unknownCluster.next':
    'Use a configured cluster: {{clusters, list(type: disjunction)}}.',
  'pipeline.badAnnotation':
    'Annotation "{{annotation}}" has the value "{{value}}": {{problem}}.',
  'pipeline.badAnnotation.next':
    'Correct the catalog-info.yaml of this entity.',
  'pipeline.resourceGraphMissing':
    'Annotation "{{annotation}}" names "{{resourceGroup}}", but cluster "{{cluster}}" has no such ResourceGraphDefinition.',
  'pipeline.resourceGraphMissing.next':
    'Ask the platform team to apply it, or name {{resourceGroups, list(type: disjunction)}}.',
  'pipeline.resourceGraphInactive':
    'kro does not serve {{kind}}: it did not accept ResourceGraphDefinition "{{resourceGroup}}".',
  'pipeline.resourceGraphInactive.next':
    'Ask the platform team to correct the ResourceGraphDefinition; nobody else can.',
  'pipeline.resourceGraphStarting':
    'kro is about to serve ResourceGraphDefinition "{{resourceGroup}}".',
  'pipeline.activeUnmanaged':
    'All parts of the pipeline exist, but kro no longer looks after them: ResourceGraphDefinition "{{resourceGroup}}" is gone.',
  'pipeline.activeNotUpdated':
    'All parts of the pipeline exist, but kro did not accept the newest ResourceGraphDefinition "{{resourceGroup}}".',
  'pipeline.graphNotResolved':
    'kro cannot work with ResourceGraphDefinition "{{resourceGroup}}".',
  'pipeline.inProgress': 'kro is creating the parts of the pipeline.',
  'pipeline.waitingFor': 'kro waits for "{{resource}}" to be ready.',
  'pipeline.waitingForPart':
    'kro waits for {{kind}} "{{name}}" ({{resource}}) to be ready.',
  'pipeline.partFailed': '{{kind}} "{{name}}" ({{resource}}) cannot be made.',
  'pipeline.waiting.next':
    'Nothing, while it moves on; if it stays, correct what kro names and push it to the pipeline folder.',
  'pipeline.active': 'All parts of the pipeline exist.',
  'pipeline.settingUp': 'Set-up is at step {{step}}.',
  'pipeline.setupPending': 'Set-up is about to start.',
  'pipeline.setupFailed': 'Set-up run {{run}} failed.',
  'pipeline.setupFailedAt': 'Set-up run {{run}} failed at step {{step}}.',
  'pipeline.setupFailed.next':
    'Correct what the step names, then retry the run.',
  'pipeline.error': 'kro cannot create the pipeline.',
  'pipeline.error.next':
    'Correct what kro names and push it to the pipeline folder.',
  'pipeline.deleting': 'The pipeline is being deleted.',
  'pipeline.deleting.next':
    'Nothing, while it goes on; if it stays, look at what kro names.',
  'pipeline.suspended':
    'kro does not reconcile this pipeline: it is suspended.',
  'pipeline.suspendedChanged':
    'kro does not reconcile this pipeline: it is suspended, and ResourceGraphDefinition "{{resourceGroup}}" has changed since.',
  'pipeline.suspended.next':
    'Resume the pipeline: that takes the annotation "{{annotation}}" off the {{kind}}. Where it comes back, it stands in Git: take it out there.',
  'pipeline.unknownState': 'kro has not said how the pipeline stands.',

  'trigger.missing': 'Nothing listens for pushes yet.',
  'trigger.missing.next':
    'Check that the ResourceGraphDefinition creates an EventSource and a Sensor.',
  'trigger.starting': '{{kind}} "{{name}}" is being deployed.',
  'trigger.listening':
    'A push to {{branches, list(type: disjunction)}} starts a build.',
  'trigger.notRunning':
    '{{kind}} "{{name}}" is deployed, but none of its pods runs.',
  'trigger.notDeployed': '{{kind}} "{{name}}" is not deployed.',
  'trigger.notDeployed.next': 'Ask the platform team to look at Argo Events.',

  'push.notListening':
    'Nothing started for it: {{kind}} "{{name}}" is not ready.',
  'push.otherBranch':
    'It started nothing, as meant: only pushes to {{branches, list(type: disjunction)}} start a build, and this one was to {{pushed}}.',
  'push.ownCommit':
    'It started nothing, as meant: the pipeline made this commit itself.',
  'push.deploymentOnly':
    'It started nothing, as meant: it changes only manifests, which Argo CD takes from Git without a build.',
  'push.filtered':
    'It started nothing: the script of the Sensor "{{name}}" may have left it out.',
  'push.lost':
    'It started nothing, although everything listens: the Git server may not have told of it.',
  'push.nothing.next': 'Nothing to do.',
  'push.otherBranch.next':
    'Merge it into {{branches, list(type: disjunction)}}.',
  'push.notListening.next':
    'Push again as soon as it is ready, or run the pipeline by hand.',
  'push.lost.next':
    'Look at the last deliveries of the webhook at the Git server, then run the pipeline by hand.',

  'build.none': 'Nothing has been built yet.',
  'build.settingUp': 'Starts after the set-up of the pipeline.',
  'build.pending': 'Run {{run}} waits for its first step.',
  'build.running': 'Run {{run}} is at step {{step}}.',
  'build.suspended': 'Run {{run}} is held at step {{step}}.',
  'build.succeeded': 'Run {{run}} built {{tag}}.',
  'build.forgotten': 'Built {{tag}}; its run is no longer kept.',
  'build.failed': 'Run {{run}} failed.',
  'build.failedAt': 'Run {{run}} failed at step {{step}}.',
  'build.failed.next':
    'Correct it and push again, or retry the run if the commit was not the cause; environments keep running what they had.',
  'build.firstFailed.next':
    'Correct it and push, or retry the run if the commit was not the cause. Nothing has been deployed.',
  'build.unknownState': 'Argo Workflows has not said how run {{run}} stands.',
  'build.stepBlocked': 'Run {{run}} does not get on with step {{step}}.',
  'build.stepBlocked.next':
    'Nothing, while it moves on; if it stays, correct what the message names.',

  'steps.elsewhere':
    'Argo Workflows keeps the steps of {{run}} in its own database, because there are so many: see them there.',
  'steps.unreadable':
    'The steps of {{run}} are compressed in a way that is not known here.',
  'steps.cut':
    'Run {{run}} has {{count}} steps; the first {{shown}} are shown.',

  'image.noRepository': 'There is no image repository yet.',
  'image.creating': 'The image repository is being created.',
  'image.retrying':
    'The image repository cannot be created yet; it is tried again.',
  'image.failed': 'The image repository cannot be created.',
  'image.failed.next': 'Ask the platform team to look at the ECR controller.',
  'image.waiting': 'The repository waits for its first image.',
  'image.newest': 'The newest image is {{tag}}.',

  'deploy.noApplication': 'Argo CD has no application for {{environment}} yet.',
  'deploy.noApplication.next':
    'Check that the pipeline creates an Argo CD application for {{environment}}.',
  'deploy.nothing.first': 'Holds nothing yet: waiting for the first build.',
  'deploy.nothing.promotion':
    'Holds nothing yet: waiting for the first promotion.',
  'deploy.notCompared': 'Argo CD has not compared Git and cluster yet.',
  'deploy.outOfSync': 'Git has changes that are not in {{environment}} yet.',
  'deploy.syncing': 'Argo CD is syncing {{environment}}.',
  'deploy.synced': 'Holds what Git says.',
  'deploy.notNoticed':
    'Image {{tag}} is in the registry; Argo CD has not noticed the new manifest yet. It looks at Git at least every {{delay}}.',
  'deploy.notNoticed.next': 'Wait, or refresh it: then it looks at once.',
  'deploy.neverLooks':
    'Image {{tag}} is in the registry; Argo CD is set never to look at Git by itself.',
  'deploy.neverLooks.next':
    'Refresh it, or ask the platform team for a webhook from the Git server to Argo CD.',
  'deploy.refreshing': 'Argo CD is looking at Git now.',
  'deploy.deleting': 'Argo CD is deleting what {{environment}} holds.',
  'deploy.retrying':
    'Argo CD could not sync {{environment}} and tries again: attempt {{attempt}}.',
  'deploy.retryingOf':
    'Argo CD could not sync {{environment}} and tries again: attempt {{attempt}} of {{limit}}.',
  'deploy.retrying.next':
    'Correct in Git what Argo CD names, then end this sync: until then it keeps trying the older commit.',
  'deploy.manual':
    'Git has changes for {{environment}}; Argo CD brings them only when somebody syncs.',
  'deploy.manual.next': 'Sync it when you want the changes there.',
  'deploy.drifted':
    '{{resource}} in {{environment}} was changed there and differs from Git.',
  'deploy.driftedMore':
    '{{resource}} and {{others}} more in {{environment}} were changed there and differ from Git.',
  'deploy.drifted.next':
    'Sync it to undo the change, or make the same change in Git.',
  'deploy.healing.next': 'Nothing: Argo CD undoes it by itself.',
  'deploy.notHealed':
    '{{resource}} in {{environment}} differs from Git, and Argo CD does not correct it although self-heal is on.',
  'deploy.notHealedMore':
    '{{resource}} and {{others}} more in {{environment}} differ from Git, and Argo CD does not correct them although self-heal is on.',
  'deploy.notHealed.next':
    'Sync it; if Argo CD does not do that either, ask the platform team whether a sync window keeps it from it.',
  'deploy.notPruned':
    '{{resource}} in {{environment}} is no longer in Git, and Argo CD may not delete it by itself.',
  'deploy.notPrunedMore':
    '{{resource}} and {{others}} more in {{environment}} are no longer in Git, and Argo CD may not delete them by itself.',
  'deploy.notPruned.next':
    'Sync with pruning in Argo CD, or put back into Git what is to stay.',
  'deploy.kargoPromoting': 'Kargo is promoting {{freight}} to {{environment}}.',
  'deploy.kargoFailed':
    'Kargo could not promote {{freight}} to {{environment}}.',
  'deploy.kargoFailed.next':
    'Correct what Kargo names, then promote the same freight again.',
  'deploy.warehouse':
    'Kargo\'s Warehouse "{{warehouse}}" finds no new freight.',
  'deploy.warehouse.next': 'Ask the platform team to look at the Warehouse.',
  'deploy.failed': 'Argo CD could not sync {{environment}}.',
  'deploy.failed.next':
    'Correct what Argo CD names in Git; it tries again by itself.',

  'run.nothing': 'Nothing to run yet.',
  'run.waiting': 'Waiting for Argo CD to deploy.',
  'run.notStarted': 'KubeVela has not begun to roll out {{tag}}.',
  'run.rendering': 'KubeVela is rolling out {{tag}}.',
  'run.starting': '{{tag}} is starting.',
  'run.healthy': 'Runs {{tag}}.',
  'run.unhealthy': '{{tag}} is not healthy.',
  'run.degraded': '{{resource}} is not healthy with {{tag}}.',
  'run.stuck': '{{workload}} does not get on with {{tag}}.',
  'run.imagePull': 'The image of {{container}} cannot be pulled.',
  'run.imagePull.next':
    'Check that the tag exists in the registry and that the cluster may pull from it.',
  'run.configuration':
    'Container {{container}} cannot start: something that it needs is not there.',
  'run.configuration.next':
    'Correct what Kubernetes names, most often a ConfigMap or Secret, in deployment/ and push.',
  'run.crashLoop':
    'Container {{container}} ends again and again; restarts so far: {{restarts}}.',
  'run.crashLoop.next':
    'Read its last words and its log, correct the code or its configuration, and push.',
  'run.outOfMemory':
    'Container {{container}} needs more memory than it may use.',
  'run.outOfMemory.next':
    'Raise its memory limit in deployment/ or make it use less, and push.',
  'run.containerFailed': 'Container {{container}} ended with an error.',
  'run.evicted': 'Pod {{pod}} was evicted from its node.',
  'run.evicted.next':
    'Nothing, if another pod takes its place; else ask the platform team about room on the nodes.',
  'run.unschedulable': 'No node has room for pod {{pod}}.',
  'run.unschedulable.next':
    'Wait for a new node, or ask for less processor or memory in deployment/.',
  'run.notReady': 'Pod {{pod}} runs, but is not ready.',
  'run.notReady.next':
    'Check that its readiness probe asks the right port and path.',
  'run.canary':
    '{{tag}} is being rolled out: step {{step}} of {{steps}}, {{weight}} % of the traffic.',
  'run.canaryPaused':
    'The roll-out of {{tag}} is held at step {{step}} of {{steps}}, {{weight}} % of the traffic.',
  'run.canaryAborted':
    'The roll-out of {{tag}} was aborted; the version before it keeps running.',
  'run.canaryAborted.next':
    'Correct what the analysis names and push: the push starts a new roll-out.',
  'run.analysisFailed':
    'The roll-out of {{tag}} was aborted: metric {{metric}} failed.',
  'run.inconclusive.next':
    'The analysis could not decide: somebody must promote or abort the roll-out.',
  'run.unhealthy.next':
    'Look at the message of the component and push a correction.',
  'run.failed': 'KubeVela cannot roll out {{tag}}.',
  'run.failed.next':
    'Correct what KubeVela names in deployment/ and push; it tries again for a while by itself.',
  'run.suspended': 'The roll-out of {{tag}} is held.',
  'run.deleting': 'Is being deleted.',
  'run.unknownState': 'The cluster has not said how {{tag}} stands.',

  'promotion.nothing': 'Nothing to promote yet.',
  'promotion.notHealthy': '{{from}} is not healthy with {{tag}} yet.',
  'promotion.ready': '{{from}} runs {{tag}}, {{to}} does not.',
  'promotion.first':
    'Image {{tag}} can be promoted to {{to}} for the first time.',
  'promotion.asked':
    '{{tag}} is proposed for {{to}}: waiting for the pull request to be merged.',
  'promotion.asked.next':
    'Merge the pull request; if it was closed, promote again.',
  'promotion.kargoRunning': 'Kargo is promoting {{freight}} to {{to}}.',
  'promotion.kargoFailed': 'Kargo could not promote {{freight}} to {{to}}.',
  'promotion.kargoFailed.next':
    'Correct what Kargo names, then promote the same freight again.',
  'promotion.kargoReady':
    'Freight {{freight}} is verified and may go to {{to}}.',
  'promotion.kargoNotVerified':
    'Freight {{freight}} is not verified in {{from}} yet.',
  'promotion.done': '{{from}} and {{to}} hold the same image.',

  'annotation.differs':
    'Annotation "{{annotation}}" says "{{value}}", but "{{other}}" says "{{otherValue}}".',
  'annotation.differs.next':
    'What counts is "{{other}}". Correct "{{annotation}}" in the catalog-info.yaml of this entity: other tabs look in the wrong place.',
  'annotation.otherApplication':
    'Annotation "{{annotation}}" selects "{{value}}", but the pipeline is of application "{{application}}".',
  'annotation.otherApplication.next':
    "Correct it in the catalog-info.yaml of this entity: other tabs show somebody else's objects.",
  'annotation.nothingThere':
    'Annotation "{{annotation}}" names "{{value}}", and there is no such Argo CD application.',
  'annotation.nothingThere.next':
    'Correct it in the catalog-info.yaml of this entity, or ask the platform team where the application went.',

  'stage.clusterUnreachable': 'Cluster "{{cluster}}" cannot be reached.',
  'stage.clusterUnreachable.next':
    'Shown again by itself as soon as the cluster answers.',
  'stage.forbidden':
    'The plugin may not read {{kind}} of {{system}} in cluster "{{cluster}}".',
  'stage.forbidden.next':
    'Ask the platform team to apply the RBAC manifests of the delivery plugin.',
  'stage.notInstalled': '{{system}} is not installed in cluster "{{cluster}}".',
  'stage.notInstalled.next':
    'Ask the platform team to install it; it is picked up without a restart.',
  'stage.syncing': 'Reading cluster "{{cluster}}" for the first time.',

  ...diagnosisSentences,
  ...journeySentences,
  ...operationSentences,
} as const;

/** Code of a sentence. @public */
export type SentenceCode = keyof typeof sentences;

/** `{{name}}`, or `{{names, list(type: …)}}` with how they belong together. */
const VALUE = /\{\{(\w+)(?:, (list)(?:\(type: (\w+)\))?)?\}\}/g;

/**
 * Says a sentence in English.
 *
 * @param code - which one
 * @param values - what stands for each `{{name}}` in it
 * @public
 */
export function say(
  code: SentenceCode,
  values?: Record<string, string | number | string[]>,
): Sentence {
  const text = sentences[code].replace(
    VALUE,
    (placeholder, name, list, type) => {
      const value = values?.[name] ?? placeholder;
      return list && Array.isArray(value)
        ? new Intl.ListFormat('en', { type }).format(value)
        : String(value);
    },
  );
  return values ? { code, values, text } : { code, text };
}
