import { formatAge, formatDuration } from './time';

const now = Date.UTC(2026, 0, 2);
const ago = (seconds: number) => new Date(now - seconds * 1_000).toISOString();

describe('formatAge', () => {
  it.each([
    [-120, undefined],
    [1, undefined],
    [12, '12 seconds ago'],
    [59.9, '59 seconds ago'],
    [60, '1 minute ago'],
    [59 * 60, '59 minutes ago'],
    [3 * 3600, '3 hours ago'],
    [47 * 3600, '1 day ago'],
    [90 * 86400, '90 days ago'],
  ])('says %s seconds as %s', (seconds, words) => {
    expect(formatAge(ago(seconds), now, 'en')).toBe(words);
  });

  it('speaks the language of the user', () => {
    expect(formatAge(ago(240), now, 'de')).toBe('vor 4 Minuten');
  });
});

describe('formatDuration', () => {
  it.each([
    [-5, '0 sec'],
    [0, '0 sec'],
    [8.4, '8 sec'],
    [60, '1 min'],
    [131, '2 min 11 sec'],
    [3599.6, '1 hr'],
    [3600 + 720 + 5, '1 hr 12 min'],
    [86400 * 2, '2 days'],
  ])('says %s seconds as %s', (seconds, words) => {
    expect(formatDuration(seconds * 1_000, 'en')).toBe(words);
  });
});
