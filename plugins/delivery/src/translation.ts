import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { sentences } from '@golden-path/plugin-delivery-common';

/**
 * Every word that the delivery plugin shows. The messages under `sentence` are those
 * that the backend says; all others belong to the page.
 *
 * @public
 */
export const deliveryTranslationRef = createTranslationRef({
  id: 'delivery',
  messages: {
    sentence: sentences,
    status: {
      succeeded: 'Succeeded',
      running: 'Running',
      waiting: 'Waiting',
      failed: 'Failed',
      suspended: 'Suspended',
      missing: 'Missing',
      unknown: 'Unknown',
    },
    stage: {
      source: 'Source',
      pipeline: 'Pipeline',
      trigger: 'Trigger',
      build: 'Build',
      image: 'Image',
      deploy: 'Deploy to {{environment}}',
      run: 'Run in {{environment}}',
      promotion: 'Promotion',
    },
    connection: {
      connecting: 'Connecting',
      live: 'Live',
      livePartly: 'Partly live',
      stale: 'Outdated',
      catchingUp: 'Catching up',
      polling: 'Every 10 seconds',
      reconnecting: 'Reconnecting',
      paused: 'Catching up',
      details: 'Where this comes from',
      explainLive: 'Every change is shown at the moment it happens.',
      explainPartly: 'Changes of these systems do not arrive right now:',
      explainStale:
        'The clusters do not answer. What you see was true when they last did.',
      explainCatchingUp: 'Some systems are being read for the first time.',
      explainPolling:
        'Live updates do not get through to this browser; the page asks again every 10 seconds while you look.',
      explainReconnecting:
        'The connection is lost and is being restored. What you see may be outdated.',
      explainPaused: 'This page was hidden; it is being brought up to date.',
    },
    source: {
      all_one: 'One kind of object is watched in {{clusters}}.',
      all_other: '{{count}} kinds of objects are watched in {{clusters}}.',
      stateSyncing: 'Being read',
      stateLive: 'Live',
      stateStale: 'Stale',
      stateForbidden: 'Forbidden',
      stateNotInstalled: 'Not installed',
    },
    headline: {
      next: 'Next',
      evidence: 'In its own words',
      also: 'Also: {{cause}}',
      outdated: 'The cluster does not answer. What you see was true {{when}}.',
    },
    path: {
      title: 'Golden path',
      asOf: 'as of {{when}}',
      location: 'cluster {{cluster}} · namespace {{namespace}}',
    },
    dayZero: {
      title: 'What will happen now',
      pipeline:
        'Argo CD finds the pipeline folder of the new repository and hands it to kro. This takes up to three minutes.',
      parts:
        'kro creates the parts of the pipeline: image repositories, workflows, and what listens for pushes.',
      build: 'The first build makes an image of your main branch.',
      dev: 'Argo CD brings the image to the first environment. The others hold nothing until you promote.',
      noReload: 'You need not reload: each step shows here as it happens.',
    },
    environment: {
      title: 'Environments',
      none: 'No environment exists yet.',
      image: 'Image',
      commit: 'Commit',
      since: 'Since',
      revision: 'Git revision',
      services: 'Services',
      destination: 'Runs in',
      pods: 'Pods',
      podsReady: '{{ready}} of {{desired}} ready',
      serviceHealthy: 'Healthy',
      serviceUnhealthy: 'Not healthy',
      pending: 'Not known yet',
    },
    copy: {
      action: 'Copy {{what}}',
      done: 'Copied',
      image: 'the image reference',
      commit: 'the commit',
    },
    run: {
      title: 'Runs',
      none: 'Nothing has run yet.',
      setup: 'Set-up',
      initialBuild: 'First build',
      build: 'Build of {{commit}}',
      buildOfUnknown: 'Build',
      manual: 'Started by hand',
      progress: '{{done}} of {{total}} steps',
      soFar: '{{duration}} so far',
      steps: 'Steps of {{run}}',
      noSteps: 'No step has started yet.',
      showAll_one: 'Show one older run',
      showAll_other: 'Show {{count}} older runs',
      notStarted: 'not started',
    },
    card: {
      title: 'Delivery',
      newest: 'Newest commit',
      none: 'none yet',
      holdsNothing: 'holds nothing yet',
      open: 'Open delivery',
    },
    failure: {
      forbiddenTitle: 'You may not see the delivery of {{entity}}.',
      forbiddenNext:
        'It needs the permission {{permission}} for this entity. Ask its owner ({{owner}}) or whoever looks after the portal.',
      notFoundTitle: 'The catalog does not have {{entity}}, or not for you.',
      notFoundNext:
        'It may have been removed a moment ago. Go back to the catalog, or try again.',
      signedOutTitle: 'Your session has ended.',
      signedOutNext: 'Sign in again, then try again.',
      misunderstoodTitle:
        'The page does not understand the answer of its backend.',
      misunderstoodNext:
        'Ask whoever looks after the portal to bring the frontend and the backend plugin to the same version.',
      unavailableTitle: 'The delivery backend does not answer.',
      unavailableNext: 'The page keeps trying by itself.',
      noOwner: 'nobody is named',
      retry: 'Try again',
    },
    loading: { label: 'Reading the delivery of {{entity}}' },
    change: {
      stage: '{{stage}}: {{status}}.',
      run: '{{run}}: {{status}}.',
      connectionLost: 'Live updates are interrupted.',
      connectionBack: 'Live updates are back.',
    },
    time: { now: 'just now' },
  },
});
