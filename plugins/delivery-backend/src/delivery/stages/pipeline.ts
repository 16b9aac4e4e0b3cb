import { say, type Part } from '@golden-path/plugin-delivery-common';
import type { PipelineFacts } from '../facts';
import { currentStep, failedStep, setupRun } from '../runs';
import type { StageContext, StageDraft } from './draft';
import { missingPipeline } from './missingPipeline';
import { activeDespite, graphNotResolved } from './resourceGraph';

/**
 * The kro instance. `ACTIVE` alone is not trusted: it says that the Workflows exist,
 * not that they succeeded, so the set-up run counts too.
 */
export function pipelineStage(context: StageContext): StageDraft {
  const { pipeline } = context.facts;
  if (!pipeline) {
    return missingPipeline(context);
  }
  return {
    since: pipeline.ready?.since,
    word: wordOf(pipeline),
    ...(deleting(pipeline) ??
      suspended(context) ??
      setupFailed(context) ??
      notReady(context) ??
      settingUp(context) ??
      activeDespite(context) ?? {
        status: 'succeeded',
        sentence: say('pipeline.active'),
      }),
  };
}

/**
 * Whether kro has made everything. While it looks again, an `ACTIVE` instance is not
 * `Ready` for a moment.
 */
export function isActive(pipeline: PipelineFacts | undefined): boolean {
  return pipeline?.state === 'ACTIVE';
}

/** What `kubectl get` prints for it, with the column of its own kro version. */
function wordOf({ state, ready }: PipelineFacts): string | undefined {
  const words = [state, ready && `${ready.type}=${ready.status}`];
  return words.filter(Boolean).join(' · ') || undefined;
}

function deleting(pipeline: PipelineFacts): StageDraft | undefined {
  if (!pipeline.deleting && pipeline.state !== 'DELETING') {
    return undefined;
  }
  const evidence = evidenceOf(pipeline);
  const cause = say('pipeline.deleting');
  return {
    status: 'running',
    sentence: cause,
    diagnosis: evidence
      ? { cause, evidence, nextStep: say('pipeline.deleting.next') }
      : undefined,
  };
}

function suspended({ facts, location }: StageContext): StageDraft | undefined {
  const { pipeline, resourceGraph } = facts;
  if (!pipeline?.suspendedBy) {
    return undefined;
  }
  const changed =
    isLater(resourceGraph?.revisedAt, pipeline.suspendedSince) ||
    resourceGraph?.outdated;
  const cause = changed
    ? say('pipeline.suspendedChanged', {
        resourceGroup: location.resourceGroup,
      })
    : say('pipeline.suspended');
  return {
    status: 'suspended',
    sentence: cause,
    since: pipeline.suspendedSince ?? pipeline.ready?.since,
    diagnosis: {
      cause,
      nextStep: say('pipeline.suspended.next', {
        annotation: pipeline.suspendedBy,
        kind: pipeline.kind,
      }),
    },
  };
}

function isLater(moment?: string, than?: string): boolean {
  return (
    moment !== undefined &&
    than !== undefined &&
    Date.parse(moment) > Date.parse(than)
  );
}

/**
 * Up to kro 0.7 an error of a child and a child that is not ready yet are both
 * `IN_PROGRESS`; only the message tells, so it is shown.
 */
function notReady(context: StageContext): StageDraft | undefined {
  const { pipeline } = context.facts;
  if (!pipeline || isActive(pipeline)) {
    return undefined;
  }
  switch (pipeline.state) {
    case 'ERROR':
    case 'FAILED':
      return graphNotResolved(context) ?? cannotMake(pipeline);
    case 'IN_PROGRESS':
      // A pipeline may count as made only when its set-up has succeeded.
      return (
        graphNotResolved(context) ?? settingUp(context) ?? inProgress(pipeline)
      );
    case undefined:
    case '':
      return { status: 'waiting', sentence: say('pipeline.unknownState') };
    default:
      return { status: 'unknown', sentence: say('pipeline.unknownState') };
  }
}

function cannotMake(pipeline: PipelineFacts): StageDraft {
  const part = blocking(pipeline);
  const cause = part
    ? say('pipeline.partFailed', valuesOf(part))
    : say('pipeline.error');
  return {
    status: 'failed',
    sentence: cause,
    diagnosis: {
      cause,
      evidence: part?.message ?? evidenceOf(pipeline),
      nextStep: say('pipeline.error.next'),
    },
  };
}

function inProgress(pipeline: PipelineFacts): StageDraft {
  const sentence = awaited(pipeline);
  const evidence = blocking(pipeline)?.message ?? evidenceOf(pipeline);
  return {
    status: 'running',
    sentence,
    diagnosis: evidence
      ? {
          cause: sentence,
          evidence,
          nextStep: say('pipeline.waiting.next'),
        }
      : undefined,
  };
}

function awaited(pipeline: PipelineFacts): StageDraft['sentence'] {
  const part = blocking(pipeline);
  if (part) {
    return say(
      part.status === 'failed'
        ? 'pipeline.partFailed'
        : 'pipeline.waitingForPart',
      valuesOf(part),
    );
  }
  const [resource, ...others] = pipeline.waitingFor;
  return resource && others.length === 0
    ? say('pipeline.waitingFor', { resource })
    : say('pipeline.inProgress');
}

/** The part that holds the others up: one that kro names, else one that says so itself. */
function blocking({ parts, waitingFor }: PipelineFacts): Part | undefined {
  const named = parts.filter(({ id }) => waitingFor.includes(id));
  return (
    named.find(({ status }) => status === 'failed') ??
    named[0] ??
    parts.find(({ status }) => status === 'failed') ??
    parts.find(({ status, message }) => status === 'running' && message)
  );
}

function valuesOf({ id, kind, name }: Part) {
  return { resource: id, kind, name: name ?? id };
}

function evidenceOf({ ready, conditions }: PipelineFacts): string | undefined {
  const untrue = conditions.filter(
    ({ status, message }) => status !== 'True' && message,
  );
  // The root condition repeats what another one says first hand.
  const firstHand = untrue.find(({ type }) => type !== ready?.type);
  return (firstHand ?? untrue[0])?.message;
}

/** Comes first: a pipeline that waits for a failed set-up waits for ever. */
function setupFailed({ facts, links }: StageContext): StageDraft | undefined {
  const setup = setupRun(facts);
  if (setup?.status !== 'failed') {
    return undefined;
  }
  const step = failedStep(setup);
  const cause = step
    ? say('pipeline.setupFailedAt', { run: setup.name, step: step.name })
    : say('pipeline.setupFailed', { run: setup.name });
  return {
    status: 'failed',
    sentence: cause,
    since: setup.finishedAt,
    links: links.run(setup),
    diagnosis: {
      cause,
      evidence: step?.message ?? setup.message,
      nextStep: say('pipeline.setupFailed.next'),
    },
  };
}

function settingUp({ facts, links }: StageContext): StageDraft | undefined {
  const setup = setupRun(facts);
  const step = setup && currentStep(setup)?.name;
  switch (setup?.status) {
    case 'running':
    case 'suspended':
      return {
        status: setup.status,
        sentence: step
          ? say('pipeline.settingUp', { step })
          : say('pipeline.setupPending'),
        since: setup.startedAt,
        links: links.run(setup),
      };
    case 'waiting':
      return { status: 'running', sentence: say('pipeline.setupPending') };
    default:
      return undefined;
  }
}
