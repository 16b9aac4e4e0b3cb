import { say, sentences, type SentenceCode } from './sentences';

describe('say', () => {
  it('fills in values and keeps them for other languages', () => {
    expect(say('build.failedAt', { run: 'a-b', step: 'run-tests' })).toEqual({
      code: 'build.failedAt',
      values: { run: 'a-b', step: 'run-tests' },
      text: 'Run a-b failed at step run-tests.',
    });
  });

  it('shows which value is missing rather than nothing', () => {
    expect(say('image.newest').text).toBe('The newest image is {{tag}}.');
  });

  it('takes values as they are', () => {
    expect(say('image.newest', { tag: '{{tag}} $& $1' }).text).toBe(
      'The newest image is {{tag}} $& $1.',
    );
  });
});

it.each(Object.keys(sentences) as SentenceCode[])('%s is a sentence', code => {
  expect(sentences[code]).toMatch(/^(\p{Lu}|\{\{|kro ).*[.]$/u);
});
