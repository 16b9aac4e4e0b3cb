/** What the page says of what was recorded: runs, deployments and the DORA figures. */
export const historyWords = {
  'history.title': 'History',
  'history.window': 'How far back',
  'history.days': '{{number}} days',
  'history.loading': 'Reading the history',
  'history.covers_one': 'The history covers one of these {{days}} days.',
  'history.covers_other':
    'The history covers {{count}} of these {{days}} days.',
  'history.asTable': 'Show as table',
  'history.runs': 'Run durations',
  'history.runsChart': 'Each run by when it ended and how long it took',
  'history.runsHint': 'Arrow keys go from run to run, Enter opens one.',
  'history.runsSummary_one': 'One run, {{failed}} failed.',
  'history.runsSummary_other': '{{count}} runs, {{failed}} failed.',
  'history.usual': 'A build usually takes {{duration}}',
  'history.other': 'Other',
  'history.runsCut':
    'Only the newest {{number}} runs are drawn, since {{when}}.',
  'history.runsNone':
    'Nothing recorded yet. Each run is written down when it ends.',
  'history.runsNoneHere': 'No run ended in these {{days}} days.',
  'history.run': 'Run',
  'history.outcome': 'Outcome',
  'history.ended': 'Ended',
  'history.deployments': 'Deployments',
  'history.deploymentsOf_one': '{{count}} to {{environment}}',
  'history.deploymentsOf_other': '{{count}} to {{environment}}',
  'history.deploymentsFailed': '{{number}} failed',
  'history.promotions': 'Promotions',
  'history.promotionsOf_one': '{{count}} promotion',
  'history.promotionsOf_other': '{{count}} promotions',
  'history.promotedTo': 'Promotion of {{commit}} to {{environment}}',
  'history.lastDeployed': 'Last to {{environment}} {{when}}.',
  'history.deploymentsCut':
    'Only the newest {{number}} are drawn, since {{when}}.',
  'history.deploymentsNone':
    'Nothing recorded yet. Each deployment is written down when Argo CD has synced it.',
  'history.deploymentsNoneHere': 'Nothing was deployed in these {{days}} days.',
  'history.day': 'Day',
  'history.failed': 'Failed',
  'history.forgotten':
    'This is what was recorded of this run. Argo Workflows deletes runs some time after their end.',
  'history.unknownRun':
    'Nothing is known of the run {{run}}: Argo Workflows has deleted it, and it is not in the recorded history.',
  'history.unseenRun':
    'The run {{run}} is not in the recorded history. Whether Argo Workflows still has it cannot be told right now.',
  'history.olderRun':
    'The run {{run}} is not among the newest {{number}} that were recorded. It may be an older one.',
  'history.close': 'Close {{run}}',
  'history.unavailable': 'This cannot be read right now.',
  'history.forbidden':
    'You may not see this. It needs the permission {{permission}} for this entity: ask its owner.',
  'history.notKept':
    'This backend keeps no history. Ask whoever looks after the portal to bring the backend plugin to the version of this page.',
  'history.outdated': 'Could not be brought up to date.',
  'dora.title': 'Delivery performance',
  'dora.deployments': 'Deployments to production',
  'dora.perDay': '{{number}} a day',
  'dora.perWeek': '{{number}} a week',
  'dora.perMonth': '{{number}} in 30 days',
  'dora.total': '{{number}} in all',
  'dora.leadTime': 'Lead time',
  'dora.failures': 'Failed changes',
  'dora.restore': 'Time to restore',
  'dora.median': 'median of {{number}}',
  'dora.of': '{{failed}} of {{total}}',
  'dora.unrestored': '{{number}} not over yet',
  'dora.notEnough': 'Not enough data',
  'dora.needs.deployments': 'It begins with the first deployment.',
  'dora.needs.leadTime': 'It begins with the first commit that arrives.',
  'dora.needs.failures': 'It begins with the first deployment.',
  'dora.needs.restore': 'Nothing had to be restored.',
  'dora.define': 'What it means: {{figure}}',
  'dora.define.deployments':
    'Changes that came to production, divided by the days that the history covers. Syncs that bring nothing new, rollbacks and changes that never succeeded are not counted.',
  'dora.define.leadTime':
    'Median time from the push of a commit until production was healthy with it first. Commits without a recorded build of their own are not counted.',
  'dora.define.failures':
    'Of all changes, those whose sync failed, after which production became Degraded within 24 hours, or which were rolled back within 24 hours.',
  'dora.define.restore':
    'Median time from the start of such a failure until production was healthy again. Failures that are not over are told beside it and not counted.',
  'dora.span': 'From',
  'dora.short.deployments': 'Deploys',
  'dora.short.leadTime': 'Lead time',
  'dora.short.failures': 'Failed',
  'dora.short.restore': 'Restore',
  'dora.unavailable': 'The DORA figures cannot be read right now.',
} as const;
