import type { RecordedPromotion } from '@golden-path/plugin-delivery-common';
import type { Past } from './journey/beyond';

/**
 * The pull request by which somebody asked to bring an image to an environment, unless that
 * image has come there since. One that was closed without a merge is among them: no cluster
 * tells of it.
 */
export function askedPromotion(
  past: Past | undefined,
  to: string,
  tag: string,
): (RecordedPromotion & { pullRequest: string }) | undefined {
  const asked = past?.promotions.find(
    (promotion): promotion is RecordedPromotion & { pullRequest: string } =>
      promotion.to === to &&
      promotion.imageTag === tag &&
      promotion.pullRequest !== undefined,
  );
  const hasCome = past?.deployments.some(
    ({ environment, imageTag, outcome, finishedAt }) =>
      environment === to &&
      imageTag === tag &&
      outcome === 'succeeded' &&
      asked !== undefined &&
      Date.parse(finishedAt) >= Date.parse(asked.requestedAt),
  );
  return hasCome ? undefined : asked;
}
