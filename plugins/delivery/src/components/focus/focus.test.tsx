import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { say } from '@golden-path/plugin-delivery-common';
import type { Delivery, RunHistory } from '@golden-path/plugin-delivery-common';
import { fixture } from '../../__fixtures__';
import { pastOf } from '../../__fixtures__/past';
import { render, ScriptedApi } from '../../__testUtils__/render';

// Whole apps are rendered.
jest.setTimeout(180_000);

const delivery = fixture('failed-build');
const [run] = delivery.runs;
const failed = run.steps.find(({ name }) => name === 'run-tests')!;
const past = pastOf(delivery);
const forgotten = past.runs.runs.find(
  ({ uid, status }) => uid.startsWith('made-') && status === 'failed',
)!;
const withStep = `run=${run.name}&step=${encodeURIComponent(failed.id)}`;

let shown = 0;
function show(at: string, of: Delivery = delivery) {
  // What an entity permits is remembered for a moment, also from test to test.
  shown += 1;
  const first = { ...of, entityRef: `component:default/focused-${shown}` };
  const api = new ScriptedApi(first);
  api.runHistory = past.runs;
  api.deploymentHistory = past.deployments;
  const update = (change: Partial<Delivery>) =>
    act(async () => api.send({ ...first, revision: 'next', ...change }));
  return {
    api,
    update,
    user: userEvent.setup(),
    ...render('entity-content:delivery', api, { at }),
  };
}

const recorded = (name: string) =>
  screen.findByRole('region', { name: new RegExp(name) });
/** The first test loads the chart library. */
const chartOfRuns = () =>
  screen.findByRole('group', { name: /^Each run by/ }, { timeout: 60_000 });
const button = (name: string | RegExp) => screen.findByRole('button', { name });
/** Closes by keyboard alone, as somebody without a mouse does. */
async function press(
  user: ReturnType<typeof userEvent.setup>,
  control: HTMLElement,
) {
  act(() => control.focus());
  await user.keyboard('{Enter}');
  await waitFor(() => expect(control).not.toBeInTheDocument());
}

describe('a live update', () => {
  it('takes the focus from nobody when the cluster deletes an open run', async () => {
    const { update } = show(`/?days=90&${withStep}`);
    await chartOfRuns();
    await screen.findByRole('heading', { name: 'run-tests' });
    const elsewhere = await button('Run pipeline');
    act(() => elsewhere.focus());
    await update({ runs: delivery.runs.slice(1) });
    const panel = within(await recorded(run.name));
    panel.getByRole('heading', { name: 'run-tests' });
    expect(elsewhere).toHaveFocus();
    // And comes back, as when it was only out of sight.
    await update({ revision: 'back' });
    const row = await screen.findByRole('group', { name: /as a graph$/ });
    expect(row).toBeVisible();
    await screen.findByRole('heading', { name: 'run-tests' });
    expect(elsewhere).toHaveFocus();
  });

  it('moves nobody who reads without a focus, either', async () => {
    const { update } = show(`/?days=90&run=${run.name}`);
    await chartOfRuns();
    const focus = jest.spyOn(HTMLElement.prototype, 'focus');
    await update({ runs: delivery.runs.slice(1) });
    await recorded(run.name);
    expect(focus).not.toHaveBeenCalled();
    focus.mockRestore();
  });

  it('leaves alone who is busy when the run of the address comes late', async () => {
    let answer = (_: RunHistory) => {};
    const late = new Promise<RunHistory>(resolve => {
      answer = resolve;
    });
    jest.spyOn(ScriptedApi.prototype, 'getRunHistory').mockReturnValue(late);
    show(`/?days=90&run=${forgotten.name}`);
    await screen.findByRole('group', { name: 'Run durations' });
    const elsewhere = await button('Run pipeline');
    act(() => elsewhere.focus());
    await act(async () => answer(past.runs));
    await recorded(forgotten.name);
    expect(elsewhere).toHaveFocus();
    jest.restoreAllMocks();
  });
});

