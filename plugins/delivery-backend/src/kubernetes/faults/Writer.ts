import { setTimeout as sleep } from 'node:timers/promises';
import { KubernetesObject } from '../types';

export type Send = (
  method: string,
  target: string,
  body?: object,
) => Promise<any>;

/** A kind that is written, and how. */
export interface Written {
  /** Path of the collection to write to; may change while it is written. */
  collection: string;
  /** What an object says; different for each turn. */
  fields(turn: number): object;
}

/** An annotation that a watch drops. */
export const NOT_KEPT = 'example.com/last-applied-configuration';

const PAUSE_MS = 25;
/** Objects that are there at a time. */
const ALIVE = 4;

/**
 * Makes, changes and deletes objects without pause, each turn once in every kind. Says
 * nothing that it said before, so that whoever is told something twice can tell.
 */
export class Writer {
  /** Uids of what was deleted. */
  readonly deleted: string[] = [];
  /** What was refused; none while the API server is well. */
  readonly failures: string[] = [];
  readonly #alive = new Map<Written, KubernetesObject[]>();
  #turn = 0;
  #isStopping = false;
  #loop?: Promise<void>;

  constructor(
    private readonly send: Send,
    private readonly kinds: readonly Written[],
  ) {}

  get turn(): number {
    return this.#turn;
  }

  start(): void {
    this.#loop ??= this.#write();
  }

  /** Resolves when what was begun is done. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#loop;
  }

  async #write(): Promise<void> {
    while (!this.#isStopping) {
      this.#turn += 1;
      for (const written of this.kinds) {
        try {
          await this.#takeTurn(written);
        } catch (error) {
          this.failures.push((error as Error).message);
        }
      }
      await sleep(PAUSE_MS);
    }
  }

  async #takeTurn(written: Written): Promise<void> {
    const { collection, fields } = written;
    const alive = this.#alive.get(written) ?? [];
    this.#alive.set(written, alive);
    const turn = this.#turn;
    alive.push(
      await this.send('POST', collection, {
        metadata: {
          name: `turn-${turn}`,
          annotations: { [NOT_KEPT]: 'first' },
        },
        ...fields(turn),
      }),
    );
    const before = alive.at(-2);
    if (before) {
      const target = `${collection}/${before.metadata.name}`;
      await this.send('PATCH', target, fields(turn));
      // Another version without anything that is kept, which is no news to anybody.
      await this.send('PATCH', target, {
        metadata: { annotations: { [NOT_KEPT]: `${turn}` } },
      });
    }
    if (alive.length > ALIVE) {
      // Forgotten first: whether a deletion that failed was done nobody knows.
      const { metadata } = alive.shift()!;
      await this.send('DELETE', `${collection}/${metadata.name}`);
      this.deleted.push(metadata.uid);
    }
  }
}
