import type { DetectionFacts } from './facts';

/**
 * Argo CD's defaults, for where its settings cannot be read.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/server-commands/argocd-application-controller/
 */
export const DEFAULT_DETECTION: DetectionFacts = { period: 120, jitter: 60 };

/**
 * How long it takes at most until Argo CD looks at Git by itself, with its unit.
 *
 * @returns `undefined` where it never does
 */
export function detectionDelay({
  period,
  jitter,
}: DetectionFacts = DEFAULT_DETECTION): string | undefined {
  if (period <= 0) {
    return undefined;
  }
  const seconds = Math.round(period + jitter);
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}
