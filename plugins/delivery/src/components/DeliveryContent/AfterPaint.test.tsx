import { act, render, screen } from '@testing-library/react';
import { AfterPaint } from './AfterPaint';

/** Asks for a frame as the page does, and waits for what comes after it. */
const nextFrame = () =>
  act(
    () =>
      new Promise<void>(resolve => {
        requestAnimationFrame(() => setTimeout(resolve, 5));
      }),
  );

const page = (
  <AfterPaint fallback={<p>soon</p>}>
    <p>details</p>
  </AfterPaint>
);

describe('AfterPaint', () => {
  afterEach(() => jest.restoreAllMocks());

  it('stays out of the first frame', async () => {
    render(page);
    expect(screen.getByText('soon')).toBeVisible();
    expect(screen.queryByText('details')).toBeNull();
    await nextFrame();
    expect(screen.getByText('details')).toBeVisible();
    expect(screen.queryByText('soon')).toBeNull();
  });

  it('does not wait for frames of a page that is hidden, which has none', () => {
    jest.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    render(page);
    expect(screen.getByText('details')).toBeVisible();
  });

  it('asks for nothing more once it is gone', async () => {
    const said = jest.spyOn(console, 'error');
    render(page).unmount();
    await nextFrame();
    expect(said).not.toHaveBeenCalled();
  });
});
