import { mockServices } from '@backstage/backend-test-utils';
import { InputError, ServiceUnavailableError } from '@backstage/errors';
import { ManualClock } from '../kubernetes/__testing__/clocks';
import { ASK_AGAIN_MS, CommitCache, REQUESTS_AT_ONCE } from './CommitCache';
import type { GitCommit, GitRepository } from './GitRepository';
import { RateLimitedError, waitOf } from './RateLimitedError';

const URLS = ['https://git.example/team/checkout'];
const shaOf = (n: number) => String(n).padStart(40, '0');

const settled = () => new Promise(resolve => setImmediate(resolve));

/** A Git host that answers when the test says so. */
function gitHost(urlsWithout: string[] = []) {
  const asked: string[] = [];
  const answers: Array<(answer: GitCommit | undefined | Error) => void> = [];
  const ask = (url: string, what: string) =>
    new Promise<any>((resolve, reject) => {
      asked.push(`${url.split('/').at(-1)} ${what}`);
      answers.push(answer =>
        answer instanceof Error ? reject(answer) : resolve(answer),
      );
    });
  const byUrl = async (url: string): Promise<GitRepository> => {
    if (urlsWithout.includes(url)) {
      throw new InputError('in no integration');
    }
    return {
      commit: (sha: string) => ask(url, sha),
      between: (base: string, head: string) => ask(url, `${base}...${head}`),
    } as Partial<GitRepository> as GitRepository;
  };
  return {
    asked,
    byUrl,
    async answer(answer: GitCommit | undefined | Error) {
      answers.shift()?.(answer);
      await settled();
    },
  };
}

describe('CommitCache', () => {
  const clock = new ManualClock();
  const commit = { sha: shaOf(1), title: 'Faster' };

  function cacheOf(host: ReturnType<typeof gitHost>, capacity?: number) {
    const logger = mockServices.logger.mock();
    return new CommitCache({ repositories: host, logger, clock, capacity });
  }

  it('answers from memory, asks once, and tells who waits', async () => {
    const host = gitHost();
    const cache = cacheOf(host);
    const later = jest.fn();
    expect(cache.commit(URLS, shaOf(1))).toBeUndefined();
    await settled();
    expect(host.asked).toEqual([]);
    expect(cache.commit(URLS, shaOf(1), later)).toBeUndefined();
    expect(cache.commit(URLS, shaOf(1), later)).toBeUndefined();
    await settled();
    expect(later).not.toHaveBeenCalled();
    await host.answer(commit);
    expect(later).toHaveBeenCalledTimes(1);
    clock.advance(100 * ASK_AGAIN_MS);
    expect(cache.commit(URLS, shaOf(1), later)).toEqual(commit);
    await settled();
    expect(host.asked).toEqual([`checkout ${shaOf(1)}`]);
  });

  it('asks no more at once than it may, and forgets the oldest', async () => {
    const host = gitHost();
    const cache = cacheOf(host, 10);
    for (let n = 1; n <= 8; n += 1) {
      cache.commit(URLS, shaOf(n), () => {});
      cache.between(URLS, shaOf(n), shaOf(0), () => {});
    }
    await settled();
    expect(host.asked).toHaveLength(REQUESTS_AT_ONCE);
    while (host.asked.length < 16) {
      await host.answer(commit);
    }
    for (let n = 0; n < REQUESTS_AT_ONCE; n += 1) {
      await host.answer(commit);
    }
    for (let n = 9; n <= 18; n += 1) {
      cache.commit(URLS, shaOf(n), () => {});
    }
    expect(cache.commit(URLS, shaOf(1))).toBeUndefined();
  });

  it('takes the next repository where one does not know it or cannot be asked', async () => {
    const unknown = 'https://nowhere.example/team/manifests';
    const other = 'https://git.example/team/other';
    const host = gitHost([unknown]);
    const cache = cacheOf(host);
    const urls = [unknown, other, ...URLS];
    cache.commit(urls, shaOf(1), () => {});
    await settled();
    await host.answer(undefined);
    await host.answer(commit);
    expect(host.asked).toEqual([`other ${shaOf(1)}`, `checkout ${shaOf(1)}`]);
    expect(cache.commit(urls, shaOf(1))).toEqual(commit);
  });

  it.each([
    ['does not know it', undefined],
    ['is down', new ServiceUnavailableError('down')],
  ])('remembers for a while that the host %s', async (_, answer) => {
    const host = gitHost();
    const cache = cacheOf(host);
    const ask = jest.fn(() => {
      cache.commit(URLS, shaOf(1), ask);
    });
    ask();
    await settled();
    await host.answer(answer);
    clock.advance(ASK_AGAIN_MS - 1);
    cache.commit(URLS, shaOf(1), ask);
    await settled();
    expect(host.asked).toHaveLength(1);
    clock.advance(1);
    await settled();
    // Who still wants to know was told to ask again.
    expect(ask).toHaveBeenCalledTimes(2);
    expect(host.asked).toHaveLength(2);
    await host.answer(commit);
    expect(cache.commit(URLS, shaOf(1))).toEqual(commit);
  });

  it('leaves a host alone for as long as it asks to be', async () => {
    const host = gitHost();
    const cache = cacheOf(host);
    cache.commit(URLS, shaOf(1), () => {});
    await settled();
    await host.answer(new RateLimitedError('enough', 30 * 60_000));
    cache.commit(URLS, shaOf(2), () => {});
    await settled();
    expect(host.asked).toHaveLength(1);
    clock.advance(30 * 60_000);
    cache.commit(URLS, shaOf(2), () => {});
    await settled();
    expect(host.asked).toEqual([
      `checkout ${shaOf(1)}`,
      `checkout ${shaOf(2)}`,
    ]);
  });

  it('asks nobody after its end', async () => {
    const host = gitHost();
    const cache = cacheOf(host);
    cache.stop();
    cache.commit(URLS, shaOf(1), () => {});
    await settled();
    expect(host.asked).toEqual([]);
  });
});

it.each([
  [
    'spent',
    403,
    { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '90' },
    80_000,
  ],
  ['spent, without an end', 429, { 'x-ratelimit-remaining': '0' }, 60_000],
  ['too fast', 403, { 'retry-after': '7' }, 7_000],
  ['too fast, without an end', 429, {}, 60_000],
  ['forbidden', 403, { 'x-ratelimit-remaining': '12' }, undefined],
  ['not there', 404, { 'x-ratelimit-remaining': '0' }, undefined],
])('how long to wait: %s', (_, status, headers, wait) => {
  expect(waitOf({ status, response: { headers } }, 10_000)).toBe(wait);
});
