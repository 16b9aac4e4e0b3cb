import { Clock } from './clock';
import { KubeError, statusError, toKubeError } from './KubeError';
import { KubeTransport } from './KubeTransport';
import { lines } from './lines';

/** One line of a watch; a failure is an event like any other and the last one. */
export type WatchEvent =
  | { type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK'; object: RawObject }
  | { type: 'ERROR'; error: KubeError };

/** An object as it came, trusted no further than this. */
export interface RawObject {
  metadata: { resourceVersion: string; annotations?: Record<string, string> };
  [field: string]: unknown;
}

export interface WatchOptions {
  transport: KubeTransport;
  clock: Clock;
  /** Path and query, with `watch` and `resourceVersion` in it. */
  path: string;
  accept?: string;
  signal: AbortSignal;
  /**
   * Longest silence after the last event. Default: 90 s; bookmarks come about once a
   * minute.
   */
  idleMs?(): number;
  /** Called when the API server has accepted the watch. */
  onOpen?(): void;
}

/**
 * Follows one watch request to its end. Never throws: ends quietly when the server
 * closes it or the signal aborts, and with an ERROR event otherwise.
 */
export async function* watchResource(
  options: WatchOptions,
): AsyncGenerator<WatchEvent, void, void> {
  const {
    transport,
    clock,
    path,
    accept,
    signal,
    idleMs = () => 90_000,
  } = options;
  const idle = new AbortController();
  let cancelIdle = () => {};
  let allowed = 0;
  const waitForEvent = () => {
    cancelIdle();
    allowed = idleMs();
    cancelIdle = clock.after(allowed, () => idle.abort());
  };
  try {
    const stream = await transport.stream(path, {
      accept,
      signal: AbortSignal.any([signal, idle.signal]),
    });
    options.onOpen?.();
    waitForEvent();
    for await (const line of lines(stream)) {
      const event = parseEvent(line);
      if (signal.aborted) {
        return;
      }
      yield event;
      if (event.type === 'ERROR') {
        return;
      }
      waitForEvent();
    }
  } catch (error) {
    if (signal.aborted) {
      return;
    }
    yield {
      type: 'ERROR',
      error: idle.signal.aborted
        ? new KubeError(
            'timeout',
            `watch was silent for ${Math.round(allowed / 1000)} s`,
          )
        : toKubeError(error),
    };
  } finally {
    cancelIdle();
    // Whoever leaves the loop early leaves no open request behind.
    idle.abort();
  }
}

/** Reads one line; see "Efficient detection of changes" of the Kubernetes API concepts. */
export function parseEvent(line: string): WatchEvent {
  let event: { type?: unknown; object?: RawObject & { code?: unknown } };
  try {
    event = JSON.parse(line);
  } catch {
    return malformed('is not JSON');
  }
  const { type, object } = event ?? {};
  if (type === 'ERROR') {
    return { type, error: statusError(Number(object?.code) || 500, object) };
  }
  if (!object?.metadata?.resourceVersion) {
    return malformed('has no resourceVersion');
  }
  switch (type) {
    case 'ADDED':
    case 'MODIFIED':
    case 'DELETED':
    case 'BOOKMARK':
      return { type, object };
    default:
      return malformed('is of an unknown type');
  }
}

function malformed(what: string): WatchEvent {
  const error = new KubeError('protocol', `event of the API server ${what}`);
  return { type: 'ERROR', error };
}
