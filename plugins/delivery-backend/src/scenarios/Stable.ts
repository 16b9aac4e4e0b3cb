const ADDRESS = /127\.0\.0\.1:\d+/g;

/** Says names that differ from recording to recording the same each time. */
export class Stable {
  readonly #said: Array<[string, string]> = [];

  say(actual: string, stable: string): this {
    this.#said.push([actual, stable]);
    return this;
  }

  of(text: string): string {
    return this.#said
      .reduce((said, [actual, stable]) => said.replaceAll(actual, stable), text)
      .replaceAll(ADDRESS, 'git.example.com');
  }
}
