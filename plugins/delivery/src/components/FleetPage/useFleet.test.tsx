import { NotAllowedError } from '@backstage/errors';
import { TestApiProvider } from '@backstage/frontend-test-utils';
import { act, renderHook } from '@testing-library/react';
import type { PropsWithChildren } from 'react';
import { fleetPage, fleetRows } from '../../__fixtures__/fleet';
import { deliveryApiRef } from '../../api';
import type { DeliveryListAnswer, DeliveryListRequest } from '../../api';
import { fleetQueryOf } from './fleetQuery';
import { useFleet } from './useFleet';

const rows = fleetRows(3);
const listDeliveries = jest.fn<
  Promise<DeliveryListAnswer>,
  [DeliveryListRequest]
>();

function wrapper(props: PropsWithChildren<{}>) {
  return (
    <TestApiProvider apis={[[deliveryApiRef, { listDeliveries }]]}>
      {props.children}
    </TestApiProvider>
  );
}

function setHidden(hidden: boolean) {
  jest.spyOn(document, 'hidden', 'get').mockReturnValue(hidden);
  document.dispatchEvent(new Event('visibilitychange'));
}

const follow = (url = '') =>
  renderHook(
    ({ query }) => useFleet(fleetQueryOf(new URLSearchParams(query))),
    { wrapper, initialProps: { query: url } },
  );
const wait = (seconds: number) =>
  act(() => jest.advanceTimersByTimeAsync(seconds * 1_000));

describe('useFleet', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    listDeliveries.mockReset();
    listDeliveries.mockImplementation(async ({ etag, ...query }) =>
      etag
        ? { changed: false }
        : { changed: true, list: fleetPage(rows, query), etag: '"1"' },
    );
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  it('asks every 15 seconds whether anything changed, and only that', async () => {
    const { result, unmount } = follow();
    await wait(0);
    const { list, confirmedAt } = result.current;
    expect(list?.items).toHaveLength(3);
    await wait(15);
    expect(listDeliveries.mock.calls.map(([{ etag }]) => etag)).toEqual([
      undefined,
      '"1"',
    ]);
    expect(result.current.list).toBe(list);
    expect(Date.parse(result.current.confirmedAt!)).toBe(
      Date.parse(confirmedAt!) + 15_000,
    );
    unmount();
    await wait(60);
    expect(listDeliveries).toHaveBeenCalledTimes(2);
  });

  it('rests while nobody looks, and asks at once when somebody does', async () => {
    follow();
    await wait(0);
    await act(async () => setHidden(true));
    await wait(120);
    expect(listDeliveries).toHaveBeenCalledTimes(1);
    await act(async () => setHidden(false));
    await wait(0);
    expect(listDeliveries).toHaveBeenCalledTimes(2);
  });

  it('gives up a request that nobody waits for, without calling it a failure', async () => {
    listDeliveries.mockImplementationOnce(
      ({ signal }) =>
        new Promise((_resolve, reject) =>
          signal!.addEventListener('abort', () => reject(new Error('aborted'))),
        ),
    );
    const { result } = follow();
    await wait(0);
    await act(async () => setHidden(true));
    await act(async () => setHidden(false));
    await wait(0);
    expect(result.current.failure).toBeUndefined();
    expect(result.current.list?.items).toHaveLength(3);
  });

  it('keeps what it has while it cannot be refreshed, and says why', async () => {
    const { result } = follow();
    await wait(0);
    listDeliveries.mockRejectedValueOnce(new Error('Failed to fetch'));
    await wait(15);
    expect(result.current).toMatchObject({
      list: { totalItems: 3 },
      failure: { reason: 'unavailable', message: 'Failed to fetch' },
    });
    await wait(15);
    expect(result.current.failure).toBeUndefined();
  });

  it('shows the list before until another query is answered', async () => {
    const { result, rerender } = follow();
    await wait(0);
    expect(result.current.isPending).toBe(false);
    rerender({ query: 'search=first' });
    expect(result.current).toMatchObject({
      isPending: true,
      list: { totalItems: 3 },
    });
    await wait(0);
    expect(result.current).toMatchObject({
      isPending: false,
      list: { totalItems: 1 },
    });
  });

  it('shows nothing of the list before when another query is refused', async () => {
    const { result, rerender } = follow();
    await wait(0);
    listDeliveries.mockRejectedValueOnce(new Error('Bad Gateway'));
    rerender({ query: 'search=first' });
    await wait(0);
    expect(result.current).toEqual({
      of: expect.stringContaining('first'),
      failure: { reason: 'unavailable', message: 'Bad Gateway' },
      isPending: false,
      retry: expect.any(Function),
    });
    // What refused one query says nothing of the next.
    rerender({ query: 'search=' });
    expect(result.current).toMatchObject({
      failure: undefined,
      isPending: true,
    });
    await wait(0);
    expect(result.current).toMatchObject({
      list: { totalItems: 3 },
      isPending: false,
    });
  });

  it('asks again by itself for what was refused, unless that cannot help', async () => {
    const { result, rerender } = follow();
    await wait(0);
    listDeliveries.mockRejectedValueOnce(new Error('Bad Gateway'));
    rerender({ query: 'search=first' });
    await wait(15);
    expect(result.current).toMatchObject({
      list: { totalItems: 1 },
      failure: undefined,
    });
    listDeliveries.mockRejectedValueOnce(new NotAllowedError('Denied'));
    await wait(60);
    expect(listDeliveries).toHaveBeenCalledTimes(4);
    expect(result.current).toMatchObject({
      list: { totalItems: 1 },
      failure: { reason: 'forbidden' },
    });
    await act(async () => result.current.retry());
    await wait(0);
    expect(result.current.failure).toBeUndefined();
  });
});
