import type {
  DeploymentRecord,
  HealthRecord,
  PromotionRecord,
  RunRecord,
} from '../records';

export const PIPELINE =
  'hub/cicdpipeline.kro.run/team-checkout/checkout-cicd-pipeline';

const place = { cluster: 'hub', pipeline: PIPELINE };

/** A moment of the day of the tests, for example `10:30`. */
export const at = (time: string, day = '2026-11-24') =>
  `${day}T${time.length === 5 ? `${time}:00` : time}.000Z`;

export function run(
  uid: string,
  finishedAt: string,
  fields: Partial<RunRecord> = {},
): RunRecord {
  return {
    table: 'runs',
    ...place,
    uid,
    name: `checkout-cicd-${uid}`,
    namespace: 'team-checkout',
    purpose: 'build',
    phase: 'Succeeded',
    status: 'succeeded',
    createdAt: at('08:00'),
    startedAt: at('08:00'),
    finishedAt,
    steps: [],
    ...fields,
  };
}

export function deployment(
  id: string,
  finishedAt: string,
  fields: Partial<DeploymentRecord> = {},
): DeploymentRecord {
  return {
    table: 'deployments',
    ...place,
    environment: 'prod',
    application: 'checkout-prod-cd',
    applicationUid: 'prod-1',
    id,
    outcome: 'succeeded',
    revision: `r${id}`,
    finishedAt,
    ...fields,
  };
}

export function health(
  word: string,
  since: string,
  fields: Partial<HealthRecord> = {},
): HealthRecord {
  return {
    table: 'health_changes',
    ...place,
    environment: 'prod',
    applicationUid: 'prod-1',
    health: word,
    since,
    ...fields,
  };
}

export function promotion(
  number: number,
  requestedAt: string,
  fields: Partial<PromotionRecord> = {},
): PromotionRecord {
  const pullRequest = `https://git.example/team/checkout/pulls/${number}`;
  return {
    table: 'promotions',
    ...place,
    id: pullRequest,
    to: 'prod',
    pullRequest,
    requestedAt,
    ...fields,
  };
}
