import { ManualClock } from './kubernetes/__testing__/clocks';
import { LateAnswers } from './LateAnswers';

const settled = () => new Promise(resolve => setImmediate(resolve));

/** Somebody who answers when the test says so. */
function someone() {
  const answers: Array<(answer: string) => void> = [];
  const known = new LateAnswers<string>({
    ask: () => new Promise(resolve => answers.push(resolve)),
    keepMs: () => 15_000,
    retryMs: () => 60_000,
    capacity: 10,
    atOnce: 1,
    clock: new ManualClock(),
  });
  const later = jest.fn();
  return {
    known,
    later,
    isAsked: () => answers.length > 0,
    async answer(answer: string) {
      answers.shift()?.(answer);
      await settled();
    },
  };
}

describe('an answer that is another by now', () => {
  it('is asked for at once, though the one before is still good', async () => {
    const { known, later, isAsked, answer } = someone();
    known.get('a', later);
    await answer('old');
    expect(known.get('a', later)).toBe('old');
    expect(isAsked()).toBe(false);
    known.changed('a');
    expect(isAsked()).toBe(true);
    await answer('new');
    expect(later).toHaveBeenCalledTimes(2);
    expect(known.get('a')).toBe('new');
  });

  it('is asked for again, where the one that is on its way may be from before', async () => {
    const { known, later, isAsked, answer } = someone();
    known.get('a', later);
    await answer('old');
    known.get('a', later);
    known.changed('a');
    known.changed('a');
    await answer('old');
    expect(isAsked()).toBe(true);
    await answer('new');
    expect(later).toHaveBeenCalledTimes(2);
    expect(known.get('a')).toBe('new');
  });

  it('is not asked for where nobody waits', async () => {
    const { known, later, isAsked, answer } = someone();
    known.changed('a');
    known.get('a', later);
    await answer('old');
    known.changed('a');
    expect(isAsked()).toBe(false);
  });
});
