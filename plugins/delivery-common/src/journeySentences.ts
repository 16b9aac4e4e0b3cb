/** What is said of the steps of a commit's way. */
export const journeySentences = {
  'journey.runForgotten': 'Its run is no longer kept.',
  'journey.overtaken': '{{tag}} went to {{environment}} instead.',
  'journey.afterFailure': 'Does not happen: the step before it failed.',
  'journey.promotionAsked':
    'Asked for; waits for the pull request to be merged.',
} as const;
