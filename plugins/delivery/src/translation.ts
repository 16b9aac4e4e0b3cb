import { createTranslationRef } from '@backstage/frontend-plugin-api';
import type { TranslationRef } from '@backstage/frontend-plugin-api';
import { sentences } from '@golden-path/plugin-delivery-common';
import type { SentenceCode } from '@golden-path/plugin-delivery-common';
import { historyWords } from './words/historyWords';
import { journeyWords } from './words/journeyWords';
import { operationWords } from './words/operationWords';
import { runWords } from './words/runWords';

/**
 * The words that belong to the page, in English.
 *
 * @public
 */
export const deliveryWords = {
  'status.succeeded': 'Succeeded',
  'status.running': 'Running',
  'status.waiting': 'Waiting',
  'status.failed': 'Failed',
  'status.suspended': 'Suspended',
  'status.missing': 'Missing',
  'status.unknown': 'Unknown',
  'stage.source': 'Source',
  'stage.pipeline': 'Pipeline',
  'stage.trigger': 'Trigger',
  'stage.build': 'Build',
  'stage.image': 'Image',
  'stage.deploy': 'Deploy to {{environment}}',
  'stage.run': 'Run in {{environment}}',
  'stage.promotion': 'Promotion',
  'connection.connecting': 'Connecting',
  'connection.live': 'Live',
  'connection.livePartly': 'Partly live',
  'connection.stale': 'Outdated',
  'connection.catchingUp': 'Catching up',
  'connection.polling': 'Every 10 seconds',
  'connection.reconnecting': 'Reconnecting',
  'connection.paused': 'Catching up',
  'connection.details': 'Where this comes from',
  'connection.explainLive': 'Every change is shown at the moment it happens.',
  'connection.explainPartly':
    'Changes of these systems do not arrive right now:',
  'connection.explainStale':
    'The clusters do not answer. What you see was true when they last did.',
  'connection.explainCatchingUp':
    'Some systems are being read for the first time.',
  'connection.explainPolling':
    'Live updates do not get through to this browser; the page asks again every 10 seconds while you look.',
  'connection.explainReconnecting':
    'The connection is lost and is being restored. What you see may be outdated.',
  'connection.explainPaused':
    'This page was hidden; it is being brought up to date.',
  'source.all_one': 'One kind of object is watched in {{clusters}}.',
  'source.all_other': '{{count}} kinds of objects are watched in {{clusters}}.',
  'source.stateSyncing': 'Being read',
  'source.stateLive': 'Live',
  'source.stateStale': 'Stale',
  'source.stateForbidden': 'Forbidden',
  'source.stateNotInstalled': 'Not installed',
  'headline.next': 'Next',
  'headline.openLog': 'Open log',
  'headline.evidence': 'In its own words',
  'headline.also': 'Also: {{cause}}',
  'headline.outdated':
    'The cluster does not answer. What you see was true {{when}}.',
  'path.title': 'Golden path',
  'path.asOf': 'as of {{when}}',
  'path.location': 'cluster {{cluster}} · namespace {{namespace}}',
  'dayZero.title': 'What will happen now',
  'dayZero.pipeline':
    'Argo CD finds the pipeline folder of the new repository and hands it to kro. This takes up to three minutes.',
  'dayZero.parts':
    'kro creates the parts of the pipeline: image repositories, workflows, and what listens for pushes.',
  'dayZero.build': 'The first build makes an image of your main branch.',
  'dayZero.dev':
    'Argo CD brings the image to the first environment. The others hold nothing until you promote.',
  'dayZero.noReload':
    'You need not reload: each step shows here as it happens.',
  'environment.title': 'Environments',
  'environment.none': 'No environment exists yet.',
  'environment.image': 'Image',
  'environment.commit': 'Commit',
  'environment.since': 'Since',
  'environment.revision': 'Git revision',
  'environment.services': 'Services',
  'environment.destination': 'Runs in',
  'environment.pods': 'Pods',
  'environment.podsReady': '{{ready}} of {{desired}} ready',
  'environment.serviceHealthy': 'Healthy',
  'environment.serviceUnhealthy': 'Not healthy',
  'environment.pending': 'Not known yet',
  'copy.action': 'Copy {{what}}',
  'copy.done': 'Copied',
  'copy.image': 'the image reference',
  'copy.commit': 'the commit',
  'run.title': 'Runs',
  'run.none': 'Nothing has run yet.',
  'run.noneKept':
    'Argo Workflows keeps no run at present. Those that have ended are listed under History.',
  'run.setup': 'Set-up',
  'run.initialBuild': 'First build',
  'run.build': 'Build of {{commit}}',
  'run.buildOfUnknown': 'Build',
  'run.manual': 'Started by hand',
  'run.progress': '{{done}} of {{total}} steps',
  'run.soFar': '{{duration}} so far',
  'run.steps': 'Steps of {{run}}',
  'run.noSteps': 'No step has started yet.',
  'run.showAll_one': 'Show one older run',
  'run.showAll_other': 'Show {{count}} older runs',
  'run.notStarted': 'not started',
  'card.title': 'Delivery',
  'card.newest': 'Newest commit',
  'card.noCommit': 'none yet',
  'card.holdsNothing': 'holds nothing yet',
  'card.open': 'Open delivery',
  'fleet.title': 'Golden paths',
  'fleet.count_one': 'One golden path',
  'fleet.count_other': '{{number}} golden paths',
  'fleet.loading': 'Reading the golden paths',
  'fleet.filters': 'Which golden paths to show',
  'fleet.search': 'Name',
  'fleet.owner': 'Owner',
  'fleet.allOwners': 'All owners',
  'fleet.cluster': 'Cluster',
  'fleet.allClusters': 'All clusters',
  'fleet.status': 'Status',
  'fleet.clear': 'Clear filters',
  'fleet.name': 'Component',
  'fleet.standing': 'Where it stands',
  'fleet.lastRun': 'Last run',
  'fleet.noEnvironment': 'none yet',
  'fleet.noRun': 'none yet',
  'fleet.sort': 'Sort by',
  'fleet.range': '{{from}} to {{to}} of {{total}}',
  'fleet.previousPage': 'Previous page',
  'fleet.nextPage': 'Next page',
  'fleet.noMatch': 'No golden path matches. Clear a filter to see more.',
  'fleet.emptyTitle': 'There is no golden path to show.',
  'fleet.emptyNext':
    'A component appears here as soon as its annotation {{annotation}} names its pipeline and you have the permission {{permission}} for it.',
  'fleet.forbiddenTitle': 'You may not see the list of deliveries.',
  'fleet.forbiddenNext':
    'Ask whoever looks after the portal for the permission {{permission}}.',
  'fleet.pageLostTitle': 'This link leads into the middle of an older list.',
  'fleet.firstPage': 'Show the first page',
  'fleet.trueWhen': 'What you see was true {{when}}.',
  'fleet.outOfReachTitle': 'Out of reach: {{clusters}}.',
  'fleet.outOfReachNext':
    'What you see of it was true {{when}}; it is brought up to date by itself.',
  'fleet.doraTitle': 'How {{owner}} delivers',
  'fleet.doraTitleAll': 'How all golden paths deliver',
  'fleet.doraTitleSome': 'How these golden paths deliver',
  'fleet.dora': 'DORA, {{days}} days',
  'failure.forbiddenTitle': 'You may not see the delivery of {{entity}}.',
  'failure.forbiddenNext':
    'It needs the permission {{permission}} for this entity. Ask its owner ({{owner}}) or whoever looks after the portal.',
  'failure.notFoundTitle':
    'The catalog does not have {{entity}}, or not for you.',
  'failure.notFoundNext':
    'It may have been removed a moment ago. Go back to the catalog, or try again.',
  'failure.signedOutTitle': 'Your session has ended.',
  'failure.signedOutNext': 'Sign in again, then try again.',
  'failure.misunderstoodTitle':
    'The page does not understand the answer of its backend.',
  'failure.misunderstoodNext':
    'Ask whoever looks after the portal to bring the frontend and the backend plugin to the same version.',
  'failure.unavailableTitle': 'The delivery backend does not answer.',
  'failure.unavailableNext': 'The page keeps trying by itself.',
  'failure.noOwner': 'nobody is named',
  'failure.retry': 'Try again',
  'loading.label': 'Reading the delivery of {{entity}}',
  'change.stage': '{{stage}}: {{status}}.',
  'change.run': '{{run}}: {{status}}.',
  'change.connectionLost': 'Live updates are interrupted.',
  'change.connectionBack': 'Live updates are back.',
  'time.now': 'just now',
  ...operationWords,
  ...runWords,
  ...journeyWords,
  ...historyWords,
} as const;

/**
 * Every message that the plugin shows: its own words, and under `sentence.` those of
 * the backend.
 *
 * @public
 */
export type DeliveryMessages = typeof deliveryWords & {
  readonly [Code in SentenceCode as `sentence.${Code}`]: (typeof sentences)[Code];
};

/**
 * What to translate the plugin by.
 *
 * @public
 */
export const deliveryTranslationRef: TranslationRef<
  'delivery',
  DeliveryMessages
> = createTranslationRef({
  id: 'delivery',
  messages: { ...deliveryWords, sentence: sentences },
});
