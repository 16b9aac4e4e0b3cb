import type {
  Delivery,
  OperationOutcome,
  OperationRequest,
  Run,
} from '@golden-path/plugin-delivery-common';
import { isPipelineSuspended } from './isPipelineSuspended';

type Document = Pick<Delivery, 'stages' | 'runs' | 'environments'>;

/**
 * Whether the stream has shown what an operation led to, so that nobody need wait for
 * it any more.
 *
 * @param asked - what was asked for, and what the backend answered
 * @param before - the document when it was asked for
 * @param now - the newest document
 */
export function isConfirmed(
  asked: { request: OperationRequest; outcome: OperationOutcome },
  before: Document,
  now: Document,
): boolean {
  const { request, outcome } = asked;
  // What was so already changes nothing, and a pull request waits for a person.
  if (outcome.outcome === 'unchanged' || outcome.link) {
    return true;
  }
  switch (request.operation) {
    case 'start-run':
    case 'resubmit-run':
      return now.runs.some(run => run.name === outcome.run);
    case 'retry-run':
    case 'stop-run':
    case 'terminate-run':
      return (
        standingOf(now.runs, request.run) !==
        standingOf(before.runs, request.run)
      );
    case 'suspend-pipeline':
    case 'resume-pipeline':
      return (
        now.stages.some(isPipelineSuspended) !==
        before.stages.some(isPipelineSuspended)
      );
    default:
      return (
        argoCdOf(now, request.environment) !==
        argoCdOf(before, request.environment)
      );
  }
}

/** Changes exactly when what an operation on it leads to can be seen. */
function standingOf(runs: Run[], name: string): string {
  const run = runs.find(it => it.name === name);
  return JSON.stringify([run?.phase, run?.startedAt, run?.finishedAt]);
}

function argoCdOf({ environments }: Document, name: string): string {
  const environment = environments.find(it => it.name === name);
  return JSON.stringify([environment?.argoCd, environment?.kargo?.promotion]);
}
