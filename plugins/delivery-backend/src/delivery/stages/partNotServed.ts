import { say } from '@golden-path/plugin-delivery-common';
import type { KindHealth } from '../facts';
import type { StageContext, StageDraft } from './draft';

/** What kro says when it cannot go on, without the reason that it was given. */
const EFFECTS: string[] = ['pipeline.error', 'pipeline.partFailed'];

/**
 * kro cannot make a part whose kind the cluster does not serve, and says only what the API
 * server answered ("could not find the requested resource"). The cause comes first then,
 * in the words of the stage whose kind it is, so that both are read as one.
 *
 * @param health - of every kind that is watched where the golden path runs
 */
export function partNotServed(
  draft: StageDraft,
  { facts, location }: StageContext,
  health: readonly KindHealth[],
): StageDraft {
  const { code, values } = draft.sentence;
  const { pipeline } = facts;
  if (!pipeline || draft.status !== 'failed' || !EFFECTS.includes(code)) {
    return draft;
  }
  const absent = health.find(
    ({ cluster, state, apiVersion, kind }) =>
      state === 'not-installed' &&
      cluster === location.cluster &&
      // A part that kro names failed for a reason of its own.
      (values?.kind === undefined || values.kind === kind) &&
      pipeline.childKinds.some(
        child =>
          child.kind === kind && child.group === apiVersion.split('/')[0],
      ),
  );
  if (!absent) {
    return draft;
  }
  const { system, cluster } = absent;
  const cause = say('stage.notInstalled', { system, cluster });
  return {
    ...draft,
    sentence: cause,
    diagnosis: {
      cause,
      evidence: draft.diagnosis?.evidence ?? absent.reason,
      nextStep: say('stage.notInstalled.next'),
    },
  };
}
