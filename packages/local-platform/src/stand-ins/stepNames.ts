/** Steps of the pipelines in `platform/kro` whose effects are played, by the name that a run shows. */
export const PLAYED_STEP_NAMES: readonly string[] = [
  'validate-resources',
  'setup-secrets',
  'setup-gitlab-webhook',
  'warm-cache',
  'checkout-code',
  'run-tests',
  'build-and-push',
  'update-deployment',
  'notify-completion',
];
