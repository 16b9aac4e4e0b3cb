import { Absence } from './Absence';
import { fullJitter, Pause } from './backoff';
import { Clock } from './clock';
import { Discovery, Resource } from './Discovery';
import { judge } from './failures';
import { narrowedBy } from './kindKey';
import { KubeError, toKubeError } from './KubeError';
import { Replica, ReplicaCounters, ReplicaOptions } from './Replica';
import { KindRef, KindState } from './types';

const BACKOFF = { baseMs: 1_000, capMs: 30_000 };
/** Nobody waits for a kind that is not missed, and most accounts may never read it. */
const NOT_MISSED = { baseMs: 60_000, capMs: 10 * 60_000 };
/** A kind that is not installed is looked for soon, then ever more seldom. */
const NOT_INSTALLED = { baseMs: 1_000, capMs: 60_000 };
/** A watch that lasted this long is followed by the next without a pause. */
const LASTING_MS = 5_000;
/** A watch that takes longer than this to go on is a break that people are told of. */
const GRACE_MS = 2_000;

export interface ReflectorOptions extends ReplicaOptions {
  discovery: Discovery;
  /** Called after each change of {@link Reflector.state}. Must not throw. */
  onState?(state: KindState): void;
}

/**
 * Keeps a sink equal to one kind of one cluster: discover, list, watch, and back to
 * whichever of these a failure calls for. Runs until stopped; never throws.
 */
export class Reflector {
  readonly kind: KindRef;
  readonly #clock: Clock;
  readonly #discovery: Discovery;
  readonly #onState?: (state: KindState) => void;
  readonly #replica: Replica;
  readonly #pause: Pause;
  readonly #absence = new Absence();
  #state: KindState;
  #running?: { abort: AbortController; loop: Promise<void> };
  /** Ends the present round, not the loop. */
  #round?: AbortController;
  #resource?: Resource;
  /** In a row, since the last sign of life. */
  #failures = 0;
  #refusals = 0;
  /** How often in a row the kind was looked for in vain. */
  #missing = 0;
  #everyKind = false;
  /** Since the last sign of life something was tried again without a pause. */
  #hurried = false;
  /** What ended the last watch that was live. */
  #ended = '';

