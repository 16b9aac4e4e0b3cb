import { act, renderHook } from '@testing-library/react';
import type { PropsWithChildren } from 'react';
import { MemoryRouter, useLocation } from 'react-router-dom';
import { useWindow } from '../History/useWindow';
import { useFleetQuery } from './useFleetQuery';

const wrapper = (props: PropsWithChildren<{}>) => (
  <MemoryRouter
    initialEntries={[
      {
        pathname: '/delivery',
        search: '?cursor=100&page=3',
        // As two turns to the next page leave it.
        state: { before: ['', '50'] },
      },
    ]}
  >
    {props.children}
  </MemoryRouter>
);

function usePage() {
  const [{ days }, showDays] = useWindow();
  return { ...useFleetQuery(), days, showDays, at: useLocation().search };
}

describe('the third page of the list', () => {
  it('stays, and knows the way back, when other days are chosen', () => {
    const { result } = renderHook(usePage, { wrapper });
    act(() => result.current.showDays(7));
    expect(result.current.at).toBe('?cursor=100&page=3&days=7');
    act(() => result.current.turn.previous());
    expect(result.current.at).toBe('?cursor=50&page=2&days=7');
    act(() => result.current.turn.previous());
    expect(result.current.at).toBe('?days=7');
    expect(result.current.days).toBe(7);
  });

  it('gives way to the first when another list is chosen', () => {
    const { result } = renderHook(usePage, { wrapper });
    act(() => result.current.show({ cluster: 'hub' }));
    expect(result.current.at).toBe('?cluster=hub');
  });
});
