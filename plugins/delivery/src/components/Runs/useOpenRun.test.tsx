import { act, renderHook } from '@testing-library/react';
import type { PropsWithChildren } from 'react';
import { MemoryRouter, useLocation } from 'react-router-dom';
import { useOpenRun } from './useOpenRun';

const at =
  (search: string) =>
  ({ children }: PropsWithChildren<{}>) =>
    <MemoryRouter initialEntries={[`/${search}`]}>{children}</MemoryRouter>;

const useRuns = () => ({ ...useOpenRun(), at: useLocation().search });

describe('the open runs of an address', () => {
  it('are each there once, whatever a link says', () => {
    const { result } = renderHook(useRuns, {
      wrapper: at('?run=a&run=&run=b&run=a'),
    });
    expect(result.current.open).toEqual(['a', 'b']);
    act(() => result.current.closeRun({ name: 'a', steps: [] }));
    expect(result.current.open).toEqual(['b']);
  });
});
