import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { now } from '../clock.ts';

/** What a benchmark may ask a backend from outside. */
export type Question = 'memory' | 'requests';

/** Bytes in use after everything that nobody holds was freed. */
export interface Memory {
  heap: number;
  external: number;
}

/** A request that the backend sent, and when by the clock of the machine. */
export interface Sent {
  path: string;
  at: number;
}

/** Requests to API servers since the last question. */
let sent: Sent[] = [];

subscribe('http.client.request.start', message => {
  const { request } = message as { request: ClientRequest };
  if (/^\/apis?\/[^/]+/.test(request.path) && request.protocol === 'https:') {
    sent.push({ path: request.path, at: now() });
  }
});

function memory(): Memory {
  // The second collection frees what finalizers of the first let go.
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return { heap: heapUsed, external };
}

process.on('message', (question: Question) => {
  const answer = question === 'memory' ? memory() : sent;
  sent = [];
  process.send?.({ question, answer });
});
// Whoever started this backend is gone.
process.on('disconnect', () => process.exit(1));
