import { randomBytes } from 'node:crypto';

/** A text that left the backend, and the way it took. */
export interface Observation {
  where: string;
  text: string;
}

interface Mark {
  /** Where it was planted. */
  name: string;
  forms: string[];
}

/** Strings that must never come out of the backend, each by where it was planted. */
export class Marks {
  readonly #marks: Mark[] = [];

  /** A fresh string; nothing but where it is planted holds it. */
  plant(name: string): string {
    const value = `canary${randomBytes(8).toString('hex')}`;
    this.hide(name, value);
    return value;
  }

  /** Marks a secret that is there already. */
  hide(name: string, value: string): void {
    this.#marks.push({ name, forms: formsOf(value) });
  }

  get size(): number {
    return this.#marks.length;
  }

  /** `NAME in WHERE` with what stands around it, for each mark that came out. */
  findIn(observations: readonly Observation[]): string[] {
    return observations.flatMap(({ where, text }) =>
      this.#marks.flatMap(({ name, forms }) => {
        const at = forms.map(form => text.indexOf(form)).find(i => i >= 0);
        return at === undefined
          ? []
          : [
              `${name} in ${where}: …${text.slice(
                Math.max(at - 60, 0),
                at + 60,
              )}…`,
            ];
      }),
    );
  }
}

/** A value as it looks when it is copied, put into a URL, or encoded with what stands around it. */
function formsOf(value: string): string[] {
  const base64 = [0, 1, 2].map(offset => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(value)]);
    // Only what does not depend on the neighbours.
    return bytes
      .toString('base64')
      .slice(Math.ceil((offset * 8) / 6), Math.floor((bytes.length * 8) / 6));
  });
  return [
    ...new Set([
      value,
      encodeURIComponent(value),
      JSON.stringify(value).slice(1, -1),
      Buffer.from(value).toString('hex'),
      ...base64,
      ...base64.map(form => form.replace(/\+/g, '-').replace(/\//g, '_')),
    ]),
  ];
}
