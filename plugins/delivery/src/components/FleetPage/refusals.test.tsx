import { AuthenticationError } from '@backstage/errors';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { fixture } from '../../__fixtures__';
import { fleetRows } from '../../__fixtures__/fleet';
import { at, FleetApi, showFleet } from '../../__testUtils__/fleet';

// Whole apps are rendered, and axe looks at each.
jest.setTimeout(180_000);

/** The page asks at once when somebody comes back to it. */
const comeBack = () =>
  act(async () => {
    document.dispatchEvent(new Event('visibilitychange'));
  });
const count = (text: string) => screen.findByText(text, { selector: 'p' });
const again = () => screen.findByRole('button', { name: 'Try again' });

describe('a page that is refused', () => {
  it('shows no rows of the page before, and keeps the focus', async () => {
    const api = new FleetApi(120);
    showFleet(api);
    const user = userEvent.setup();
    await screen.findByText('1 to 50 of 120');
    const next = screen.getByRole('button', { name: 'Next page' });
    api.refusal = new Error('Bad Gateway');
    act(() => next.focus());
    await user.keyboard('{Enter}');
    const alert = within(await screen.findByRole('alert'));
    alert.getByText('Bad Gateway');
    expect(at()).toHaveTextContent('?cursor=50&page=2');
    expect(screen.queryByRole('grid')).toBeNull();
    expect(next).not.toBeInTheDocument();
    expect(alert.getByRole('heading')).toHaveFocus();

    api.refusal = undefined;
    act(() => alert.getByRole('button', { name: 'Try again' }).focus());
    await user.keyboard('{Enter}');
    expect(await screen.findByText('51 to 100 of 120')).toBeVisible();
    expect(await count('120 golden paths')).toHaveFocus();
  });

  it('is not kept where another is chosen', async () => {
    const api = new FleetApi(11);
    showFleet(api);
    const user = userEvent.setup();
    const failed = await screen.findByRole('button', { name: /^Failed \d/ });
    api.refusal = new Error('Bad Gateway');
    await user.click(failed);
    await screen.findByRole('alert');
    expect(screen.queryByRole('row')).toBeNull();
    expect(screen.queryByText(/What you see was true/)).toBeNull();
    api.refusal = undefined;
    await user.click(failed);
    expect(await count('11 golden paths')).toBeVisible();
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('a list that is no longer kept up to date', () => {
  it('says so where it is empty, and which clusters do not answer', async () => {
    const api = new FleetApi(0);
    api.sources = fixture('cluster-unreachable').sources;
    const { container } = showFleet(api);
    const empty = await screen.findByRole('heading', {
      name: 'There is no golden path to show.',
    });
    screen.getByRole('heading', { name: 'Out of reach: local.' });
    api.refusal = new AuthenticationError('Session expired');
    await comeBack();
    expect(await screen.findByText('Session expired')).toBeVisible();
    expect(screen.getByText(/What you see was true/)).toBeVisible();
    expect(empty).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();

    // Nothing asks by itself any more.
    const { length } = api.asked;
    await comeBack();
    expect(api.asked).toHaveLength(length);
    api.refusal = undefined;
    const user = userEvent.setup();
    await user.click(await again());
    await waitFor(() =>
      expect(screen.queryByText('Session expired')).toBeNull(),
    );
    expect(empty).toHaveFocus();

    api.rows = fleetRows(5);
    await comeBack();
    expect(await count('5 golden paths')).toHaveFocus();
  });

  it('takes the focus only from what goes when it is kept again', async () => {
    const api = new FleetApi(5);
    showFleet(api);
    const title = await count('5 golden paths');
    const fail = async () => {
      api.refusal = new Error('Failed to fetch');
      await comeBack();
      return again();
    };
    const recover = async () => {
      api.refusal = undefined;
      await comeBack();
      await waitFor(() =>
        expect(screen.queryByText('Failed to fetch')).toBeNull(),
      );
    };
    await fail();
    await recover();
    expect(document.body).toHaveFocus();

    await fail();
    const search = screen.getByRole('searchbox', { name: 'Name' });
    act(() => search.focus());
    await recover();
    expect(search).toHaveFocus();

    const button = await fail();
    act(() => button.focus());
    await recover();
    expect(title).toHaveFocus();
  });
});
