import { NotAllowedError } from '@backstage/errors';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { fixture } from '../../__fixtures__';
import {
  at,
  back,
  FleetApi,
  OWNER,
  showFleet as show,
} from '../../__testUtils__/fleet';

// Whole apps are rendered, and axe looks at each.
jest.setTimeout(180_000);

const rowOf = async (name: string) =>
  within(await screen.findByRole('row', { name: new RegExp(name) }));
describe('page with all golden paths', () => {
  it('says of each where it stands, what runs where, and links to it', async () => {
    const { container } = show(new FleetApi(11));
    const row = await rowOf('healthy-dev');
    expect(row.getByRole('link', { name: /healthy-dev/ })).toHaveAttribute(
      'href',
      '/catalog/default/component/healthy-dev/delivery',
    );
    row.getByText('9dfa727 runs in dev.');
    row.getByText(/team-/);
    const places = row.getAllByRole('listitem');
    expect(places.map(place => place.textContent)).toEqual([
      expect.stringMatching(/^Succeededdev 9dfa727.*ago$/),
      expect.stringMatching(/prod.*holds nothing yet/),
    ]);
    (await rowOf('failed-build')).getByText('Failed · Build');
    screen.getByText('11 golden paths');
    expect(await axe(container)).toHaveNoViolations();
  });

  it('links to the tab wherever the app has it', async () => {
    show(new FleetApi(5), '/delivery', {
      app: {
        extensions: [{ 'page:delivery': { config: { tabPath: '/cicd' } } }],
      },
    });
    const row = await rowOf('healthy-dev');
    expect(row.getByRole('link', { name: /healthy-dev/ })).toHaveAttribute(
      'href',
      '/catalog/default/component/healthy-dev/cicd',
    );
  });

  it('filters by status, and goes back', async () => {
    const api = new FleetApi(11);
    show(api);
    const user = userEvent.setup();
    const failed = await screen.findByRole('button', { name: /^Failed \d/ });
    await user.click(failed);
    await waitFor(() => expect(at()).toHaveTextContent('?status=failed'));
    const count = api.rows.filter(
      ({ summary }) => summary.status === 'failed',
    ).length;
    expect(await screen.findByText(`${count} golden paths`)).toBeVisible();
    expect(failed).toHaveTextContent(`Failed ${count}`);
    expect(failed).toHaveAttribute('aria-pressed', 'true');
    expect(api.asked.at(-1)).toMatchObject({ status: ['failed'] });

    await user.click(back());
    expect(await screen.findByText('11 golden paths')).toBeVisible();
    expect(failed).toHaveAttribute('aria-pressed', 'false');
  });

  it('searches when somebody stops typing, as one step of the history', async () => {
    const api = new FleetApi(11);
    show(api);
    const user = userEvent.setup();
    const field = await screen.findByRole('searchbox', { name: 'Name' });
    await user.type(field, 'build');
    await waitFor(() => expect(at()).toHaveTextContent('?search=build'));
    expect(await screen.findByText('2 golden paths')).toBeVisible();
    expect(new Set(api.asked.map(({ search }) => search))).toEqual(
      new Set([undefined, 'build']),
    );
    await user.click(back());
    await waitFor(() => expect(field).toHaveValue(''));
  });

  it('shows how all deliver, or an owner, and who can be chosen', async () => {
    const api = new FleetApi(11);
    const { container } = show(api);
    const user = userEvent.setup();
    const all = within(
      await screen.findByRole('region', {
        name: 'How all golden paths deliver',
      }),
    );
    await all.findByText('2.4 a day');
    await user.click(await screen.findByRole('button', { name: /Owner/ }));
    await user.click(
      await screen.findByRole('option', { name: 'team-payments' }),
    );
    const figures = within(
      await screen.findByRole('region', { name: 'How team-payments delivers' }),
    );
    await figures.findByText('2.4 a day');
    figures.getByText('1 hr 12 min');
    figures.getByText('5.6%');
    figures.getByText('18 min');
    figures.getByText('1 not over yet');
    expect(figures.getByRole('radio', { name: '30 days' })).toBeChecked();
    await user.click(figures.getByRole('radio', { name: '7 days' }));
    expect(at()).toHaveTextContent('days=7');
    await waitFor(() =>
      expect(api.getDora.mock.calls).toEqual(
        [
          { owner: undefined, days: 30, parts: 15 },
          { owner: OWNER, days: 30, parts: 15 },
          { owner: OWNER, days: 7, parts: 7 },
        ].map(asked => [expect.objectContaining(asked)]),
      ),
    );
    await user.click(
      figures.getByRole('button', { name: 'What it means: Lead time' }),
    );
    await screen.findByText(/^Median time from the push of a commit/);
    await user.keyboard('{Escape}');
    expect(api.asked.at(-1)).toMatchObject({ owner: [OWNER] });
    expect(await axe(container)).toHaveNoViolations();
  });

  it('shows the figures of each row, all of a page with one request', async () => {
    const api = new FleetApi(120);
    api.figuresRefusal = new Error('The database is away');
    show(api, '/delivery?days=7');
    const user = userEvent.setup();
    await screen.findByText(/DORA figures cannot be read right now/);
    api.figuresRefusal = undefined;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    const rows = within(await screen.findByRole('grid'));
    expect(await rows.findByText('2.4 a day')).toBeVisible();
    screen.getByRole('columnheader', { name: 'DORA, 7 days' });
    expect(screen.getAllByText('Not enough data')).toHaveLength(49);
    expect(
      api.listDora.mock.calls.map(([{ entityRefs, days }]) => [
        entityRefs.length,
        days,
      ]),
    ).toEqual([
      [50, 7],
      [50, 7],
    ]);
  });

  it('turns pages of thousands of rows, each at its own URL', async () => {
    const api = new FleetApi(5_000);
    show(api);
    const user = userEvent.setup();
    expect(await screen.findByText('1 to 50 of 5,000')).toBeVisible();
    expect(screen.getAllByRole('row')).toHaveLength(51);
    const previous = screen.getByRole('button', {
      name: 'Previous page',
    });
    const next = screen.getByRole('button', { name: 'Next page' });
    expect(previous).toBeDisabled();
    await user.click(next);
    expect(await screen.findByText('51 to 100 of 5,000')).toBeVisible();
    expect(at()).toHaveTextContent('?cursor=50&page=2');
    await user.click(next);
    expect(await screen.findByText('101 to 150 of 5,000')).toBeVisible();
    await user.click(previous);
    expect(await screen.findByText('51 to 100 of 5,000')).toBeVisible();
    await user.click(back());
    expect(await screen.findByText('101 to 150 of 5,000')).toBeVisible();
  });

  it('is a list for an old link that names an owner without a kind', async () => {
    show(new FleetApi(5), '/delivery?owner=team-payments&days=-1');
    expect(await screen.findByText('3 golden paths')).toBeVisible();
    screen.getByRole('region', { name: 'How team-payments delivers' });
  });

  it('sorts by what a column tells, the useful way first', async () => {
    const api = new FleetApi(11);
    show(api);
    const user = userEvent.setup();
    await user.click(
      await screen.findByRole('columnheader', { name: /Environments/ }),
    );
    await waitFor(() => expect(at()).toHaveTextContent('?sort=lastDeployed'));
    expect(api.asked.at(-1)).toMatchObject({
      sort: 'lastDeployed',
      order: 'desc',
    });
    await user.click(
      screen.getByRole('columnheader', { name: /Environments/ }),
    );
    await waitFor(() => expect(at()).toHaveTextContent('order=asc'));
  });

  it('says of each cell what it is, for where no head of a table does', async () => {
    show(new FleetApi(11));
    const row = await rowOf('day-0');
    expect(
      screen.getAllByRole('columnheader').map(head => head.textContent),
    ).toEqual([
      'Component',
      'Where it stands',
      'Environments',
      'Last run',
      'DORA, 30 days',
    ]);
    await row.findByText('Deploys');
    // The row header is the title of the card.
    expect(row.getByRole('rowheader')).toHaveTextContent(/^Missingday-0/);
    expect(row.getAllByRole('gridcell').map(cell => cell.textContent)).toEqual([
      expect.stringMatching(/^Where it standsMissing · Pipeline/),
      'Environmentsnone yet',
      'Last runnone yet',
      expect.stringMatching(/^DORA, 30 daysDeploys/),
    ]);
  });

  it('sorts where no head of a table does', async () => {
    const api = new FleetApi(11);
    show(api, '/delivery?order=desc');
    const user = userEvent.setup();
    const sort = await screen.findByRole('button', { name: /Sort by/ });
    expect(sort).toHaveTextContent('Where it stands');
    await user.click(sort);
    await user.click(screen.getByRole('option', { name: 'Last run' }));
    await waitFor(() => expect(at()).toHaveTextContent(/\?sort=lastRun$/));
    expect(api.asked.at(-1)).toMatchObject({ sort: 'lastRun', order: 'desc' });
  });

  it('says what to do where nothing matches', async () => {
    show(new FleetApi(5), '/delivery?search=nothing-like-it&status=failed');
    const user = userEvent.setup();
    expect(
      await screen.findByText(
        'No golden path matches. Clear a filter to see more.',
      ),
    ).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(await screen.findByText('5 golden paths')).toBeVisible();
    expect(at()).toHaveTextContent(/^\/delivery$/);
    expect(screen.getByRole('searchbox', { name: 'Name' })).toHaveFocus();
  });

  it('says how golden paths come here where there is none', async () => {
    const { container } = show(new FleetApi(0));
    expect(
      await screen.findByRole('heading', {
        name: 'There is no golden path to show.',
      }),
    ).toBeVisible();
    screen.getByText(/annotation kro.run\/instance-name .* delivery.read/);
    expect(screen.queryByRole('grid')).toBeNull();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says which permission is missing, and tries again', async () => {
    const api = new FleetApi(5);
    api.refusal = new NotAllowedError('Denied by policy');
    const { container } = show(api);
    const alert = within(await screen.findByRole('alert'));
    alert.getByText('You may not see the list of deliveries.');
    alert.getByText(/permission delivery.read/);
    alert.getByText('Denied by policy');
    expect(await axe(container)).toHaveNoViolations();
    api.refusal = undefined;
    await userEvent.click(alert.getByRole('button', { name: 'Try again' }));
    await rowOf('healthy-dev');
  });

  it('leads from a page that is no more to the first', async () => {
    const api = new FleetApi(5);
    api.refusal = Object.assign(new Error('Query parameter "cursor"'), {
      name: 'InputError',
    });
    show(api, '/delivery?cursor=old&page=4');
    const alert = within(await screen.findByRole('alert'));
    api.refusal = undefined;
    await userEvent.click(
      alert.getByRole('button', { name: 'Show the first page' }),
    );
    await rowOf('healthy-dev');
    expect(at()).toHaveTextContent(/^\/delivery$/);
  });

  it('says which clusters do not answer, and since when', async () => {
    const api = new FleetApi(5);
    api.sources = fixture('cluster-unreachable').sources;
    show(api);
    await rowOf('healthy-dev');
    screen.getByRole('heading', { name: 'Out of reach: local.' });
    expect(screen.getByText(/What you see of it was true/)).toHaveTextContent(
      '6 minutes ago',
    );
    screen.getByText(/ECONNREFUSED/);
  });
});
