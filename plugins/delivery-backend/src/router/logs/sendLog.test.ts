import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { NotAllowedError } from '@backstage/errors';
import express from 'express';
import { KubeError } from '../../kubernetes/KubeError';
import type { StepLog } from '../../logs/StepLogs';
import { sendLog, type SendLogOptions } from './sendLog';

/** Serves one log over HTTP, and reads it. */
async function serve(
  lines: StepLog['lines'],
  options: Partial<SendLogOptions> = {},
) {
  const reading = new AbortController();
  const app = express();
  app.get('/', async (request, response) => {
    await sendLog({
      log: {
        run: 'r',
        step: 's',
        node: 'n',
        pod: 'p',
        container: 'main',
        lines,
      },
      onOver: () => {},
      request,
      response,
      reading,
      shutdown: new AbortController().signal,
      reauthorise: async () => {},
      ...options,
    });
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const response = await new Promise<http.IncomingMessage>(resolve => {
    http.get({ port, agent: false }, resolve);
  });
  return {
    response,
    reading,
    async text() {
      let text = '';
      for await (const piece of response.setEncoding('utf8')) {
        text += piece;
      }
      return text;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** One line, and then nothing until the reading ends. */
async function* quiet() {
  yield [{ text: 'line' }];
  await new Promise(() => {});
  return 'complete' as const;
}

const end = (reason: string) => `event: end\ndata: {"reason":"${reason}"`;

describe('a log that is open', () => {
  it.each<[string, () => Partial<SendLogOptions>]>([
    ['expired', () => ({ expiresAt: new Date(Date.now() + 50) })],
    [
      'forbidden',
      () => ({
        times: { heartbeatMs: 10_000, reauthoriseMs: 20 },
        reauthorise: async () => {
          throw new NotAllowedError('no longer');
        },
      }),
    ],
    ['shutdown', () => ({ shutdown: AbortSignal.timeout(50) })],
    ['complete', () => ({ onOver: callback => void setTimeout(callback, 50) })],
  ])('ends as %s, and is read no longer', async (reason, options) => {
    const served = await serve(quiet, { graceMs: 20, ...options() });
    const text = await served.text();
    expect(text).toContain('data: {"lines":[{"text":"line"}]}');
    expect(text).toContain(end(reason));
    expect(served.reading.signal.aborted).toBe(true);
    served.close();
  });

  it('ends after its last lines have come, however long the step is over', async () => {
    const served = await serve(
      async function* late() {
        for (let i = 0; i < 12; i += 1) {
          await new Promise(resolve => setTimeout(resolve, 50));
          yield [{ text: `line ${i}` }];
        }
        await new Promise(() => {});
        return 'complete' as const;
      },
      { graceMs: 250, onOver: callback => callback() },
    );
    const text = await served.text();
    expect(text).toContain('"line 11"');
    expect(text).toContain(end('complete'));
    served.close();
  });

  it('says at once that it is, before anything is written', async () => {
    const served = await serve(async function* silent() {
      await new Promise(() => {});
      return 'complete' as const;
    });
    const [first] = await once(served.response.setEncoding('utf8'), 'data');
    expect(first).toBe('event: lines\ndata: {"lines":[]}\n\n');
    served.response.destroy();
    served.close();
  });

  it('tells what broke it', async () => {
    const served = await serve(async function* broken() {
      yield [{ text: 'line' }];
      throw new KubeError('unreachable', 'connection to the API server broke');
    });
    expect(await served.text()).toContain(
      'data: {"reason":"broken","message":"connection to the API server broke"}',
    );
    served.close();
  });

  it('is kept alive while nothing is written', async () => {
    const served = await serve(quiet, {
      times: { heartbeatMs: 10, reauthoriseMs: 10_000 },
      expiresAt: new Date(Date.now() + 100),
    });
    expect(await served.text()).toContain(': alive');
    served.close();
  });

  it('is read only as fast as its reader reads', async () => {
    let produced = 0;
    const served = await serve(async function* endless() {
      for (;;) {
        produced += 1;
        yield [{ text: 'x'.repeat(100_000) }];
      }
    });
    // What the sockets of both sides hold is all that is read ahead.
    let before = -1;
    while (before !== produced) {
      before = produced;
      await new Promise(resolve => setTimeout(resolve, 200));
    }
    expect(produced).toBeLessThan(200);
    served.response.destroy();
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(served.reading.signal.aborted).toBe(true);
    served.close();
  });
});