describe('the focus', () => {
  it.each(['graph', 'table'])(
    'goes back to the step of the %s when it is closed',
    async view => {
      const { user } = show(`/?run=${run.name}`);
      const steps = await screen.findByRole('group', {
        name: `Steps of ${run.name}, as a graph`,
      });
      if (view === 'table') {
        await user.click(screen.getByRole('radio', { name: 'Table' }));
      }
      const place =
        view === 'table'
          ? screen.getByRole('table', { name: /^Steps/ })
          : steps;
      const step = within(place).getByRole('button', { name: /^run-tests/ });
      act(() => step.focus());
      await user.keyboard('{Enter}');
      const heading = await screen.findByRole('heading', { name: 'run-tests' });
      await waitFor(() => expect(heading).toHaveFocus());
      await press(user, await button('Close run-tests'));
      expect(step).toHaveFocus();
    },
  );

  it('goes to a step that is opened together with its run', async () => {
    const { user } = show('/');
    const open = await button('Open log');
    await user.click(open);
    const heading = await screen.findByRole('heading', { name: 'run-tests' });
    await waitFor(() => expect(heading).toHaveFocus());
    // And to one that is open already.
    await user.click(open);
    expect(heading).toHaveFocus();
  });

  it('goes to a step that the address has opened when it is closed', async () => {
    const { user } = show(`/?${withStep}`);
    const heading = await screen.findByRole('heading', { name: 'run-tests' });
    await waitFor(() => expect(heading).toHaveFocus());
    await press(user, await button('Close run-tests'));
    expect(await button(/^run-tests Failed/)).toHaveFocus();
  });

  it('goes back to the point, or the row, that has opened a recorded run', async () => {
    const { user } = show('/?days=90');
    const chart = await chartOfRuns();
    const [oldest] = within(chart).getAllByRole('button');
    act(() => oldest.focus());
    await user.keyboard('{Enter}');
    const close = await button(/^Close Build/);
    expect(
      within(close.closest('section')!).getByRole('heading'),
    ).toHaveFocus();
    await press(user, close);
    expect(oldest).toHaveFocus();

    const [panel] = screen.getAllByRole('group', { name: 'Run durations' });
    panel.querySelector('details')!.open = true;
    const last = within(panel).getAllByRole('button').at(-1)!;
    act(() => last.focus());
    await user.keyboard('{Enter}');
    await press(user, await button(/^Close Build/));
    expect(last).toHaveFocus();
  });

  it('stays in the history when a run is closed that only the address has opened', async () => {
    const old = past.runs.runs.at(-1)!;
    const { user } = show(`/?days=7&run=${old.name}&run=${forgotten.name}`);
    // In which it is too old for a point of its own.
    const chart = await chartOfRuns();
    await press(
      user,
      within(await recorded(old.name)).getByRole('button', { name: /^Close/ }),
    );
    expect(chart).toContainElement(document.activeElement as HTMLElement);
  });

  it('goes from the note of an operation back to its button, or beside where that was', async () => {
    const { api, update, user } = show(`/?run=${run.name}`);
    api.answer = {
      outcome: 'accepted',
      sentence: say('operation.resubmit-run', { run: run.name }),
    };
    const operate = async (name: string) => {
      const it = await button(name);
      await waitFor(() => expect(it).toBeEnabled());
      act(() => it.focus());
      await user.keyboard('{Enter}');
      await screen.findByRole('dialog');
      await user.keyboard('{Enter}');
      await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
      return it;
    };
    const again = await operate(`Run again: ${run.name}`);
    await press(user, await button('Dismiss'));
    expect(again).toHaveFocus();

    await update({
      runs: [{ ...run, name: 'next', finishedAt: undefined }, ...delivery.runs],
    });
    await user.click(await button(/next/));
    const stop = await operate('Stop next');
    await update({ revision: 'gone' });
    await waitFor(() => expect(stop).not.toBeInTheDocument());
    await press(user, await button('Dismiss'));
    expect(await button(new RegExp(`${run.name}.*Failed`))).toHaveFocus();
  });

  it('goes to the first of the older runs when they are shown', async () => {
    const runs = Array.from({ length: 12 }, (_, i) => ({
      ...run,
      name: `build-${i}`,
    }));
    const { user } = show('/', { ...delivery, runs });
    await press(user, await button('Show 4 older runs'));
    expect(await button(/build-8/)).toHaveFocus();
  });

  it.each([
    ['content', 'group'],
    ['card', 'region'],
  ] as const)(
    'stays in the %s when what could not be read is tried again',
    async (kind, role) => {
      const api = new ScriptedApi();
      api.refusal = new Error('Failed to fetch');
      render(`entity-${kind}:delivery`, api);
      const again = await button('Try again');
      api.refusal = undefined;
      await press(userEvent.setup(), again);
      const part = screen.getByRole(role, { name: 'Delivery' });
      expect(part).toHaveFocus();
      // Clicks give it none.
      act(() => part.blur());
      expect(part).not.toHaveAttribute('tabindex');
    },
  );

  it('stays where something recorded is tried again', async () => {
    const { api, user } = show('/?days=90');
    Object.assign(api, { runHistory: new Error('ECONNREFUSED') });
    const again = await button('Try again');
    const panel = again.closest('[role=group]');
    expect(panel).toHaveAccessibleName('Run durations');
    api.runHistory = past.runs;
    await press(user, again);
    expect(panel).toHaveFocus();
  });
});
