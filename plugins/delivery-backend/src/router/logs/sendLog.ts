import { once } from 'node:events';
import type { LogEnd, StepLogEvent } from '@golden-path/plugin-delivery-common';
import type { Request, Response } from 'express';
import { toKubeError } from '../../kubernetes/KubeError';
import type { TimedLine } from '../../logs/readLines';
import type { StepLog } from '../../logs/StepLogs';
import { guardStream, type GuardOptions } from '../guardStream';
import { BLOCKED_MS, SseResponse } from '../SseResponse';

export interface SendLogOptions
  extends Pick<
    GuardOptions,
    'shutdown' | 'expiresAt' | 'reauthorise' | 'times'
  > {
  log: StepLog;
  /** Calls back when nothing more is written, although the log did not end. */
  onOver(callback: () => void): void;
  /** How long the last lines may be on their way then. Default: 2 s of silence. */
  graceMs?: number;
  request: Request;
  response: Response;
  /** Ends the reading of the log. */
  reading: AbortController;
}

const GRACE_MS = 2_000;

/** Where lines go. */
interface Sink {
  /** Resolves when more may be sent: what the reader does not take is not read. */
  write(lines: TimedLine[]): Promise<void>;
  heartbeat(): void;
  end(end: LogEnd): void;
}

/** Sends a log until its end, or until its reader may or will no longer read it. */
export async function sendLog(options: SendLogOptions): Promise<void> {
  const { log, onOver, graceMs, request, response, reading, ...guarded } =
    options;
  const sink =
    request.accepts(['text/event-stream', 'text/plain']) === 'text/plain'
      ? plainText(response, log)
      : events(response);
  const release = guardStream({
    ...guarded,
    response,
    heartbeat: () => sink.heartbeat(),
    onEnd(reason) {
      reading.abort();
      if (reason) {
        sink.end({ reason });
      }
    },
  });
  const finish = (end: LogEnd) => {
    if (!reading.signal.aborted) {
      release();
      reading.abort();
      sink.end(end);
    }
  };
  let isOver = false;
  let isWriting = false;
  let silence: NodeJS.Timeout | undefined;
  const awaitSilence = () => {
    clearTimeout(silence);
    if (isOver && !isWriting && !reading.signal.aborted) {
      silence = setTimeout(
        () => finish({ reason: 'complete' }),
        graceMs ?? GRACE_MS,
      );
    }
  };
  reading.signal.addEventListener('abort', awaitSilence);
  onOver(() => {
    isOver = true;
    awaitSilence();
  });
  const end = await pass(log, response, async lines => {
    isWriting = true;
    awaitSilence();
    await sink.write(lines);
    isWriting = false;
    awaitSilence();
  });
  finish(end);
}

async function pass(
  log: StepLog,
  response: Response,
  write: Sink['write'],
): Promise<LogEnd> {
  const lines = log.lines();
  try {
    for (;;) {
      const { value, done } = await lines.next();
      if (done) {
        return { reason: value };
      }
      await write(value);
      // A log that is always at hand would never let the news of this through.
      if (response.destroyed || response.writableEnded) {
        await lines.return('complete');
        return { reason: 'complete' };
      }
    }
  } catch (error) {
    return { reason: 'broken', message: toKubeError(error).message };
  }
}

/** A container may write nothing for hours: whoever comes back is told at once that it is read. */
const OPENED: StepLogEvent = { event: 'lines', data: { lines: [] } };

function events(response: Response): Sink {
  const sse = SseResponse.open(response);
  sse.send(OPENED);
  return {
    write: lines => {
      const event: StepLogEvent = {
        event: 'lines',
        data: { lines: lines.map(({ time, text }) => ({ time, text })) },
      };
      return sse.sendInTurn({ ...event, id: lines.at(-1)?.at });
    },
    heartbeat: () => sse.heartbeat(),
    end: data => sse.end({ event: 'end', data } satisfies StepLogEvent),
  };
}

/** To be saved as a file. */
function plainText(response: Response, log: StepLog): Sink {
  response.status(200).set({
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Disposition': `attachment; filename="${log.pod}-${log.container}.log"`,
    'Cache-Control': 'no-store, no-transform',
    'X-Content-Type-Options': 'nosniff',
  });
  response.flushHeaders();
  return {
    async write(lines) {
      const text = lines
        .map(line =>
          line.time ? `${line.time} ${line.text}\n` : `${line.text}\n`,
        )
        .join('');
      if (!response.write(text) && !response.destroyed) {
        await drained(response);
      }
    },
    heartbeat: () => {},
    end({ reason, message }) {
      const words = message ? `${reason}: ${message}` : reason;
      response.end(reason === 'complete' ? '' : `[ends here: ${words}]\n`);
    },
  };
}

async function drained(response: Response): Promise<void> {
  const waiting = new AbortController();
  const { signal } = waiting;
  const blocked = setTimeout(() => response.destroy(), BLOCKED_MS);
  await Promise.race([
    once(response, 'drain', { signal }),
    once(response, 'close', { signal }),
  ]);
  clearTimeout(blocked);
  waiting.abort();
}
