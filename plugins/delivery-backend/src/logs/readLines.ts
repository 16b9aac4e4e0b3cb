import type { Readable } from 'node:stream';
import type { LogEnd, LogLine } from '@golden-path/plugin-delivery-common';
import type { LineCleaner } from './LineCleaner';

/** A line and the time of it as the cluster has it, which is finer than ours. */
export interface TimedLine extends LogLine {
  /** In UTC. */
  at?: string;
}

export interface ReadOptions {
  cleaner: LineCleaner;
  /** Of all lines together. */
  maximumBytes: number;
  /** Only lines after this time. */
  after?: string;
}

/** What is longer is not text for people; its rest is dropped while it is read. */
const LONGEST_RAW_LINE = 64 * 1024;
/** So that one event is not too long for those who read it. */
const BATCH = 500;

/** Nanoseconds; in the time zone of the node, as the container runtime writes them. */
const STAMPED = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d) ?/;

/**
 * Lines of a log as they come, fit to be shown. Reads on only when the lines before were
 * taken.
 *
 * @param stream - text with `timestamps=true`
 * @returns at the end, whether that is all
 */
export async function* readLines(
  stream: Readable,
  { cleaner, maximumBytes, after }: ReadOptions,
): AsyncGenerator<TimedLine[], LogEnd['reason'], void> {
  let bytes = 0;
  for await (const batch of rawLines(stream)) {
    const lines: TimedLine[] = [];
    for (const raw of batch) {
      const line = toLine(raw, cleaner);
      if (line && !(after && line.at && line.at <= after)) {
        bytes += Buffer.byteLength(line.text) + (line.at?.length ?? 0);
        if (bytes > maximumBytes) {
          yield lines;
          return 'limit';
        }
        lines.push(line);
      }
    }
    if (lines.length > 0) {
      yield lines;
    }
  }
  return 'complete';
}

function toLine(raw: string, cleaner: LineCleaner): TimedLine | undefined {
  const [stamp = '', seconds, fraction = '', zone] = STAMPED.exec(raw) ?? [];
  const second = Date.parse(`${seconds}${zone}`);
  const hasTime = !Number.isNaN(second);
  const text = cleaner.clean(hasTime ? raw.slice(stamp.length) : raw);
  if (text === undefined || !hasTime) {
    return text === undefined ? undefined : { text };
  }
  const at = `${new Date(second).toISOString().slice(0, -5)}${fraction}Z`;
  return { time: new Date(at).toISOString(), text, at };
}

/** Complete lines, and at the end what follows the last line feed. */
async function* rawLines(
  stream: Readable,
): AsyncGenerator<string[], void, void> {
  let rest = '';
  for await (const piece of stream as AsyncIterable<string>) {
    const lines = (rest + piece).split('\n');
    rest = (lines.pop() ?? '').slice(0, LONGEST_RAW_LINE);
    for (let from = 0; from < lines.length; from += BATCH) {
      yield lines.slice(from, from + BATCH);
    }
  }
  if (rest) {
    yield [rest];
  }
}
