import { InputError, NotFoundError } from '@backstage/errors';
import type {
  Delivery,
  Journey,
  JourneyStep,
  JourneyStepKind,
  OperationRequest,
  Run,
  Stage,
  StageKind,
} from '@golden-path/plugin-delivery-common';

/** Where a commit is on its way to the last environment, and what keeps it there. */
export interface CommitExplanation {
  /** The full SHA, or `initial` for the first image. */
  commit: string;
  message?: string;
  author?: string;
  /** Whether every environment runs it, and well. */
  live: boolean;
  summary: string;
  /** The last step that is done. */
  reached?: { step: string; at?: string };
  /** The step that it is at; absent where it is through. */
  waitsAt?: { step: string; status: string; since?: string; summary?: string };
  /** The stage that it is at. */
  stage?: { id: string; status: string; summary: string };
  cause?: string;
  /** In the system's own words. */
  evidence?: string;
  nextStep?: string;
  /** What does the next step. */
  operation?: OperationRequest;
  /** The run that built it, and the step that it is at or failed at. */
  run?: { name: string; status: string; step?: string };
  environments: Array<{ name: string; runsIt: boolean; commit?: string }>;
  /** All steps of its way. */
  steps: Array<{ step: string; status: string; at?: string; summary?: string }>;
}

/** Whose diagnosis concerns a step. */
const STAGES: Record<JourneyStepKind, StageKind> = {
  pushed: 'source',
  'run-started': 'build',
  built: 'build',
  'in-registry': 'build',
  'manifest-bumped': 'build',
  promoted: 'promotion',
  noticed: 'deploy',
  synced: 'deploy',
  'rolled-out': 'run',
  healthy: 'run',
};

/**
 * Tells where a commit is on its way to the last environment, since when, and what keeps
 * it there.
 *
 * @param commit - a full SHA or its beginning, or `initial`; without it the newest
 * @throws NotFoundError for a commit that is not under way and that no environment holds
 */
export function explainCommit(
  delivery: Delivery,
  commit?: string,
): CommitExplanation {
  const journey = resolve(delivery, commit);
  const { steps } = journey;
  const at = steps.findIndex(({ id }) => id === journey.current);
  const waiting = steps.at(at === -1 ? steps.length : at);
  const done = steps
    .slice(0, at === -1 ? steps.length : at)
    .findLast(({ status }) => status === 'succeeded');
  const run = delivery.runs.find(({ name }) => name === journey.run);
  const stage = waiting && stageOf(waiting, journey, delivery);
  const environments = delivery.environments.map(({ name, image }) => ({
    name,
    runsIt: image?.tag === journey.tag,
    commit: image?.commit,
  }));
  const live = !waiting && environments.every(({ runsIt }) => runsIt);
  return {
    commit: journey.commit ?? journey.tag,
    message: journey.about?.title,
    author: journey.about?.author,
    live,
    summary: waiting
      ? `It is at step "${waiting.id}" (${waiting.status}): ${
          wordsOf(waiting, stage) ?? 'it has not come yet'
        }`
      : through(environments, live),
    reached: done && { step: done.id, at: done.at },
    waitsAt: waiting && {
      step: waiting.id,
      status: waiting.status,
      // Of what waits only its beginning is known: when the step before it was done.
      since: stage?.since ?? done?.at,
      summary: wordsOf(waiting, stage),
    },
    stage: stage && {
      id: stage.id,
      status: stage.status,
      summary: stage.sentence.text,
    },
    cause: stage?.diagnosis?.cause.text ?? wordsOf(waiting, stage),
    evidence: stage?.diagnosis?.evidence,
    nextStep: stage?.diagnosis?.nextStep.text,
    operation: stage?.diagnosis?.operation,
    run: run && { name: run.name, status: run.status, step: stepOf(run) },
    environments,
    steps: steps.map(step => ({
      step: step.id,
      status: step.status,
      at: step.at,
      summary: step.sentence?.text,
    })),
  };
}

function resolve({ journeys = [] }: Delivery, asked?: string): Journey {
  if (asked === undefined) {
    const [newest] = journeys;
    if (newest === undefined) {
      throw new NotFoundError(
        'No run has built a commit yet, and no environment runs one',
      );
    }
    return newest;
  }
  const found = journeys.filter(({ tag }) => tag.startsWith(asked));
  if (found.length > 1) {
    throw new InputError(
      `Field "commit" is "${asked}", which ${found.length} commits begin with; give more of it`,
    );
  }
  if (found.length === 0) {
    throw new NotFoundError(
      `None of the newest commits and no environment is at commit ${asked}: its push started no run, or it was built too long ago; delivery.get-delivery-status tells of the stage "trigger", delivery.list-runs of older runs`,
    );
  }
  return found[0];
}

/**
 * The stage whose diagnosis is about this commit. What was passed over, or failed while a
 * newer commit goes on, is no longer what a stage speaks of.
 */
function stageOf(
  { kind, environment, status }: JourneyStep,
  { run, tag }: Journey,
  { stages, runs }: Delivery,
): Stage | undefined {
  if (status === 'skipped') {
    return undefined;
  }
  const byId = (id: string) => stages.find(each => each.id === id);
  if (run === undefined && kind === 'run-started') {
    return byId('trigger');
  }
  const stage = byId([STAGES[kind], environment].filter(Boolean).join(':'));
  const newest = runs.find(({ purpose }) => purpose !== 'setup');
  return stage?.kind === 'build' && newest && newest.imageTag !== tag
    ? undefined
    : stage;
}

function wordsOf(
  step: JourneyStep | undefined,
  stage: Stage | undefined,
): string | undefined {
  return step?.sentence?.text ?? stage?.sentence.text;
}

function through(
  environments: CommitExplanation['environments'],
  live: boolean,
): string {
  const held = environments.filter(({ runsIt }) => runsIt);
  const names = new Intl.ListFormat('en').format(held.map(({ name }) => name));
  if (live) {
    return `It runs in ${names}.`;
  }
  return names
    ? `It went all the way; only ${names} still holds it.`
    : 'It went all the way, and another commit has taken its place.';
}

function stepOf({ steps }: Run): string | undefined {
  return (
    steps.find(({ status, hook }) => status === 'failed' && !hook) ??
    steps.find(({ status, daemon }) => status === 'running' && !daemon)
  )?.name;
}
