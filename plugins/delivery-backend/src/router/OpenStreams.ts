import type { Response } from 'express';

/** Counts the event streams that are open now. */
export class OpenStreams {
  #count = 0;

  get count(): number {
    return this.#count;
  }

  opened(response: Response): void {
    if (response.destroyed) {
      return;
    }
    this.#count += 1;
    response.once('close', () => {
      this.#count -= 1;
    });
  }
}
