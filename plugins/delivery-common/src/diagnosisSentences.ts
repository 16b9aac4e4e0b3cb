/** Next steps of stages that take their usual course, and why nothing can be operated. */
export const diagnosisSentences = {
  'diagnosis.wait.next': 'Nothing: it goes on by itself.',
  'diagnosis.again.next':
    'Nothing, while it is about to say; if it stays, ask the platform team.',
  'source.noPushSeen.next': 'Push a commit to start a build.',
  'source.noPushSeen.first.next':
    'Nothing: the first build needs no push, it takes main as it is.',
  'pipeline.settingUpHeld.next':
    'Resume the step in Argo Workflows when it may go on.',
  'build.none.next': 'Push a commit, or run the pipeline by hand.',
  'build.suspended.next':
    'Resume the step in Argo Workflows when it may go on, or stop the run.',
  'image.noRepository.next':
    'Check that the ResourceGraphDefinition creates an image repository.',
  'deploy.outOfSync.next':
    'Nothing: Argo CD brings them by itself at its next sync.',
  'deploy.notCompared.next':
    'Wait, or refresh it: then Argo CD compares at once.',
  'deploy.nothing.promotion.next':
    'Promote to it as soon as the environment before it is healthy.',
  'run.canaryPaused.next':
    'Nothing, if the pause has an end; else promote or abort the roll-out.',
  'run.suspended.next': 'Resume the roll-out when it may go on.',
  'promotion.notHealthy.next':
    'Wait until it is healthy, or correct what is wrong there.',
  'promotion.ready.next': 'Promote it when you are ready.',

  'operable.noAccount':
    'Nothing can be operated from here: cluster "{{cluster}}" has no account for it. Ask the platform team to set "operatorKubeconfig" of the cluster.',
} as const;
