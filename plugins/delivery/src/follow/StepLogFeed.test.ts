import { ConflictError, NotAllowedError } from '@backstage/errors';
import type { LogEnd, StepLogEvent } from '@golden-path/plugin-delivery-common';
import type { FollowStepLogRequest } from '../api';
import { StepLogFeed } from './StepLogFeed';
import type { LogTimes, StepLogView } from './StepLogFeed';

/** A number is a silence of so many milliseconds. */
type Said = (StepLogEvent & { id?: string }) | Error | number;

const request = { entityRef: 'component:default/a', run: 'r', step: 's' };
const line = (text: string): Said => ({
  event: 'lines',
  id: `at-${text}`,
  data: { lines: [{ text }] },
});
const end = (reason: LogEnd['reason']): Said => ({
  event: 'end',
  data: { reason },
});
const opened: Said = { event: 'lines', data: { lines: [] } };
const manyLines = (count: number): Said => ({
  event: 'lines',
  data: { lines: Array.from({ length: count }, (_, i) => ({ text: `${i}` })) },
});

/** Follows a backend that says this on each connection, until the log is over. */
const follow = (...connections: Said[][]) => followWith({}, connections);

async function followWith(times: Partial<LogTimes>, connections: Said[][]) {
  const asked: FollowStepLogRequest[] = [];
  const feed = new StepLogFeed({
    api: {
      async *followStepLog(what) {
        asked.push(what);
        for (const said of connections.shift() ?? []) {
          if (said instanceof Error) {
            throw said;
          }
          if (typeof said === 'number') {
            await new Promise(resolve => setTimeout(resolve, said));
          } else {
            yield said;
          }
        }
      },
    },
    request,
    times: { gather: 0, retry: 1, retryMax: 1, waiting: 1, ...times },
  });
  const views: StepLogView[] = [];
  const toItsEnd = () =>
    new Promise<StepLogView>(resolve => {
      const release = feed.subscribe(() => {
        const now = feed.getView();
        views.push(now);
        if (now.state === 'ended' || now.state === 'failed') {
          release();
          resolve(now);
        }
      });
    });
  const view = await toItsEnd();
  return { view, views, asked, toItsEnd, states: views.map(it => it.state) };
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

  it('waits for a step to begin, in the words of the backend, and asks again soon', async () => {
    const notBegun = new ConflictError('has not begun (ErrImagePull)');
    const answer = Object.assign(new Error('409'), {
      name: 'ResponseError',
      cause: notBegun,
    });
    // With the pause of a failure this would not end in time.
    const { view, views } = await followWith(
      { retry: 60_000, retryMax: 60_000 },
      [
        ...Array.from({ length: 10 }, () => [answer]),
        [line('one'), end('complete')],
      ],
    );
    expect(views.slice(0, 10)).toEqual(
      Array.from({ length: 10 }, () => ({
        state: 'waiting',
        message: notBegun.message,
        lines: [],
        isCut: false,
      })),
    );
    expect(view).toMatchObject({ state: 'ended', lines: [{ text: 'one' }] });
  });

  it('is followed again as soon as it is read, although nothing is written', async () => {
    const { states } = await follow(
      [line('one'), new Error('network')],
      [opened, 20, end('complete')],
    );
    expect(states).toEqual(['reconnecting', 'following', 'ended']);
  });

  it('does not storm a backend that opens each log and breaks it off', async () => {
    const began = Date.now();
    await followWith({ retry: 20, retryMax: 1_000 }, [
      ...Array.from({ length: 4 }, () => [opened, new Error('broken')]),
      [end('complete')],
    ]);
    expect(Date.now() - began).toBeGreaterThanOrEqual(
      0.9 * (20 + 40 + 80 + 160),
    );
  });

  it('goes on where an answer was too long, as long as that brings anything', async () => {
    const whole = await follow(
      [line('one'), end('limit')],
      [line('two'), end('complete')],
    );
    expect(whole.view).toMatchObject({
      state: 'ended',
      end: { reason: 'complete' },
      lines: [{ text: 'one' }, { text: 'two' }],
    });
    expect(whole.asked[1].after).toBe('at-one');
    const stuck = await follow([end('limit')]);
    expect(stuck.view).toMatchObject({ end: { reason: 'limit' } });
    expect(stuck.asked).toHaveLength(1);
  });

  it('is read again by whoever may again, and not once it is whole', async () => {
    const { asked, toItsEnd } = await follow(
      [line('one'), end('forbidden')],
      [line('two'), end('complete')],
    );
    const view = await toItsEnd();
    expect(view.lines.map(({ text }) => text)).toEqual(['one', 'two']);
    toItsEnd();
    expect(asked).toHaveLength(2);
  });

  it('keeps the newest lines of a long log, and says that there were others', async () => {
    const whole = await follow([manyLines(9_999), end('complete')]);
    expect(whole.asked[0].tailLines).toBe(10_000);
    expect(whole.view.isCut).toBe(false);
    expect(whole.view.lines).toHaveLength(9_999);
    // As many as were asked for: there may be more.
    const long = await follow([manyLines(10_000), end('complete')]);
    expect(long.view.isCut).toBe(true);
    expect(long.view.lines[0]).toEqual({ number: 2, text: '1' });
    expect(long.view.lines.at(-1)).toEqual({ number: 10_000, text: '9999' });
  });

  it('shows no lines from before a gap as if nothing were between', async () => {
    const { view } = await follow(
      [line('before'), new Error('network')],
      [manyLines(10_000), end('complete')],
    );
    expect(view.isCut).toBe(true);
    expect(view.lines.map(({ text }) => text)).not.toContain('before');
  });
});
