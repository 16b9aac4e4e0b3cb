/** What the page says of each thing that can be done: on the button, of what, and what will happen. */
export const operationWords = {
  'operation.refresh': 'Refresh',
  'operation.refresh.name': 'Refresh {{environment}}',
  'operation.refresh.effect':
    'Argo CD compares {{environment}} with Git now, instead of waiting for its next look.',
  'operation.sync': 'Sync',
  'operation.sync.name': 'Sync {{environment}}',
  'operation.sync.effect':
    'Argo CD brings {{environment}} to what Git says now. What somebody changed there by hand is undone.',
  'operation.terminate-sync': 'End the sync',
  'operation.terminate-sync.name': 'End the sync of {{environment}}',
  'operation.terminate-sync.effect':
    'Argo CD ends what it is doing in {{environment}}. What it has applied already stays.',
  'operation.rollback': 'Roll back',
  'operation.rollback.name': 'Roll back {{environment}} to {{revision}}',
  'operation.rollback.effect':
    'Argo CD deploys Git revision {{revision}} to {{environment}} again. It stays until somebody syncs.',
  'operation.rollback.proposal':
    'A pull request puts the image of Git revision {{revision}} into {{environment}} again. It is deployed when somebody merges it.',
  'operation.retry-run': 'Retry',
  'operation.retry-run.name': 'Retry {{run}}',
  'operation.retry-run.effect':
    'The failed steps of this run start once more. Steps that succeeded are kept.',
  'operation.resubmit-run': 'Run again',
  'operation.resubmit-run.name': 'Run again: {{run}}',
  'operation.resubmit-run.effect':
    'A new run does the same from its first step. This one stays as it is.',
  'operation.stop-run': 'Stop',
  'operation.stop-run.name': 'Stop {{run}}',
  'operation.stop-run.effect':
    'No further step of this run starts; its exit handlers still run. Environments keep what they have.',
  'operation.terminate-run': 'End at once',
  'operation.terminate-run.name': 'End at once: {{run}}',
  'operation.terminate-run.effect':
    'This run ends now, without its exit handlers. Environments keep what they have.',
  'operation.start-run': 'Run pipeline',
  'operation.start-run.name': 'Run pipeline',
  'operation.start-run.effect':
    'A run builds the newest commit, as a push would start it. What it builds is deployed to the first environment.',
  'operation.suspend-pipeline': 'Suspend',
  'operation.suspend-pipeline.name': 'Suspend the pipeline',
  'operation.suspend-pipeline.effect':
    'kro leaves the parts of the pipeline as they are until somebody resumes it. Pushes still start builds.',
  'operation.resume-pipeline': 'Resume',
  'operation.resume-pipeline.name': 'Resume the pipeline',
  'operation.resume-pipeline.effect':
    'kro looks after the parts of the pipeline again.',
  'operation.promote': 'Promote',
  'operation.promote.name': 'Promote to {{environment}}',
  'operation.promote.effect':
    'A pull request puts {{tag}}, which runs in {{from}}, into {{environment}}. It is deployed when somebody merges it.',
  'operation.promote.kargo':
    'Kargo brings {{tag}}, which runs in {{from}}, to {{environment}} now.',
  'operation.promote.caution': '{{environment}} is not well at the moment',
  'operation.cancel': 'Cancel',
  'operation.close': 'Close',
  'operation.dismiss': 'Dismiss',
  'operation.refused': 'It was not done.',
  'operation.notAllowed':
    'You may not do this. It needs the permission {{permission}} for this entity: ask its owner.',
  'operation.permissionUnknown':
    'It cannot be said whether you may do this: {{message}}',
  'operation.notOperable':
    'Nothing can be done in this cluster from here: it has no operator account.',
  'operation.earlier': 'Earlier deployments',
  'operation.by': 'by {{name}}',
} as const;
