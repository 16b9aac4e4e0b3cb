import {
  say,
  type Diagnosis,
  type PodProblem,
  type SentenceCode,
  type StageStatus,
} from '@golden-path/plugin-delivery-common';
import type { PodFacts } from '../facts';

interface Told {
  /** What the stage is at least: some trouble passes by itself, most does not. */
  status: StageStatus;
  cause: SentenceCode;
  next: SentenceCode;
}

/** In the order of how much they explain. */
const BY_TROUBLE: Record<PodProblem['trouble'], Told> = {
  'image-pull': {
    status: 'failed',
    cause: 'run.imagePull',
    next: 'run.imagePull.next',
  },
  configuration: {
    status: 'failed',
    cause: 'run.configuration',
    next: 'run.configuration.next',
  },
  'out-of-memory': {
    status: 'failed',
    cause: 'run.outOfMemory',
    next: 'run.outOfMemory.next',
  },
  'crash-loop': {
    status: 'failed',
    cause: 'run.crashLoop',
    next: 'run.crashLoop.next',
  },
  failed: {
    status: 'running',
    cause: 'run.containerFailed',
    next: 'run.crashLoop.next',
  },
  unschedulable: {
    status: 'running',
    cause: 'run.unschedulable',
    next: 'run.unschedulable.next',
  },
  evicted: {
    status: 'running',
    cause: 'run.evicted',
    next: 'run.evicted.next',
  },
  'not-ready': {
    status: 'running',
    cause: 'run.notReady',
    next: 'run.notReady.next',
  },
};

const ORDER = Object.keys(BY_TROUBLE) as PodProblem['trouble'][];

/** What the pods of an environment say of why it does not run. */
export interface PodTrouble {
  status: StageStatus;
  diagnosis: Diagnosis;
  since?: string;
}

/** The trouble that explains most; of equal ones that of the newest pod. */
export function podTroubleOf(
  pods: readonly PodFacts[],
): PodTrouble | undefined {
  const [worst] = [...pods].sort(
    (a, b) =>
      ORDER.indexOf(a.problem.trouble) - ORDER.indexOf(b.problem.trouble) ||
      b.createdAt.localeCompare(a.createdAt),
  );
  if (!worst) {
    return undefined;
  }
  const { problem } = worst;
  const { status, cause, next } = BY_TROUBLE[problem.trouble];
  return {
    status,
    since: problem.since,
    diagnosis: {
      cause: say(cause, {
        pod: problem.pod,
        container: problem.container ?? problem.pod,
        restarts: problem.restarts,
      }),
      evidence: lastWords(problem),
      nextStep: say(next),
    },
  };
}

function lastWords({ reason, exitCode, message }: PodProblem) {
  const title = [reason, exitCode !== undefined && `exit code ${exitCode}`]
    .filter(Boolean)
    .join(', ');
  return [title, message].filter(Boolean).join(': ') || undefined;
}
