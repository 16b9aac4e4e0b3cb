import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { LinkRequest, Spending, spendingOf } from '../__testing__/LinkRequest';
import { RealCluster } from '../__testing__/RealCluster';
import { until } from '../__testing__/until';
import { TransportLimits } from '../KubeTransport';
import { ClusterWatch, KindState, KubernetesObject } from '../types';
import { ControlPlane } from './ControlPlane';
import { content, Ledger } from './Ledger';
import { SteerableClock } from './SteerableClock';
import { asKept, everywhere, Subject } from './Subject';
import { Writer } from './Writer';

export interface TrialOptions {
  /** Of the fault, in the table of figures. */
  title: string;
  cluster: RealCluster;
  /** Kubeconfig of the account that watches. */
  kubeconfig: string;
  /** Kinds that the fault hits. */
  concerned: readonly Subject[];
  /** Kinds that it leaves alone. */
  bystanders?: readonly Subject[];
  limits?: TransportLimits;
  /** The API server itself is hurt, so writing may fail too. */
  writesMayFail?: boolean;
}

/** In so many turns of the writer some object comes and goes. */
const WHOLE_LIFE = 7;
/** So long the room waits before it asks about definitions that have changed. */
const SETTLE_MS = 100;
/** Of the event loop; not of the clock, which may go on while this process does not. */
const QUIET_TURNS = 100;
const DEFINITIONS = 'customresourcedefinitions';

/**
 * One fault, from a watch that is well to one that is well again, while all of its kinds
 * are written and a subscriber takes down what it is told. Begin it, do harm, say when it
 * is over, and let it settle: that fails unless the store is what a fresh list gives,
 * nothing was told twice or not at all, and the bystanders were live all the time.
 */
export class Trial {
  readonly clock = new SteerableClock();
  readonly watch: ClusterWatch;
  readonly writer: Writer;
  readonly #ledger: Ledger;
  readonly #all: readonly Subject[];
  /** Where the fault begins in what is recorded. */
  #harm = { states: 0, requests: 0, at: 0 };
  #overAt = 0;
  readonly #first: number;

  constructor(private readonly options: TrialOptions) {
    const { cluster, kubeconfig, concerned, bystanders = [], limits } = options;
    const { clock } = this;
    this.#all = [...concerned, ...bystanders];
    this.writer = new Writer(
      cluster.send.bind(cluster),
      this.#all.map(({ written }) => written),
    );
    this.#first = cluster.link.requests.length;
    const kinds = this.#all.map(({ kind }) => kind);
    this.watch = cluster.watch(kubeconfig, kinds, { clock, limits });
    this.#ledger = new Ledger(() => this.watch.kindStates());
    this.watch.subscribe(batch => this.#ledger.record(batch));
  }

  /** Resolves when all kinds are live and follow what is written: the harm may begin. */
  async begin(): Promise<void> {
    this.writer.start();
    await this.#untilLive();
    await this.#untilFollowed(this.#all);
    await this.#untilQuiet();
    this.#harm = {
      states: this.#ledger.states.length,
      requests: this.options.cluster.link.requests.length,
      at: performance.now(),
    };
  }

  /** Waits until somebody is told that a kind is in a state, and why. */
  async says(
    subject: Subject,
    state: KindState['state'],
    reason?: RegExp,
    timeoutMs?: number,
  ): Promise<void> {
    const wanted = `${subject.kind.kind} ${state} ${reason}`;
    try {
      await until(
        wanted,
        () =>
          this.told(subject).some(
            it =>
              it.state === state && (!reason || reason.test(it.reason ?? '')),
          ),
        timeoutMs,
      );
    } catch {
      // Fails with what was said instead.
      assert.fail(`${wanted}; told: ${JSON.stringify(this.told(subject))}`);
    }
  }

