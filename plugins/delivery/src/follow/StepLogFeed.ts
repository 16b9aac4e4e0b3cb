import type { LogEnd, LogLine } from '@golden-path/plugin-delivery-common';
import type { DeliveryApi, StepLogRequest } from '../api';
import { isFinal, isNotYet, toFailure } from './failure';
import type { DeliveryFailure } from './failure';
import { pause, whenVisible, whileVisible } from './visibility';

/** One line with its number since the page began to read, from 1. */
export type NumberedLine = LogLine & { number: number };

/** What there is to show of a log. */
export type StepLogView = {
  /** The newest ones. */
  lines: readonly NumberedLine[];
  /** Older lines than these were there, and are not kept. */
  isCut: boolean;
} & State;

type State =
  | { state: 'connecting' | 'following' | 'reconnecting' }
  /** The step has not begun; the backend says what it waits for. */
  | { state: 'waiting'; message: string }
  | { state: 'ended'; end: LogEnd }
  | { state: 'failed'; failure: DeliveryFailure };

/** Lines from the end: as many as the backend gives. */
const ASKED = 10_000;
/**
 * Lines that are kept: more than anybody reads, and less than a browser minds. One less
 * than is asked for, so that the one too many tells that there were older ones. As many
 * at once after a lost connection leave none of those from before it.
 */
const KEPT = ASKED - 1;

/** Milliseconds; overridden in tests only. */
export type LogTimes = {
  /** Lines that come closer together are shown at once. */
  gather: number;
  /** First pause after a failure; doubles each time. */
  retry: number;
  retryMax: number;
  /** Pause before a step that has not begun is asked for again. */
  waiting: number;
};

const TIMES: LogTimes = {
  gather: 60,
  retry: 1_000,
  retryMax: 30_000,
  waiting: 2_000,
};

/** After these the log goes on where it was left. */
const PASSING: ReadonlyArray<LogEnd['reason']> = ['expired', 'shutdown'];

/** Follows the log of one step while somebody looks at it. */
export class StepLogFeed {
  readonly #api: Pick<DeliveryApi, 'followStepLog'>;
  readonly #request: StepLogRequest;
  readonly #times: LogTimes;
  readonly #listeners = new Set<() => void>();
  #view: StepLogView = { state: 'connecting', lines: [], isCut: false };
  #gathered: LogLine[] = [];
  #gathering: ReturnType<typeof setTimeout> | undefined;
  #count = 0;
  /** Id of the last event, to go on after. */
  #after: string | undefined;
  /** Connections in a row that said nothing. */
  #failures = 0;
  #running: AbortController | undefined;

  constructor(options: {
    api: Pick<DeliveryApi, 'followStepLog'>;
    request: StepLogRequest;
    times?: Partial<LogTimes>;
  }) {
    this.#api = options.api;
    this.#request = options.request;
    this.#times = { ...TIMES, ...options.times };
  }

  getView = (): StepLogView => this.#view;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (!this.#running && !isWhole(this.#view)) {
      this.#start();
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) {
        this.#stop();
      }
    };
  };

  /** Asks again, after it has failed or has ended. */
  retry = (): void => {
    this.#stop();
    this.#show({ state: 'connecting' });
    this.#start();
  };

  #start() {
    this.#running = new AbortController();
    this.#follow(this.#running.signal);
  }

  #stop() {
    this.#running?.abort();
    this.#running = undefined;
  }

  async #follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await whenVisible(signal);
      const visible = whileVisible(signal);
      const before = this.#after;
      let isWaiting = false;
      try {
        const end = await this.#read(visible.signal);
        if (signal.aborted) {
          return;
        }
        // What is too long for one answer goes on in the next, if it brings anything.
        const isInParts = end.reason === 'limit' && this.#after !== before;
        if (!isInParts && !PASSING.includes(end.reason)) {
          this.#show({ state: 'ended', end });
          return;
        }
      } catch (error) {
        if (visible.signal.aborted) {
          continue;
        }
        const failure = toFailure(error);
        if (isFinal(failure)) {
          this.#show({ state: 'failed', failure });
          return;
        }
        isWaiting = isNotYet(error);
        this.#show(
          isWaiting
            ? { state: 'waiting', message: failure.message }
            : { state: 'reconnecting' },
        );
      } finally {
        visible.release();
      }
      await pause(this.#nextPause(isWaiting), signal);
    }
  }

  /** Whoever waits for a step to begin wants to see its first lines. */
  #nextPause(isWaiting: boolean): number {
    const { retry, retryMax, waiting } = this.#times;
    if (isWaiting) {
      this.#failures = 0;
      return waiting;
    }
    const wait = Math.min(retryMax, retry * 2 ** this.#failures);
    this.#failures += 1;
    return wait;
  }

  async #read(signal: AbortSignal): Promise<LogEnd> {
    const events = this.#api.followStepLog({
      ...this.#request,
      tailLines: ASKED,
      after: this.#after,
      signal,
    });
    for await (const event of events) {
      if (signal.aborted) {
        break;
      }
      if (event.event === 'end') {
        this.#failures = 0;
        return event.data;
      }
      if (event.data.lines.length > 0) {
        this.#failures = 0;
      }
      this.#after = event.id ?? this.#after;
      this.#gather(event.data.lines);
    }
    throw new Error('The log ended without a reason');
  }

  /** Without lines the backend says that it reads, although nothing is written. */
  #gather(lines: LogLine[]) {
    this.#gathered.push(...lines);
    this.#gathering ??= setTimeout(
      () => this.#show({ state: 'following' }),
      this.#times.gather,
    );
  }

  #show(next: State) {
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    const { lines, isCut } = this.#view;
    const added = this.#gathered.splice(0).map(line => {
      this.#count += 1;
      return { ...line, number: this.#count };
    });
    const all = added.length > 0 ? [...lines, ...added] : lines;
    this.#view = {
      ...next,
      lines: all.length > KEPT ? all.slice(-KEPT) : all,
      isCut: isCut || all.length > KEPT,
    };
    this.#listeners.forEach(listener => listener());
  }
}

/** Nothing more comes of it. */
function isWhole(view: StepLogView): boolean {
  return view.state === 'ended' && view.end.reason === 'complete';
}
