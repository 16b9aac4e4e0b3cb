import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { Delivery } from '@golden-path/plugin-delivery-common';

interface Viewer {
  /** Revision that it has. */
  revision: string;
  listener: (delivery: Delivery) => void;
}

export interface ViewersOptions {
  entityRef: string;
  /** The delivery as it is now. */
  read(): Delivery;
  /** They do not hear of changes more often than this. */
  settleMs: number;
  logger: LoggerService;
}

/** Those who follow one delivery: each is told what differs from what it has. */
export class Viewers {
  readonly #options: ViewersOptions;
  readonly #viewers = new Set<Viewer>();
  #settling?: NodeJS.Timeout;
  /** When they heard of a change last, by the clock of the process. */
  #announcedAt = -Infinity;

  constructor(options: ViewersOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#viewers.size;
  }

  /** @returns a function that lets the viewer go */
  add(listener: Viewer['listener']): () => void {
    const viewer = { revision: this.#options.read().revision, listener };
    this.#viewers.add(viewer);
    return () => this.#viewers.delete(viewer);
  }

  /** A single change is told at once; of many in a row the later ones are gathered. */
  changed(): void {
    if (this.size === 0 || this.#settling) {
      return;
    }
    const { settleMs } = this.#options;
    const pause = this.#announcedAt + settleMs - performance.now();
    if (pause <= 0) {
      // No timer: the shortest is longer than all the rest takes.
      this.#announce();
      return;
    }
    this.#settling = setTimeout(() => {
      this.#settling = undefined;
      this.#announce();
    }, pause);
  }

  /** Lets all go, and tells nothing any more. */
  stop(): void {
    clearTimeout(this.#settling);
    this.#settling = undefined;
    this.#viewers.clear();
  }

  /** Whatever fails here concerns nobody else, and must not end the process. */
  #announce(): void {
    const { read, logger, entityRef } = this.#options;
    this.#announcedAt = performance.now();
    try {
      const delivery = read();
      for (const viewer of this.#viewers) {
        if (viewer.revision !== delivery.revision) {
          viewer.revision = delivery.revision;
          this.#tell(viewer, delivery);
        }
      }
    } catch (error) {
      logger.error(
        `Cannot compute the delivery of ${entityRef}`,
        toError(error),
      );
    }
  }

  #tell({ listener }: Viewer, delivery: Delivery): void {
    try {
      listener(delivery);
    } catch (error) {
      const { logger, entityRef } = this.#options;
      logger.error(`A viewer of ${entityRef} failed`, toError(error));
    }
  }
}
