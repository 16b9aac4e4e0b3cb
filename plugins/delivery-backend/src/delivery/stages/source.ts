import { say } from '@golden-path/plugin-delivery-common';
import { shortTag } from '../image';
import { forgottenTag } from '../runs';
import type { StageContext, StageDraft } from './draft';

/** The newest push, as far as a build tells of it: no source watches Git itself. */
export function sourceStage(context: StageContext): StageDraft {
  const { facts, links } = context;
  const forgotten = forgottenTag(context);
  const pushed = facts.runs.find(run => run.commit !== undefined);
  const commit = forgotten ?? pushed?.commit;
  if (commit) {
    return {
      status: 'succeeded',
      word: shortTag(commit),
      sentence: say('source.pushed', { commit: shortTag(commit) }),
      since: forgotten ? undefined : pushed?.createdAt,
      links: links.commit(commit),
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
