import type { SentenceCode } from '@golden-path/plugin-delivery-common';

/** Codes of what stages say of themselves; next steps and summaries aside. */
export type StageCode = Exclude<
  Extract<
    SentenceCode,
    `${
      | 'source'
      | 'pipeline'
      | 'trigger'
      | 'build'
      | 'image'
      | 'deploy'
      | 'run'
      | 'promotion'
      | 'stage'}.${string}`
  >,
  `${string}.next`
>;

/** Ends of stages that nothing has to be done about. */
type Settled =
  | 'source.firstBuild'
  | 'source.pushed'
  | 'pipeline.active'
  | 'trigger.listening'
  | 'build.succeeded'
  | 'build.forgotten'
  | 'image.newest'
  | 'deploy.synced'
  | 'run.healthy'
  | 'promotion.done';

interface Step {
  next: SentenceCode;
  /** Whether somebody has to do something, rather than only may. */
  urgent?: true;
}

const WAIT: Step = { next: 'diagnosis.wait.next' };
const urgent = (next: SentenceCode): Step => ({ next, urgent: true });

/**
 * What comes next after each thing that a stage can say but its end. The type leaves none
 * out: a sentence that is added to the stages does not compile without its next step.
 *
 * Stages that know more, such as what the system itself says, have a diagnosis of their
 * own; this one is for those that have none.
 */
