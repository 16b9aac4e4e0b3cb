import { render, screen } from '@testing-library/react';
import { SteadyStack } from './SteadyStack';

/** Lays out one part under the other; jsdom does not. */
const HEIGHT = 50;

describe('SteadyStack', () => {
  const animate = jest.fn();
  let isStill = false;

  beforeEach(() => {
    animate.mockReset();
    isStill = false;
    Object.assign(HTMLElement.prototype, {
      animate(this: HTMLElement, ...how: unknown[]) {
        animate(this.textContent, ...how);
      },
    });
    Object.assign(window, { matchMedia: () => ({ matches: isStill }) });
    jest
      .spyOn(HTMLElement.prototype, 'offsetTop', 'get')
      .mockImplementation(function top(this: HTMLElement) {
        return [...this.parentElement!.children].indexOf(this) * HEIGHT;
      });
  });

  afterEach(() => jest.restoreAllMocks());

  const page = (names: string[]) => (
    <SteadyStack>
      {names.map(name => (
        <p key={name}>{name}</p>
      ))}
    </SteadyStack>
  );

  it('moves what was there to its new place, and nothing else', () => {
    const { rerender } = render(page(['path', 'runs']));
    rerender(page(['path', 'banner', 'runs']));
    expect(screen.getByText('banner')).toBeVisible();
    expect(
      animate.mock.calls.map(([name, frames]) => [name, frames[0]]),
    ).toEqual([['runs', { transform: `translateY(${-HEIGHT}px)` }]]);
  });

  it('asks nothing of a page of which nothing is left', () => {
    const { rerender } = render(page(['loading']));
    const asked = jest.spyOn(HTMLElement.prototype, 'offsetTop', 'get');
    asked.mockClear();
    rerender(page(['path', 'runs']));
    // Once before the change, when the page is laid out already.
    expect(asked).toHaveBeenCalledTimes(1);
    expect(animate).not.toHaveBeenCalled();
  });

  it('moves nothing for those who want it still', () => {
    isStill = true;
    const { rerender } = render(page(['path', 'runs']));
    rerender(page(['banner', 'path', 'runs']));
    expect(animate).not.toHaveBeenCalled();
  });
});
