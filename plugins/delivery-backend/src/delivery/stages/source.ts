import { say } from '@golden-path/plugin-delivery-common';
import { shortTag } from '../image';
import type { StageContext, StageDraft } from './draft';

/** The newest push, as far as a build tells of it: no source watches Git itself. */
export function sourceStage({ facts, links }: StageContext): StageDraft {
  const pushed = facts.runs.find(run => run.commit !== undefined);
  if (pushed?.commit) {
    return {
      status: 'succeeded',
      word: shortTag(pushed.commit),
      sentence: say('source.pushed', { commit: shortTag(pushed.commit) }),
      since: pushed.createdAt,
      links: links.commit(pushed.commit),
    };
  }
  const first = facts.runs.find(({ purpose }) => purpose === 'initial-build');
  return first
    ? {
        status: 'succeeded',
        sentence: say('source.firstBuild'),
        since: first.createdAt,
        links: links.repository(),
      }
    : {
        status: 'waiting',
        sentence: say('source.noPushSeen'),
        links: links.repository(),
      };
}
