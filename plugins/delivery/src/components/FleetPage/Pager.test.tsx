import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { at, FleetApi, showFleet } from '../../__testUtils__/fleet';

// Whole apps are rendered.
jest.setTimeout(60_000);

describe('whoever turns pages by keyboard', () => {
  it('keeps the focus while a page is read, and finds it beside the end', async () => {
    const api = new FleetApi(80);
    const hold = () => {
      let answer = () => {};
      api.hold = new Promise(resolve => {
        answer = resolve;
      });
      return () => act(async () => answer());
    };
    showFleet(api);
    const user = userEvent.setup();
    await screen.findByText('1 to 50 of 80');
    const previous = screen.getByRole('button', { name: 'Previous page' });
    const next = screen.getByRole('button', { name: 'Next page' });

    const answerNext = hold();
    act(() => next.focus());
    await user.keyboard('{Enter}');
    expect(at()).toHaveTextContent('?cursor=50&page=2');
    expect(next).toHaveFocus();
    // Chrome takes the focus from what is disabled; jsdom does not.
    expect(next).toBeEnabled();
    expect(next).toHaveAttribute('aria-disabled', 'true');
    // The rows are those of the first page still.
    expect(screen.getByText('1 to 50 of 80')).toBeVisible();
    await user.keyboard('{Enter}');
    expect(at()).toHaveTextContent('?cursor=50&page=2');
    await answerNext();
    expect(await screen.findByText('51 to 80 of 80')).toBeVisible();
    expect(next).toBeDisabled();
    expect(previous).toHaveFocus();

    const answerPrevious = hold();
    await user.keyboard('{Enter}');
    expect(at()).toHaveTextContent(/^\/delivery$/);
    expect(previous).toHaveFocus();
    expect(previous).toBeEnabled();
    expect(screen.getByText('51 to 80 of 80')).toBeVisible();
    await answerPrevious();
    expect(await screen.findByText('1 to 50 of 80')).toBeVisible();
    expect(previous).toBeDisabled();
    expect(next).toHaveFocus();
  });

  it('finds it at the number of rows where no page is left', async () => {
    const api = new FleetApi(80);
    showFleet(api, '/delivery?cursor=50&page=2');
    const user = userEvent.setup();
    await screen.findByText('51 to 80 of 80');
    api.rows = api.rows.slice(0, 20);
    const previous = screen.getByRole('button', { name: 'Previous page' });
    act(() => previous.focus());
    await user.keyboard('{Enter}');
    const count = await screen.findByText('20 golden paths');
    expect(previous).not.toBeInTheDocument();
    expect(count).toHaveFocus();
  });
});
