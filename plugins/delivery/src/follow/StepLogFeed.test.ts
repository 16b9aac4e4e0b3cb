import { NotAllowedError } from '@backstage/errors';
import type { StepLogEvent } from '@golden-path/plugin-delivery-common';
import type { FollowStepLogRequest } from '../api';
import { StepLogFeed } from './StepLogFeed';
import type { StepLogView } from './StepLogFeed';

type Said = (StepLogEvent & { id?: string }) | Error;

const request = { entityRef: 'component:default/a', run: 'r', step: 's' };
const line = (text: string): Said => ({
  event: 'lines',
  id: `at-${text}`,
  data: { lines: [{ text }] },
});
const end = (reason: 'complete' | 'expired' | 'shutdown'): Said => ({
  event: 'end',
  data: { reason },
});

/** Follows a backend that says this on each connection, until the log is over. */
async function follow(...connections: Said[][]) {
  const asked: FollowStepLogRequest[] = [];
  const feed = new StepLogFeed({
    api: {
      async *followStepLog(what) {
        asked.push(what);
        for (const said of connections.shift() ?? []) {
          if (said instanceof Error) {
            throw said;
          }
          yield said;
        }
      },
    },
    request,
    times: { gather: 0, retry: 1, retryMax: 1 },
  });
  const states = new Set<StepLogView['state']>();
  const view = await new Promise<StepLogView>(resolve => {
    const release = feed.subscribe(() => {
      const now = feed.getView();
      states.add(now.state);
      if (now.state === 'ended' || now.state === 'failed') {
        release();
        resolve(now);
      }
    });
  });
  return { view, asked, states: [...states] };
}

describe('StepLogFeed', () => {
  it('goes on where it was left when the token or the connection is lost', async () => {
    const { view, asked, states } = await follow(
      [line('one'), end('expired')],
      [line('two'), new Error('network')],
      [line('three'), end('complete')],
    );
    expect(view).toMatchObject({
      state: 'ended',
      end: { reason: 'complete' },
      isCut: false,
      lines: [
        { number: 1, text: 'one' },
        { number: 2, text: 'two' },
        { number: 3, text: 'three' },
      ],
    });
    expect(asked.map(({ after }) => after)).toEqual([
      undefined,
      'at-one',
      'at-two',
    ]);
    expect(states).toContain('reconnecting');
  });

  it('says why it may not be read, and asks no more', async () => {
    const { view, asked } = await follow([new NotAllowedError('no')]);
    expect(view).toMatchObject({
      state: 'failed',
      failure: { reason: 'forbidden', message: 'no' },
    });
    expect(asked).toHaveLength(1);
  });

  it('keeps the newest lines of a long log', async () => {
    const lines = Array.from({ length: 12_000 }, (_, i) => ({ text: `${i}` }));
    const { view } = await follow([
      { event: 'lines', data: { lines } },
      end('complete'),
    ]);
    expect(view.isCut).toBe(true);
    expect(view.lines).toHaveLength(10_000);
    expect(view.lines.at(-1)).toEqual({ number: 12_000, text: '11999' });
  });
});
