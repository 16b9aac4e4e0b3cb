/** What one side says, one after the other, and the other side waits for. */
export class Script<T> {
  readonly #said: T[] = [];
  readonly #waiting: Array<() => void> = [];

  say(...said: T[]): void {
    this.#said.push(...said);
    this.#wake();
  }

  /** Yields all that was and will be said, until the signal is aborted. */
  async *heard(signal?: AbortSignal): AsyncGenerator<T> {
    signal?.addEventListener('abort', () => this.#wake());
    while (!signal?.aborted) {
      const [next] = this.#said.splice(0, 1);
      if (next !== undefined) {
        yield next;
      } else {
        await new Promise<void>(resolve => this.#waiting.push(resolve));
      }
    }
  }

  #wake(): void {
    this.#waiting.splice(0).forEach(wake => wake());
  }
}
