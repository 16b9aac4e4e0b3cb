import { entryOf } from './entryOf';

describe('entryOf', () => {
  const table = { running: 1 };

  it.each([
    ['running', 1],
    ['other', undefined],
    [undefined, undefined],
    ['constructor', undefined],
    ['__proto__', undefined],
  ])('finds %j: %j', (word, entry) => {
    expect(entryOf<number>(table, word)).toBe(entry);
  });
});
