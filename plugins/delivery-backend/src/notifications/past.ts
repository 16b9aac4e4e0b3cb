import type { Knex } from 'knex';
import type { LiveEvent, PromotionWaitingEvent } from './deliveryEvents';

/**
 * Whether a deployment brought another image than was there before, as far as the history
 * knows. One that only changed the manifests around it is no news.
 */
export async function bringsImage(
  knex: Knex,
  { deployment, tag, at }: LiveEvent,
): Promise<boolean> {
  const before = await knex('deployments')
    .where({
      cluster: deployment.cluster,
      application_uid: deployment.applicationUid,
      outcome: 'succeeded',
    })
    .whereNot('id', deployment.id)
    .where('finished_at', '<=', new Date(at))
    .whereNotNull('image_tag')
    .orderBy('finished_at', 'desc')
    .first('image_tag');
  return before?.image_tag !== tag;
}

/** Who asked last to bring an image to an environment, where the portal was asked. */
export async function requesterOf(
  knex: Knex,
  { pipeline, environment, tag }: LiveEvent,
): Promise<string | undefined> {
  const row = await knex('promotions')
    .where({ pipeline, to_environment: environment, image_tag: tag })
    .whereNotNull('requested_by')
    .orderBy('requested_at', 'desc')
    .first('requested_by');
  return row?.requested_by;
}

/**
 * Whether a promotion would bring back what was built before, as after a rollback. Clusters
 * forget most runs after an hour or two.
 */
export async function leadsBack(
  knex: Knex,
  { pipeline, tag, held }: PromotionWaitingEvent,
): Promise<boolean> {
  const builds = await knex('runs')
    .where({ pipeline })
    .whereIn('image_tag', held === undefined ? [] : [tag, held])
    .orderBy('created_at', 'desc')
    .select('image_tag', 'created_at');
  const [ours, theirs] = [tag, held].map(
    built => builds.find(row => row.image_tag === built)?.created_at,
  );
  return (
    ours !== undefined &&
    theirs !== undefined &&
    new Date(ours) < new Date(theirs)
  );
}

/**
 * Whether a pull request asks to bring an image to an environment, unless it has come there
 * since: what `askedPromotion` tells those who look, of deliveries that nobody looks at.
 */
export async function isAskedFor(
  knex: Knex,
  { pipeline, to, tag }: PromotionWaitingEvent,
): Promise<boolean> {
  const asked = await knex('promotions')
    .where({ pipeline, to_environment: to, image_tag: tag })
    .whereNotNull('pull_request')
    .orderBy('requested_at', 'desc')
    .first('requested_at');
  const came =
    asked &&
    (await knex('deployments')
      .where({ pipeline, environment: to, image_tag: tag })
      .where({ outcome: 'succeeded' })
      .where('finished_at', '>=', asked.requested_at)
      .first('id'));
  return asked !== undefined && came === undefined;
}
