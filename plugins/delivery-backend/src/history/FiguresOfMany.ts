import { createHash } from 'node:crypto';
import type { Dora } from '@golden-path/plugin-delivery-common';
import type { DoraOptions } from './dora/doraOf';
import type { HistoryReader } from './HistoryReader';

/** Figures of days do not change much in this time. */
const REMEMBERED_MS = 60_000;
const REMEMBERED = 100;
/** Fewer pipelines are read anew each time. */
const MANY = 50;

interface Answer {
  at: number;
  figures: Promise<Dora>;
}

/**
 * DORA figures of any number of pipelines taken together. Thousands take a second or two
 * to read, and all who look at the same ones see the same figures: they are told again
 * for a minute, to those who may see just these pipelines.
 */
export class FiguresOfMany {
  readonly #answers = new Map<string, Answer>();

  constructor(private readonly reader: Pick<HistoryReader, 'dora'>) {}

  /**
   * @param pipelines - each with its production environment
   * @param options - length of the window that ends now, and its parts
   */
  of(
    pipelines: ReadonlyArray<{ pipeline: string; production?: string }>,
    options: Pick<DoraOptions, 'windowMs' | 'parts'>,
  ): Promise<Dora> {
    const now = new Date();
    if (pipelines.length < MANY) {
      return this.reader.dora(pipelines, { ...options, now });
    }
    this.#forget(now.getTime());
    const key = keyOf(pipelines, options);
    const known = this.#answers.get(key);
    if (known) {
      return known.figures;
    }
    const figures = this.reader.dora(pipelines, { ...options, now });
    this.#answers.set(key, { at: now.getTime(), figures });
    // What failed may work the next time.
    figures.catch(() => this.#answers.delete(key));
    return figures;
  }

  /** Answers are in the order of their age. */
  #forget(now: number): void {
    for (const [key, { at }] of this.#answers) {
      if (now - at < REMEMBERED_MS && this.#answers.size < REMEMBERED) {
        break;
      }
      this.#answers.delete(key);
    }
  }
}

/** Short, whatever the number of pipelines. */
function keyOf(
  pipelines: ReadonlyArray<{ pipeline: string; production?: string }>,
  { windowMs, parts }: Pick<DoraOptions, 'windowMs' | 'parts'>,
): string {
  const names = pipelines
    .map(({ pipeline, production = '' }) => `${pipeline} ${production}`)
    .sort();
  return createHash('sha256')
    .update(JSON.stringify([windowMs, parts, names]))
    .digest('base64url');
}