  /** What was said of a kind since the harm began. */
  told({ kind: { kind, group } }: Subject): readonly KindState[] {
    return this.#ledger.states
      .slice(this.#harm.states)
      .filter(state => state.kind === kind && state.group === group);
  }

  /** What was asked since the harm began. */
  get requests(): readonly LinkRequest[] {
    return this.options.cluster.link.requests.slice(this.#harm.requests);
  }

  /** For how long the harm was done, in seconds. */
  get lasted(): number {
    return ((this.#overAt || performance.now()) - this.#harm.at) / 1000;
  }

  /** Whether the end of an object has been told. */
  toldDeletionOf(uid: string): boolean {
    return this.#ledger.toldDeletionOf(uid);
  }

  /**
   * Objects have come and gone that whoever was away cannot know of, and the bystanders
   * know all of them.
   */
  async untilMuchWasWritten(timeoutMs?: number): Promise<void> {
    const { deleted } = this.writer;
    const enough = deleted.length + WHOLE_LIFE * this.#all.length;
    await until('much was written', () => deleted.length >= enough, timeoutMs);
    await this.#untilFollowed(this.options.bystanders ?? []);
  }

  /** The harm is over; what happens from now on is recovery. */
  over(): void {
    this.#overAt = performance.now();
  }

  /**
   * Waits until all is well, and judges.
   *
   * @returns what was asked of the API server since the harm began
   */
  async settles(timeoutMs = 40_000): Promise<Spending> {
    const { title, bystanders = [], writesMayFail } = this.options;
    await this.#untilLive(timeoutMs);
    const liveAfter = (performance.now() - this.#overAt) / 1000;
    await this.writer.stop();
    for (const subject of this.#all) {
      await this.#untilEqualToAList(subject);
    }
    await this.#untilQuiet();
    assert.deepEqual(this.#ledger.mistakes, []);
    const spent = spendingOf(this.requests);
    const figures = { fault: title, lasted: this.lasted, liveAfter, ...spent };
    appendFileSync(ControlPlane.own().figures, `${JSON.stringify(figures)}\n`);

    assert.deepEqual(
      bystanders.flatMap(subject => this.told(subject)),
      [],
    );
    if (!writesMayFail) {
      assert.deepEqual(this.writer.failures, []);
    }
    return spent;
  }

  /** Ends the watch and removes what was written. */
  async end(): Promise<void> {
    const { cluster } = this.options;
    await this.writer.stop();
    await cluster.release();
    for (const { written } of this.#all) {
      // A kind that the test has removed has no objects.
      await cluster.send('DELETE', written.collection).catch(() => {});
    }
  }

  /** All of the kinds, and the definitions of kinds, which are watched as well. */
  async #untilLive(timeoutMs?: number): Promise<void> {
    const { requests } = this.options.cluster.link;
    await until(
      'all are live',
      () =>
        this.watch.kindStates().every(({ state }) => state === 'live') &&
        requests
          .slice(this.#first)
          .findLast(({ resource }) => resource === DEFINITIONS)?.isLive ===
          true,
      timeoutMs,
    );
  }

  /** Nothing is asked, nor about to be: whoever follows well asks nothing. */
  async #untilQuiet(): Promise<void> {
    const { requests } = this.options.cluster.link;
    let seen = 0;
    let turns = 0;
    await until('nothing more is asked', () => {
      const isQuiet =
        requests.length === seen &&
        requests.every(({ isAnswered }) => isAnswered) &&
        !this.clock.isDueWithin(SETTLE_MS);
      seen = requests.length;
      turns = isQuiet ? turns + 1 : 0;
      return turns > QUIET_TURNS;
    });
  }

  /** The writer's last turn has come through. */
  async #untilFollowed(subjects: readonly Subject[]): Promise<void> {
    const turn = this.writer.turn + 1;
    for (const { kind } of subjects) {
      await until(`${kind.kind} follows`, () =>
        this.watch.objects
          .list(kind)
          .some(({ metadata }) => turnOf(metadata.name) >= turn),
      );
    }
  }

  async #untilEqualToAList(subject: Subject): Promise<void> {
    const { items } = await this.options.cluster.send(
      'GET',
      everywhere(subject),
    );
    const expected = sorted(
      (items as KubernetesObject[]).map(item => asKept(subject, item)),
    );
    assert.notEqual(expected.length, 0);
    const { kind } = subject;
    const versions = (objects: readonly KubernetesObject[]) =>
      sorted(objects)
        .map(({ metadata: { uid, resourceVersion } }) => uid + resourceVersion)
        .join();
    await until(
      `${kind.kind} is what a list gives`,
      () => versions(this.watch.objects.list(kind)) === versions(expected),
    ).catch(() => {
      // The comparison that follows tells more.
    });
    // What is in the store is announced with the next turn of the event loop.
    await nextTurn();
    await nextTurn();
    assert.deepEqual(sorted(this.watch.objects.list(kind)), expected);
    assert.deepEqual(
      sorted(this.#ledger.objectsOf(kind)).map(content),
      expected.map(content),
    );
  }
}

function turnOf(name: string): number {
  return Number(/^turn-(\d+)$/.exec(name)?.[1] ?? 0);
}

function sorted(objects: readonly KubernetesObject[]): KubernetesObject[] {
  return [...objects].sort((a, b) =>
    a.metadata.uid < b.metadata.uid ? -1 : 1,
  );
}