  constructor(options: ReflectorOptions) {
    this.kind = options.kind;
    this.#clock = options.clock;
    this.#discovery = options.discovery;
    this.#onState = options.onState;
    this.#replica = new Replica(options);
    this.#pause = new Pause(options.clock);
    this.#state = {
      group: options.kind.group,
      kind: options.kind.kind,
      narrowedBy: narrowedBy(options.kind),
      optional: options.kind.optional,
      state: 'syncing',
      since: options.clock.now(),
    };
  }

  get state(): KindState {
    return this.#state;
  }

  get counters(): Readonly<ReplicaCounters> {
    return this.#replica.counters;
  }

  /** Sleeps because the API server failed in a way that is not about this kind. */
  get waitsForServer(): boolean {
    return this.#everyKind && this.#pause.sleeping;
  }

  start(): void {
    if (!this.#running) {
      const abort = new AbortController();
      this.#running = { abort, loop: this.#loop(abort.signal) };
    }
  }

  async stop(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    running?.abort.abort();
    await running?.loop;
  }

  /** Ends a pause: what it waited for may have come. */
  wake(): void {
    this.#pause.wake();
  }

  /**
   * The cluster serves other kinds than before. Looks for a missing kind at once and
   * often again; starts anew when the version in use is no longer the one to use.
   */
  async rediscover(): Promise<void> {
    this.#missing = 0;
    if (!this.#running || this.#state.state !== 'live') {
      this.wake();
      return;
    }
    const round = this.#round;
    try {
      const found = await this.#discovery.resolve(this.kind);
      if (round === this.#round && !isSame(found, this.#resource)) {
        this.#resource = undefined;
        this.#ended = 'API server serves another version than before';
        this.#replica.reset();
        round?.abort();
      }
    } catch {
      // The watch in use will tell when it ends.
    }
  }

  async #loop(stopped: AbortSignal): Promise<void> {
    while (!stopped.aborted) {
      const round = new AbortController();
      const signal = AbortSignal.any([stopped, round.signal]);
      this.#round = round;
      let delay = 0;
      const endGrace = this.#beginGrace();
      try {
        delay = await this.#attempt(signal, endGrace);
      } catch (error) {
        delay = signal.aborted ? 0 : this.#failed(toKubeError(error));
      } finally {
        endGrace();
      }
      if (delay > 0) {
        await this.#pause.sleep(delay, signal);
      }
    }
  }

  /** A kind that was live counts as live for a moment more, while its watch is renewed. */
  #beginGrace(): () => void {
    return this.#state.state === 'live'
      ? this.#clock.after(GRACE_MS, () => this.#setState('stale', this.#ended))
      : () => {};
  }

  /** One way through discover, list and watch. Returns the pause before the next. */
  async #attempt(signal: AbortSignal, onLive: () => void): Promise<number> {
    // Kinds that wait for being installed share each other's answers.
    const maxAge = this.#missing > 0 ? this.#missingDelay() / 2 : undefined;
    this.#resource ??= await this.#discovery.resolve(this.kind, maxAge);
    if (signal.aborted) {
      return 0;
    }
    if (!this.#resource) {
      return this.#notInstalled();
    }
    this.#missing = 0;
    let liveAt = Infinity;
    const failure = await this.#replica.follow(this.#resource, signal, {
      onLive: () => {
        liveAt = this.#clock.monotonic();
        this.#setState('live');
        onLive();
      },
      onEvent: () => this.#recovered(),
    });
    this.#ended = failure?.message ?? 'API server closed the watch';
    const lasted = this.#clock.monotonic() - liveAt >= LASTING_MS;
    if (lasted) {
      this.#recovered();
    }
    if (lasted && failure?.failure !== 'status') {
      // The usual end of a watch, or of the connection under it.
      if (failure) {
        this.#replica.doubt();
      }
      return 0;
    }
    throw failure ?? new KubeError('closed', 'API server closed the watch');
  }

  #recovered(): void {
    this.#failures = 0;
    this.#refusals = 0;
    this.#hurried = false;
    this.#absence.over();
  }

  #missingDelay(): number {
    const { baseMs, capMs } = NOT_INSTALLED;
    return Math.min(baseMs * 2 ** Math.min(this.#missing - 1, 10), capMs);
  }

  #notInstalled(): number {
    const { kind, group } = this.kind;
    this.#replica.clear();
    this.#recovered();
    this.#missing += 1;
    this.#everyKind = false;
    this.#setState(
      'not-installed',
      `cluster does not serve ${kind}${group && ` of ${group}`}`,
    );
    return this.#missingDelay() * (0.75 + this.#clock.random() / 2);
  }

  /** Takes note of a failure. Returns the pause before the next round. */
  #failed(error: KubeError): number {
    this.#failures += 1;
    this.#refusals = error.failure === 'status' ? this.#refusals + 1 : 0;
    const now = this.#clock.monotonic();
    const starting = this.#absence.failed(error.failure, now);
    const verdict = judge(error, this.#refusals, starting > 0);
    this.#everyKind = verdict.everyKind;
    this.#replica.doubt();
    if (error.failure === 'unreachable') {
      this.#replica.serverIsAway();
    }
    if (verdict.next !== 'watch') {
      this.#replica.reset();
    }
    if (verdict.next === 'discover') {
      this.#resource = undefined;
      this.#discovery.invalidate();
    }
    const again = verdict.atOnce && !this.#hurried;
    if (!again || verdict.state === 'syncing') {
      this.#setState(verdict.state, verdict.reason);
    }
    if (again) {
      this.#hurried = true;
      return 0;
    }
    const jitter = fullJitter(
      this.#failures,
      this.kind.optional && verdict.state === 'forbidden'
        ? NOT_MISSED
        : BACKOFF,
      this.#clock.random(),
    );
    // Whether it is forbidden is known, and told, when the server has had its time.
    const delay = error.status === 403 && starting > 0 ? starting : Infinity;
    return Math.max(Math.min(jitter, delay), error.retryAfterMs ?? 0, 1);
  }

  #setState(state: KindState['state'], reason?: string): void {
    const { since, ...old } = this.#state;
    const version = this.#resource?.version;
    if (
      old.state !== state ||
      old.reason !== reason ||
      old.version !== version
    ) {
      this.#state = {
        ...old,
        version,
        state,
        since: old.state === state ? since : this.#clock.now(),
        reason,
      };
      this.#onState?.(this.#state);
    }
  }
}

function isSame(a: Resource | undefined, b: Resource | undefined): boolean {
  return a?.apiVersion === b?.apiVersion && a?.plural === b?.plural;
}
