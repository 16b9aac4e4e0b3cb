import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect } from 'node:net';

const PROBE_TIMEOUT_MS = 2_000;

/** Answers whether a process serves by now. */
export type Probe = () => Promise<boolean>;

/** @param options.headers - sent along, for endpoints that need a token */
export function answers(
  url: string,
  options: { headers?: Record<string, string>; ca?: string } = {},
): Probe {
  const request = url.startsWith('https:') ? httpsRequest : httpRequest;
  return () =>
    new Promise(resolve => {
      const probe = request(
        url,
        { ...options, timeout: PROBE_TIMEOUT_MS, agent: false },
        response => {
          response.resume();
          resolve(response.statusCode === 200);
        },
      );
      probe.on('timeout', () => probe.destroy());
      probe.on('error', () => resolve(false));
      probe.end();
    });
}

export function accepts(port: number): Probe {
  return () =>
    new Promise(resolve => {
      const socket = connect({ host: '127.0.0.1', port });
      socket.setTimeout(PROBE_TIMEOUT_MS, () => socket.destroy());
      socket.once('connect', () => {
        resolve(true);
        socket.destroy();
      });
      socket.once('error', () => resolve(false));
      socket.once('close', () => resolve(false));
    });
}
