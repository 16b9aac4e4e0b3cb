import { isOlder, judge } from './failures';
import { KubeError, statusError, toKubeError } from './KubeError';

describe('judge', () => {
  const table: Array<[string, KubeError, string]> = [
    ['no credentials', new KubeError('credentials', 'x'), 'stale watch all'],
    ['no connection', new KubeError('unreachable', 'x'), 'stale watch all'],
    ['no answer', new KubeError('timeout', 'x'), 'stale watch all'],
    ['closed at once', new KubeError('closed', 'x'), 'stale watch'],
    ['not Kubernetes', new KubeError('protocol', 'x'), 'stale list'],
    ['400', statusError(400, {}), 'stale list'],
    ['401', statusError(401, {}), 'stale watch all'],
    ['403', statusError(403, {}), 'forbidden watch'],
    ['404', statusError(404, {}), 'stale discover atOnce'],
    ['410', statusError(410, {}), 'syncing list atOnce'],
    ['429', statusError(429, {}), 'stale watch'],
    ['500', statusError(500, {}), 'stale watch'],
    ['503', statusError(503, {}), 'stale watch'],
    ['504', statusError(504, {}), 'stale watch'],
    [
      '504 because our version is from the future',
      statusError(504, { message: 'Timeout: Too large resource version: 9' }),
      'stale list',
    ],
  ];

  it.each(table)('%s', (_, error, expected) => {
    const { state, next, everyKind, atOnce } = judge(error, 1);
    const words = [state, next, everyKind && 'all', atOnce && 'atOnce'];
    expect(words.filter(Boolean).join(' ')).toBe(expected);
  });

  it('takes a 403 of a server that is back since a moment for no last word', () => {
    expect(judge(statusError(403, {}), 1, true)).toMatchObject({
      state: 'stale',
      next: 'watch',
      everyKind: true,
    });
    // All else is as it ever is.
    for (const [, error] of table.filter(([name]) => name !== '403')) {
      expect(judge(error, 1, true)).toEqual(judge(error, 1));
    }
  });

  it('lists anew when a watch is refused for the third time in a row', () => {
    expect(judge(statusError(500, {}), 2).next).toBe('watch');
    expect(judge(statusError(500, {}), 3).next).toBe('list');
    // Busy is not broken, however often.
    expect(judge(statusError(429, {}), 9).next).toBe('watch');
  });
});

it('compares versions that are numbers, and concludes nothing from others', () => {
  expect(isOlder('99', '100')).toBe(true);
  expect(isOlder('100', '100')).toBe(false);
  expect(isOlder('18446744073709551615', '18446744073709551616')).toBe(true);
  expect(isOlder('a', 'b')).toBe(false);
  expect(isOlder('', '5')).toBe(false);
});

describe('messages', () => {
  it.each([
    [{ message: 'no', reason: 'Forbidden' }, 'API server answers 403: no'],
    ['404 page not found\n', 'API server answers 403: 404 page not found'],
    ['<html>\n<body>', 'API server answers 403'],
    ['', 'API server answers 403'],
    [null, 'API server answers 403'],
    [{ message: 7 }, 'API server answers 403'],
  ])('of %j', (body, message) => {
    expect(statusError(403, body).message).toBe(message);
  });

  it('reads Retry-After, within reason', () => {
    expect(statusError(429, {}, '3').retryAfterMs).toBe(3_000);
    expect(statusError(429, {}, '86400').retryAfterMs).toBe(60_000);
    expect(statusError(429, {}, 'Tue, 24 Nov 2026').retryAfterMs).toBe(
      undefined,
    );
  });

  it('of what breaks below HTTP', () => {
    const reset = Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
    expect(toKubeError(reset).message).toBe(
      'connection to the API server broke',
    );
    // Node puts the addresses that it tried into `errors`, and leaves the message empty.
    const refused = Object.assign(new AggregateError([]), {
      code: 'ECONNREFUSED',
    });
    expect(toKubeError(refused).message).toBe(
      'API server cannot be reached: ECONNREFUSED',
    );
    const own = new KubeError('timeout', 'x');
    expect(toKubeError(own)).toBe(own);
  });
});