export const NEXT_STEPS: Record<Exclude<StageCode, Settled>, Step> = {
  'source.noPushSeen': { next: 'source.noPushSeen.next' },

  'pipeline.notFound': urgent('pipeline.notFound.next'),
  'pipeline.notSynced': urgent('pipeline.notSynced.next'),
  'pipeline.syncing': WAIT,
  'pipeline.kindNotInstalled': urgent('pipeline.kindNotInstalled.next'),
  'pipeline.unknownResourceGroup': urgent('pipeline.unknownResourceGroup.next'),
  'pipeline.unknownCluster': urgent('pipeline.unknownCluster.next'),
  'pipeline.badAnnotation': urgent('pipeline.badAnnotation.next'),
  'pipeline.resourceGraphMissing': urgent('pipeline.resourceGraphMissing.next'),
  'pipeline.resourceGraphInactive': urgent(
    'pipeline.resourceGraphInactive.next',
  ),
  'pipeline.resourceGraphStarting': WAIT,
  'pipeline.activeUnmanaged': urgent('pipeline.resourceGraphMissing.next'),
  'pipeline.activeNotUpdated': urgent('pipeline.resourceGraphInactive.next'),
  'pipeline.graphNotResolved': urgent('pipeline.resourceGraphInactive.next'),
  'pipeline.inProgress': WAIT,
  'pipeline.waitingFor': WAIT,
  'pipeline.waitingForPart': WAIT,
  'pipeline.partFailed': urgent('pipeline.error.next'),
  'pipeline.settingUp': WAIT,
  'pipeline.setupPending': WAIT,
  'pipeline.setupFailed': urgent('pipeline.setupFailed.next'),
  'pipeline.setupFailedAt': urgent('pipeline.setupFailed.next'),
  'pipeline.error': urgent('pipeline.error.next'),
  'pipeline.deleting': { next: 'pipeline.deleting.next' },
  'pipeline.suspended': urgent('pipeline.suspended.next'),
  'pipeline.suspendedChanged': urgent('pipeline.suspended.next'),
  'pipeline.unknownState': { next: 'diagnosis.again.next' },

  'trigger.missing': WAIT,
  'trigger.starting': WAIT,
  'trigger.notRunning': WAIT,
  'trigger.notDeployed': urgent('trigger.notDeployed.next'),

  'build.none': { next: 'build.none.next' },
  'build.settingUp': WAIT,
  'build.pending': WAIT,
  'build.running': WAIT,
  'build.suspended': urgent('build.suspended.next'),
  'build.failed': urgent('build.failed.next'),
  'build.failedAt': urgent('build.failed.next'),
  'build.unknownState': { next: 'diagnosis.again.next' },
  'build.stepBlocked': { next: 'build.stepBlocked.next' },

  'image.noRepository': WAIT,
  'image.creating': WAIT,
  'image.retrying': urgent('image.failed.next'),
  'image.failed': urgent('image.failed.next'),
  'image.waiting': WAIT,

  'deploy.noApplication': WAIT,
  'deploy.nothing.first': WAIT,
  'deploy.nothing.promotion': { next: 'deploy.nothing.promotion.next' },
  'deploy.notCompared': { next: 'deploy.notCompared.next' },
  'deploy.outOfSync': { next: 'deploy.outOfSync.next' },
  'deploy.syncing': WAIT,
  'deploy.notNoticed': { next: 'deploy.notNoticed.next' },
  'deploy.neverLooks': urgent('deploy.neverLooks.next'),
  'deploy.refreshing': WAIT,
  'deploy.deleting': WAIT,
  'deploy.retrying': urgent('deploy.retrying.next'),
  'deploy.retryingOf': urgent('deploy.retrying.next'),
  'deploy.manual': urgent('deploy.manual.next'),
  'deploy.drifted': urgent('deploy.drifted.next'),
  'deploy.driftedMore': urgent('deploy.drifted.next'),
  'deploy.notHealed': urgent('deploy.notHealed.next'),
  'deploy.notHealedMore': urgent('deploy.notHealed.next'),
  'deploy.notPruned': urgent('deploy.notPruned.next'),
  'deploy.notPrunedMore': urgent('deploy.notPruned.next'),
  'deploy.kargoPromoting': WAIT,
  'deploy.kargoFailed': urgent('deploy.kargoFailed.next'),
  'deploy.warehouse': urgent('deploy.warehouse.next'),
  'deploy.failed': urgent('deploy.failed.next'),

  'run.nothing': WAIT,
  'run.waiting': WAIT,
  'run.notStarted': WAIT,
  'run.rendering': WAIT,
  'run.starting': WAIT,
  'run.unhealthy': urgent('run.unhealthy.next'),
  'run.degraded': urgent('run.unhealthy.next'),
  'run.stuck': urgent('run.unhealthy.next'),
  'run.imagePull': urgent('run.imagePull.next'),
  'run.configuration': urgent('run.configuration.next'),
  'run.crashLoop': urgent('run.crashLoop.next'),
  'run.outOfMemory': urgent('run.outOfMemory.next'),
  'run.containerFailed': urgent('run.crashLoop.next'),
  'run.evicted': { next: 'run.evicted.next' },
  'run.unschedulable': urgent('run.unschedulable.next'),
  'run.notReady': { next: 'run.notReady.next' },
  'run.canary': WAIT,
  'run.canaryPaused': { next: 'run.canaryPaused.next' },
  'run.canaryAborted': urgent('run.canaryAborted.next'),
  'run.analysisFailed': urgent('run.canaryAborted.next'),
  'run.failed': urgent('run.failed.next'),
  'run.suspended': urgent('run.suspended.next'),
  'run.deleting': WAIT,
  'run.unknownState': { next: 'diagnosis.again.next' },

  'promotion.nothing': WAIT,
  'promotion.notHealthy': { next: 'promotion.notHealthy.next' },
  'promotion.ready': { next: 'promotion.ready.next' },
  'promotion.asked': { next: 'promotion.asked.next' },
  'promotion.first': { next: 'promotion.ready.next' },
  'promotion.kargoRunning': WAIT,
  'promotion.kargoFailed': urgent('promotion.kargoFailed.next'),
  'promotion.kargoReady': { next: 'promotion.ready.next' },
  'promotion.kargoNotVerified': WAIT,

  'stage.noPipeline': WAIT,
  'stage.clusterUnreachable': urgent('stage.clusterUnreachable.next'),
  'stage.forbidden': urgent('stage.forbidden.next'),
  'stage.notInstalled': urgent('stage.notInstalled.next'),
  'stage.syncing': WAIT,
};
