import { renderHook } from '@testing-library/react';
import { TestApiProvider, mockApis } from '@backstage/frontend-test-utils';
import { errorApiRef, translationApiRef } from '@backstage/frontend-plugin-api';
import {
  say as sayInEnglish,
  sentences,
} from '@golden-path/plugin-delivery-common';
import type { SentenceCode } from '@golden-path/plugin-delivery-common';
import type { PropsWithChildren } from 'react';
import { useWords } from './language';

function wrapper(props: PropsWithChildren<{}>) {
  return (
    <TestApiProvider
      apis={[
        [translationApiRef, mockApis.translation()],
        [errorApiRef, mockApis.error()],
      ]}
    >
      {props.children}
    </TestApiProvider>
  );
}

describe('the words of the page', () => {
  const words = () => renderHook(useWords, { wrapper }).result.current;

  it('say every sentence of the backend as the backend says it', () => {
    const { say } = words();
    for (const code of Object.keys(sentences) as SentenceCode[]) {
      const names = sentences[code].matchAll(/\{\{(\w+)(, list)?/g);
      const values = Object.fromEntries(
        [...names].map(([, name, list]) => {
          const value = `<${name} & "$t(x)">`;
          return [name, list ? [value, 'second', 'third'] : value];
        }),
      );
      const sentence = sayInEnglish(code, values);
      expect(say(sentence)).toBe(sentence.text);
    }
  });

  it('fall back to English for a sentence of a newer backend', () => {
    expect(words().say({ code: 'build.dreamt', text: 'It dreamt.' })).toBe(
      'It dreamt.',
    );
  });

  it('shorten commits', () => {
    const commit = '9f3c1ab2d84e5f60718293a4b5c6d7e8f9012345';
    expect(words().say(sayInEnglish('source.pushed', { commit }))).toBe(
      'Commit 9f3c1ab was pushed.',
    );
  });
});
