/** What is said of an operation that was asked for. */
export const operationSentences = {
  'operation.refresh': 'Argo CD compares {{environment}} with Git now.',
  'operation.sync': 'Argo CD syncs {{environment}}.',
  'operation.sync.running': 'Argo CD is syncing {{environment}} already.',
  'operation.terminate-sync': 'Argo CD ends the operation on {{environment}}.',
  'operation.terminate-sync.none':
    'Argo CD runs no operation on {{environment}}.',
  'operation.rollback': 'Argo CD brings {{environment}} back to {{revision}}.',
  'operation.rollback.proposed':
    'A pull request brings {{environment}} back to {{tag}}; merge it to deploy.',
  'operation.retry-run': 'Run {{run}} tries its failed steps again.',
  'operation.retry-run.running': 'Run {{run}} is running already.',
  'operation.resubmit-run': 'Run {{run}} was made from {{from}}.',
  'operation.stop-run': 'Run {{run}} stops after its exit handlers.',
  'operation.terminate-run': 'Run {{run}} ends at once.',
  'operation.run.over': 'Run {{run}} is over already.',
  'operation.start-run': 'Run {{run}} builds {{commit}}.',
  'operation.start-run.running': 'Run {{run}} builds {{commit}} already.',
  'operation.suspend-pipeline': 'kro leaves the pipeline as it is.',
  'operation.suspend-pipeline.already': 'The pipeline is suspended already.',
  'operation.resume-pipeline': 'kro looks after the pipeline again.',
  'operation.resume-pipeline.already': 'The pipeline is not suspended.',
  'operation.promote':
    'A pull request puts {{tag}} into {{environment}}; merge it to deploy.',
  'operation.promote.open':
    'A pull request that puts {{tag}} into {{environment}} is open already.',
  'operation.promote.done': '{{environment}} holds {{tag}} in Git already.',
  'operation.promote.kargo': 'Kargo promotes {{tag}} to {{environment}}.',
} as const;
