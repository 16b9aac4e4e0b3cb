import type {
  Delivery,
  OperationOutcome,
} from '@golden-path/plugin-delivery-common';
import type { EnvironmentState } from '../delivery/environments';
import { readImage } from '../delivery/image';
import { pipelineKey } from './pipelineKey';
import type { PromotionRecord } from './records';

/**
 * The promotion that Kargo did last for an environment. Kargo itself keeps the last ones
 * only, and its Stage only the very last.
 */
export function promotionOfKargo(
  { name, previous, kargo }: EnvironmentState,
  place: { cluster: string; pipeline: string },
): PromotionRecord[] {
  const promotion = kargo?.promotion;
  if (promotion?.phase !== 'Succeeded' || !promotion.finishedAt) {
    return [];
  }
  const images =
    kargo?.freight?.name === promotion.freight ? kargo?.freight?.images : [];
  // Freight of several images is no one commit.
  const image = images?.length === 1 ? readImage(images[0]) : undefined;
  return [
    {
      table: 'promotions',
      ...place,
      id: `${kargo?.project}/${promotion.name}`,
      from: previous?.name,
      to: name,
      commit: image?.commit,
      imageTag: image?.tag,
      requestedAt: promotion.finishedAt,
    },
  ];
}

/**
 * The promotion that somebody asked for here, where it is a pull request. To be given to
 * the recorder after the operation.
 *
 * @param delivery - before the operation
 * @param to - the environment to promote to
 */
export function promotionOfPullRequest(
  delivery: Delivery,
  to: string,
  { outcome, link }: OperationOutcome,
  asked: { by: string; at: Date },
): PromotionRecord[] {
  if (outcome !== 'accepted' || !link) {
    return [];
  }
  const index = delivery.environments.findIndex(({ name }) => name === to);
  const from = delivery.environments[index - 1];
  return [
    {
      table: 'promotions',
      cluster: delivery.location.cluster,
      pipeline: pipelineKey(delivery.location),
      id: link.url,
      from: from?.name,
      to,
      commit: from?.image?.commit,
      imageTag: from?.image?.tag,
      by: asked.by,
      pullRequest: link.url,
      requestedAt: asked.at.toISOString(),
    },
  ];
}
