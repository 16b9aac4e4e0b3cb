import type {
  RecordedDeployment,
  RecordedRun,
} from '@golden-path/plugin-delivery-common';
import type { Past } from '../beyond';

/** A past of which only some is told. */
export const past = (some: Partial<Past>): Past => ({
  runs: [],
  deployments: [],
  promotions: [],
  ...some,
});

/** A build that succeeded. */
export const recordedRun = (tag: string, createdAt: string): RecordedRun => ({
  uid: `uid-${tag}`,
  name: `checkout-cicd-${tag.slice(0, 5)}`,
  namespace: 'team-checkout',
  purpose: 'build',
  phase: 'Succeeded',
  status: 'succeeded',
  imageTag: tag,
  commit: tag,
  createdAt,
  startedAt: createdAt,
  finishedAt: createdAt.replace(':00:00Z', ':03:00Z'),
  steps: [],
});

/** A deployment that was healthy at once. */
export const recordedDeployment = (
  environment: string,
  tag: string,
  finishedAt: string,
): RecordedDeployment => ({
  environment,
  application: `checkout-${environment}-cd`,
  applicationUid: environment,
  id: finishedAt,
  outcome: 'succeeded',
  imageTag: tag,
  commit: tag,
  startedAt: finishedAt,
  finishedAt,
  healthyAt: finishedAt,
});
