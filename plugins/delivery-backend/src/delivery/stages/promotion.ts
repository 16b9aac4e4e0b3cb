import { say } from '@golden-path/plugin-delivery-common';
import type { EnvironmentState } from '../environments';
import { shortTag } from '../image';
import type { StageContext, StageDraft } from './draft';
import { runStage } from './run';

/** What stands between an environment and the one before it. */
export function promotionStage(
  from: EnvironmentState,
  to: EnvironmentState,
  context: StageContext,
): StageDraft {
  const tag = from.image?.tag;
  if (tag === undefined) {
    return { status: 'waiting', sentence: say('promotion.nothing') };
  }
  const values = { from: from.name, to: to.name, tag: shortTag(tag) };
  if (to.image?.tag === tag) {
    return { status: 'succeeded', sentence: say('promotion.done', values) };
  }
  if (runStage(from, context).status !== 'succeeded') {
    return {
      status: 'waiting',
      sentence: say('promotion.notHealthy', values),
    };
  }
  return {
    status: 'waiting',
    sentence: say(to.image ? 'promotion.ready' : 'promotion.first', values),
  };
}
