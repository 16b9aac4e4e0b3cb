import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, NotFoundError, toError } from '@backstage/errors';
import type { LogLine, Run, Step } from '@golden-path/plugin-delivery-common';
import { pipelineKey } from '../history/pipelineKey';
import type { Observation } from '../history/recordsOf';
import type { StepLogTail, StepLogTails } from '../history/StepLogTails';
import { systemClock, type Clock } from '../kubernetes/clock';
import { stepPodOf } from './stepOf';
import type { StepLog, StepLogs } from './StepLogs';

export interface FailedStepLogsOptions {
  logs: Pick<StepLogs, 'live'>;
  tails: Pick<StepLogTails, 'has' | 'write'>;
  logger: LoggerService;
  /** What ended longer ago is not kept, since it would be forgotten at once. */
  retentionMs: number;
  clock?: Clock;
}

/** A step whose log is to be read. */
interface Wanted {
  pipeline: string;
  location: Observation['located']['location'];
  run: Run & { uid: string };
  step: Step;
  attempts: number;
}

/** What explains a failure is at the end. */
const MAXIMUM_BYTES = 64 * 1024;
const MAXIMUM_LINES = 2_000;
/** A run with more of them failed for one reason. */
const MAXIMUM_STEPS = 10;
const MAXIMUM_WAITING = 1_000;
const READ_MS = 30_000;
const ATTEMPTS = 3;
const RETRY_MS = 20_000;

/**
 * Keeps what each step that failed said last, before its pod is gone. One is read at a
 * time, and only once by all replicas together unless they see it in the same moment.
 */
export class FailedStepLogs {
  readonly #options: FailedStepLogsOptions;
  readonly #clock: Clock;
  readonly #stopping = new AbortController();
  /** By pipeline: what the cluster still knows and has been taken up. */
  readonly #taken = new Map<string, Set<string>>();
  readonly #queue: Wanted[] = [];
  readonly #delays = new Set<() => void>();
  #working?: Promise<void>;

  constructor(options: FailedStepLogsOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  /** Takes up what is new in the facts of a pipeline. Never waits, never throws. */
  observe({ located, facts }: Observation): void {
    if (located.problem || this.#stopping.signal.aborted) {
      return;
    }
    const { location } = located;
    const pipeline = pipelineKey(location);
    const before = this.#taken.get(pipeline);
    const now = new Set<string>();
    for (const seen of facts.runs.filter(each => this.#isKept(each))) {
      const run = { ...seen, links: [] };
      for (const step of failedSteps(run)) {
        const key = `${run.uid} ${step.id} ${step.finishedAt}`;
        now.add(key);
        if (!before?.has(key)) {
          this.#enqueue({ pipeline, location, run, step, attempts: 0 });
        }
      }
    }
    if (now.size > 0) {
      this.#taken.set(pipeline, now);
    } else {
      this.#taken.delete(pipeline);
    }
  }

  /** Ends what is being read; the next process reads it again. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#delays.forEach(cancel => cancel());
    this.#queue.length = 0;
    await this.#working;
  }

  #isKept({ status, finishedAt }: Observation['facts']['runs'][number]) {
    return (
      status === 'failed' &&
      finishedAt !== undefined &&
      Date.parse(finishedAt) >=
        this.#clock.now().getTime() - this.#options.retentionMs
    );
  }

  #enqueue(wanted: Wanted): void {
    if (this.#queue.length < MAXIMUM_WAITING) {
      this.#queue.push(wanted);
      this.#working ??= this.#work();
    }
  }

  async #work(): Promise<void> {
    // Whoever observes does not wait.
    await Promise.resolve();
    try {
      for (;;) {
        const wanted = this.#queue.shift();
        if (!wanted || this.#stopping.signal.aborted) {
          return;
        }
        try {
          await this.#keep(wanted);
        } catch (error) {
          this.#failed(wanted, toError(error));
        }
      }
    } finally {
      // At once: what is queued a moment later has to find nobody at work.
      this.#working = undefined;
    }
  }

  async #keep({ pipeline, location, run, step }: Wanted): Promise<void> {
    const { logs, tails } = this.#options;
    const delivery = { location, runs: [run] };
    const asked = { run: run.name, step: step.id };
    const { cluster } = location;
    const { node } = stepPodOf(delivery, asked);
    const finishedAt = step.finishedAt ?? run.finishedAt ?? run.createdAt;
    const key = { cluster, runUid: run.uid, node, finishedAt };
    if (await tails.has(key)) {
      return;
    }
    const log = await logs.live(
      delivery,
      {
        ...asked,
        tailLines: MAXIMUM_LINES,
        previous: false,
        follow: false,
      },
      AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(READ_MS)]),
    );
    await tails.write({
      ...key,
      pipeline,
      run: run.name,
      stepId: step.id,
      step: step.name,
      pod: log.pod,
      container: log.container,
      ...(await tailOf(log)),
    });
  }

  /** What is gone, or never began, has no log any more. */
  #failed(wanted: Wanted, error: Error): void {
    const isFinal = [NotFoundError, ConflictError].some(kind => kind.is(error));
    const attempts = wanted.attempts + 1;
    if (isFinal || attempts >= ATTEMPTS || this.#stopping.signal.aborted) {
      this.#options.logger.debug(
        `The log of step "${wanted.step.name}" of run "${wanted.run.name}" is not kept`,
        error,
      );
      return;
    }
    const cancel = this.#clock.after(RETRY_MS * attempts, () => {
      this.#delays.delete(cancel);
      this.#enqueue({ ...wanted, attempts });
    });
    this.#delays.add(cancel);
  }
}

/** Those that have a pod, whose log says why. */
function failedSteps({ steps }: Run): Step[] {
  return steps
    .filter(
      ({ status, type, attempts = [] }) =>
        status === 'failed' &&
        (['Pod', 'Container'].includes(type) || attempts.length > 0),
    )
    .slice(0, MAXIMUM_STEPS);
}

/** The last lines that are not too much together. */
async function tailOf(
  log: StepLog,
): Promise<Pick<StepLogTail, 'lines' | 'isCut'>> {
  const lines: LogLine[] = [];
  let bytes = 0;
  let dropped = 0;
  let read = 0;
  for await (const batch of log.lines()) {
    for (const { time, text } of batch) {
      lines.push({ time, text });
      bytes += sizeOf({ time, text });
      read += 1;
    }
    while (bytes > MAXIMUM_BYTES && dropped < lines.length) {
      bytes -= sizeOf(lines[dropped]);
      dropped += 1;
    }
  }
  return {
    lines: lines.slice(dropped),
    isCut: dropped > 0 || read >= MAXIMUM_LINES,
  };
}

function sizeOf({ time = '', text }: LogLine): number {
  return time.length + Buffer.byteLength(text);
}
