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

  it('lists what there are several of', () => {
    const inBoth = { tag: '9dfa727', environments: ['dev', 'prod'] };
    expect(say('summary.healthy', inBoth).text).toBe(
      '9dfa727 runs in dev and prod.',
    );
    const branches = ['main', 'release'];
    expect(say('trigger.listening', { branches }).text).toBe(
      'A push to main or release starts a build.',
    );
    expect(say('trigger.listening', { branches: ['main'] }).text).toBe(
      'A push to main starts a build.',
    );
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
