import { say } from '@golden-path/plugin-delivery-common';
import { askedPromotion } from '../askedPromotion';
import type { EnvironmentState } from '../environments';
import { shortTag } from '../image';
import type { StageContext, StageDraft } from './draft';
import { kargoPromotion } from './kargo';
import { runStage } from './run';

/** What stands between an environment and the one before it. */
export function promotionStage(
  from: EnvironmentState,
  to: EnvironmentState,
  context: StageContext,
): StageDraft {
  const tag = from.image?.tag;
  const isDone = tag !== undefined && to.image?.tag === tag;
  const byKargo = isDone ? undefined : kargoPromotion(from, to);
  if (byKargo) {
    return byKargo;
  }
  if (tag === undefined) {
    return { status: 'waiting', sentence: say('promotion.nothing') };
  }
  const values = { from: from.name, to: to.name, tag: shortTag(tag) };
  if (isDone) {
    return { status: 'succeeded', sentence: say('promotion.done', values) };
  }
  if (runStage(from, context).status !== 'succeeded') {
    return {
      status: 'waiting',
      sentence: say('promotion.notHealthy', values),
    };
  }
  const asked = askedPromotion(context.past, to.name, tag);
  if (asked) {
    return {
      status: 'waiting',
      sentence: say('promotion.asked', values),
      since: asked.requestedAt,
      links: [{ title: 'Pull request', url: asked.pullRequest }],
    };
  }
  return {
    status: 'waiting',
    sentence: say(to.image ? 'promotion.ready' : 'promotion.first', values),
  };
}
