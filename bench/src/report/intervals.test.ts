import { covered } from './intervals.ts';

describe('covered', () => {
  it('counts time once, however many cover it, and no gaps', () => {
    expect(
      covered([
        { begin: 20, end: 25 },
        { begin: 0, end: 10 },
        { begin: 2, end: 4 },
        { begin: 8, end: 12 },
      ]),
    ).toBe(17);
    expect(covered([])).toBe(0);
  });
});
