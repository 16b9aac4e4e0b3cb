import { NotAllowedError, NotFoundError } from '@backstage/errors';
import type { Response } from 'express';

/** How often a stream does what, in milliseconds. */
export interface StreamTimes {
  heartbeatMs: number;
  /** At most; a little less, and differently so for each stream. */
  reauthoriseMs: number;
}

const STREAM_TIMES: StreamTimes = {
  heartbeatMs: 15_000,
  reauthoriseMs: 60_000,
};

/** Why a stream ends that its reader would have read on. */
export type GuardReason = 'expired' | 'forbidden' | 'gone' | 'shutdown';

export interface GuardOptions {
  response: Response;
  /** Aborts when the plugin shuts down. */
  shutdown: AbortSignal;
  /** When the token of the user ends. */
  expiresAt?: Date;
  /** Asks again whether the user may see it; throws when not. */
  reauthorise(): Promise<void>;
  /** Keeps the connection open through proxies. */
  heartbeat(): void;
  /** Called once; without a reason when the reader has left. */
  onEnd(reason?: GuardReason): void;
  times?: StreamTimes;
}

/** Longer waits overflow Node's timers. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Looks after a stream while it is open: it ends with its reader, with the token, when
 * the user may no longer see it, and when the plugin shuts down.
 *
 * @returns a function that looks after it no longer
 */
export function guardStream(options: GuardOptions): () => void {
  const { response, shutdown, expiresAt, reauthorise, onEnd } = options;
  const { heartbeatMs, reauthoriseMs } = options.times ?? STREAM_TIMES;
  const listening = new AbortController();
  const timers: NodeJS.Timeout[] = [];

  const release = () => {
    timers.forEach(clearTimeout);
    listening.abort();
  };
  const end = (reason?: GuardReason) => {
    if (!listening.signal.aborted) {
      release();
      onEnd(reason);
    }
  };

  response.on('close', () => end());
  shutdown.addEventListener('abort', () => end('shutdown'), {
    signal: listening.signal,
  });
  timers.push(
    setInterval(options.heartbeat, heartbeatMs),
    setInterval(() => {
      reauthorise().catch(error => end(reasonOf(error)));
    }, reauthoriseMs * spread()),
  );
  if (expiresAt) {
    const remaining = Math.max(expiresAt.getTime() - Date.now(), 0);
    timers.push(
      setTimeout(() => end('expired'), Math.min(remaining, LONGEST_TIMER_MS)),
    );
  }
  if (shutdown.aborted) {
    end('shutdown');
  }
  if (response.destroyed) {
    // The reader left while it was asked whether they may read.
    end();
  }
  return release;
}

/** Streams that were opened together need not ask together for ever. */
function spread(): number {
  return 0.8 + Math.random() * 0.2;
}

/**
 * What cannot be decided (the catalog does not answer) ends the stream too: the client
 * comes back and is answered by the ordinary route.
 */
function reasonOf(error: unknown): GuardReason {
  if (NotFoundError.is(error)) {
    return 'gone';
  }
  return NotAllowedError.is(error) ? 'forbidden' : 'expired';
}
