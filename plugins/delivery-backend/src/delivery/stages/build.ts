import { say } from '@golden-path/plugin-delivery-common';
import type { RunFacts } from '../facts';
import { shortTag } from '../image';
import {
  currentStep,
  failedStep,
  forgottenTag,
  newestBuild,
  newestPublished,
  setupRun,
} from '../runs';
import type { StageContext, StageDraft } from './draft';

/** The newest build, whoever started it. */
export function buildStage(context: StageContext): StageDraft {
  const { facts, links } = context;
  const forgotten = forgottenTag(context);
  if (forgotten) {
    return {
      status: 'succeeded',
      sentence: say('build.forgotten', { tag: shortTag(forgotten) }),
      links: links.commit(forgotten),
    };
  }
  const run = newestBuild(facts);
  if (!run) {
    const setup = setupRun(facts)?.status;
    return {
      status: 'waiting',
      sentence: say(
        setup === 'running' || setup === 'waiting'
          ? 'build.settingUp'
          : 'build.none',
      ),
    };
  }
  return {
    word: run.phase,
    since: run.finishedAt ?? run.startedAt ?? run.createdAt,
    links: [...links.run(run), ...links.commit(run.commit)],
    ...told(run, newestPublished(facts) !== undefined),
  };
}

function told(run: RunFacts, published: boolean): StageDraft {
  const values = { run: run.name };
  const at = { ...values, step: currentStep(run)?.name ?? run.name };
  switch (run.status) {
    case 'succeeded':
      return {
        status: 'succeeded',
        sentence: say('build.succeeded', {
          ...values,
          tag: run.imageTag === undefined ? run.name : shortTag(run.imageTag),
        }),
      };
    case 'running':
      return run.steps.length === 0
        ? { status: 'running', sentence: say('build.pending', values) }
        : {
            status: 'running',
            sentence: say('build.running', at),
            diagnosis: blocked(run),
          };
    case 'waiting':
      return { status: 'waiting', sentence: say('build.pending', values) };
    case 'suspended':
      return { status: 'suspended', sentence: say('build.suspended', at) };
    case 'failed':
      return failed(run, published);
    default:
      return { status: 'unknown', sentence: say('build.unknownState', values) };
  }
}

/**
 * A step that Argo has something to say about before it ends is one that does not get
 * on: its image cannot be pulled, no node has room, a lock is taken.
 */
function blocked(run: RunFacts): StageDraft['diagnosis'] {
  const step = currentStep(run);
  return step?.message && step.phase === 'Pending'
    ? {
        cause: say('build.stepBlocked', { run: run.name, step: step.name }),
        evidence: step.message,
        nextStep: say('build.stepBlocked.next'),
      }
    : undefined;
}

function failed(run: RunFacts, published: boolean): StageDraft {
  const step = failedStep(run);
  const cause = step
    ? say('build.failedAt', { run: run.name, step: step.name })
    : say('build.failed', { run: run.name });
  return {
    status: 'failed',
    sentence: cause,
    diagnosis: {
      cause,
      evidence: step?.message ?? run.message,
      nextStep: say(published ? 'build.failed.next' : 'build.firstFailed.next'),
    },
  };
}
