import { say } from '@golden-path/plugin-delivery-common';
import type { RolloutFacts } from '../facts';
import type { StageDraft } from './draft';

/** Argo Rollouts' reasons to wait for a person rather than for time. */
const UNDECIDED = ['InconclusiveAnalysisRun', 'InconclusiveExperiment'];

/** Ends of an analysis that end the roll-out. */
const UNSUCCESSFUL = ['Failed', 'Error'];

/**
 * What a Rollout says of a new version on its way.
 *
 * @returns `undefined` for one that is through, or that has no more to say than others
 */
export function rolloutDraft(
  { rollout }: RolloutFacts,
  tag: string,
): StageDraft | undefined {
  const { phase, aborted, step, steps, weight = 0 } = rollout;
  const word = phase;
  if (aborted || phase === 'Degraded') {
    return degraded({ rollout, tag });
  }
  const progress =
    step === undefined || steps === undefined
      ? undefined
      : { tag, step, steps, weight };
  if (phase === 'Paused') {
    const cause = progress
      ? say('run.canaryPaused', progress)
      : say('run.suspended', { tag });
    return {
      status: 'suspended',
      word,
      sentence: cause,
      diagnosis: UNDECIDED.includes(rollout.paused ?? '')
        ? {
            cause,
            evidence: analysisWords(rollout) ?? rollout.message,
            nextStep: say('run.inconclusive.next'),
          }
        : undefined,
    };
  }
  return phase === 'Progressing'
    ? {
        status: 'running',
        word,
        sentence: progress
          ? say('run.canary', progress)
          : say('run.starting', { tag }),
      }
    : undefined;
}

function degraded({
  rollout,
  tag,
}: Pick<RolloutFacts, 'rollout'> & { tag: string }): StageDraft {
  const analysis = rollout.analyses.find(({ phase = '' }) =>
    UNSUCCESSFUL.includes(phase),
  );
  const cause = causeOf(rollout.aborted, analysis?.metric, tag);
  return {
    status: 'failed',
    word: rollout.phase,
    sentence: cause,
    diagnosis: {
      cause,
      evidence: analysisWords(rollout) ?? rollout.message,
      nextStep: say(
        rollout.aborted ? 'run.canaryAborted.next' : 'run.unhealthy.next',
      ),
    },
  };
}

function causeOf(aborted: boolean, metric: string | undefined, tag: string) {
  if (!aborted) {
    return say('run.unhealthy', { tag });
  }
  return metric
    ? say('run.analysisFailed', { tag, metric })
    : say('run.canaryAborted', { tag });
}

/** `metric: message` of the newest analysis that has something to say. */
function analysisWords({ analyses }: RolloutFacts['rollout']) {
  const analysis = analyses.find(({ message, metric }) => message ?? metric);
  return (
    analysis && [analysis.metric, analysis.message].filter(Boolean).join(': ')
  );
}
