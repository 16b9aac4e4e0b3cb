import {
  AuthenticationError,
  ConflictError,
  NotAllowedError,
} from '@backstage/errors';
import {
  act,
  fireEvent,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import type { Delivery } from '@golden-path/plugin-delivery-common';
import { fixture } from '../../__fixtures__';
import { render, ScriptedApi } from '../../__testUtils__/render';
import { resizeViewport } from '../../__testUtils__/viewport';

// Whole apps are rendered, and axe looks at each.
jest.setTimeout(180_000);

function failedBuild(): Delivery {
  const delivery = fixture('failed-build');
  delivery.runs[0].usualSeconds = 180;
  return delivery;
}
const run = failedBuild().runs[0];
const failed = run.steps.find(({ name }) => name === 'run-tests')!;

const show = (at: string, delivery = failedBuild()) => {
  const api = new ScriptedApi(delivery);
  return { api, ...render('entity-content:delivery', api, { at }) };
};
const graph = async () =>
  within(
    await screen.findByRole('group', {
      name: `Steps of ${run.name}, as a graph`,
    }),
  );

describe('a run', () => {
  afterEach(() => resizeViewport());

  it('is a graph that is walked with arrow keys, and a table that says the same', async () => {
    const { container } = show(`/?run=${run.name}`);
    const user = userEvent.setup();
    const steps = (await graph()).getAllByRole('button');
    [
      /^checkout-code Succeeded · \d sec$/,
      /^run-tests Failed · \d sec .*2 of 214 tests failed/,
      /^build-and-push Omitted$/,
      /^update-deployment Omitted$/,
      /^notify-completion Omitted$/,
    ].forEach((name, i) => expect(steps[i]).toHaveAccessibleName(name));
    expect(steps).toHaveLength(5);
    screen.getByText(/usually 3 min/);
    expect(await axe(container)).toHaveNoViolations();

    act(() => steps[0].focus());
    await user.keyboard('{ArrowRight}');
    expect(steps[1]).toHaveFocus();
    expect(steps.map(step => step.tabIndex)).toEqual([-1, 0, -1, -1, -1]);
    await user.keyboard('{End}{ArrowLeft}{Home}{ArrowRight}{Enter}');
    expect(steps[1]).toHaveAttribute('aria-pressed', 'true');
    expect(
      await screen.findByRole('heading', { level: 4, name: 'run-tests' }),
    ).toHaveFocus();

    await user.click(screen.getByRole('radio', { name: 'Table' }));
    const table = within(
      screen.getByRole('table', { name: `Steps of ${run.name}` }),
    );
    const rows = table.getAllByRole('row').map(row => row.textContent);
    expect(rows[1]).toMatch(/^checkout-codeSucceeded\d sec$/);
    expect(rows[2]).toMatch(
      /^run-testsFailed\d secAfter: checkout-code.*2 of 214 tests failed/,
    );
    expect(rows[3]).toMatch(/^build-and-push.*run-tests$/);
    expect(await axe(container)).toHaveNoViolations();
  });

  it('is a table where a graph does not fit, unless a graph is asked for', async () => {
    show(`/?run=${run.name}`);
    await graph();
    act(() => resizeViewport(390));
    expect(
      screen.getByRole('table', { name: `Steps of ${run.name}` }),
    ).toBeVisible();
    act(() => resizeViewport());
    await graph();
    await userEvent.click(screen.getByRole('radio', { name: 'Table' }));
    await userEvent.click(screen.getByRole('radio', { name: 'Graph' }));
    act(() => resizeViewport(390));
    await graph();
  });

  it('says why it does not tell everything', async () => {
    const delivery = failedBuild();
    delivery.runs[0].steps = [];
    delivery.runs[0].stepsNote = {
      code: 'steps.elsewhere',
      values: { run: run.name },
      text: 'elsewhere',
    };
    show(`/?run=${run.name}`, delivery);
    await screen.findByText(/keeps the steps of .* in its own database/);
    const runs = within(screen.getByRole('region', { name: 'Runs' }));
    // None of these can be retried.
    expect(runs.queryByRole('button', { name: /^Retry/ })).toBeNull();
    runs.getByRole('button', { name: `Run again: ${run.name}` });
  });
});

describe('the first image', () => {
  it.each(['succeeded', 'failed'] as const)(
    'is built again only where it was not: %s',
    async status => {
      const delivery = failedBuild();
      Object.assign(delivery.runs[0], { imageTag: 'initial', status });
      show(`/?run=${run.name}`, delivery);
      await graph();
      const again = screen.queryAllByRole('button', {
        name: `Run again: ${run.name}`,
      });
      expect(again).toHaveLength(status === 'failed' ? 1 : 0);
    },
  );
});

describe('the log of a step', () => {
  const openLog = async () => {
    const shown = show(
      `/?run=${run.name}&step=${encodeURIComponent(failed.id)}`,
    );
    const log = await screen.findByRole('log', { name: 'Log of run-tests' });
    return { ...shown, log };
  };

  it('has its own address, is followed, searched and saved, and says how it ends', async () => {
    const { api, log, container } = await openLog();
    const user = userEvent.setup();
    expect(api.logsAsked).toEqual([
      {
        entityRef: failedBuild().entityRef,
        run: run.name,
        step: failed.id,
      },
    ]);
    screen.getByText('Reading the log');
    await act(async () =>
      api.log.say({
        event: 'lines',
        data: {
          lines: [
            { text: 'ok 1 adds', time: '2026-11-24T06:03:00.123Z' },
            { text: 'not ok 2 Rounds' },
          ],
        },
      }),
    );
    expect(await within(log).findByText('not ok 2 Rounds')).toBeVisible();
    within(log).getByTitle(/^Nov 2\d, 2026, \d+:\d\d:00\.123 [AP]M \S+$/);
    screen.getByText('Followed live');
    expect(await axe(container)).toHaveNoViolations();

    await user.type(
      screen.getByRole('searchbox', { name: 'Search the log' }),
      'rounds',
    );
    await screen.findByText('One line matches');
    expect(within(log).queryByText('ok 1 adds')).toBeNull();

    const saved: string[] = [];
    const createObjectURL = jest.fn((_blob: Blob) => 'blob:1');
    Object.assign(URL, { createObjectURL, revokeObjectURL: jest.fn() });
    jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(function save(this: HTMLAnchorElement) {
        saved.push(this.download);
      });
    await user.click(screen.getByRole('button', { name: 'Download' }));
    await waitFor(() => expect(saved).toEqual([`${run.name}-run-tests.log`]));
    expect(createObjectURL.mock.calls[0][0].size).toBe(
      `log of ${failed.id}`.length,
    );

    await act(async () =>
      api.log.say({ event: 'end', data: { reason: 'complete' } }),
    );
    await screen.findByText('End of the log.');

    await user.click(screen.getByRole('button', { name: 'Close run-tests' }));
    await waitFor(() => expect(log).not.toBeInTheDocument());
  });

  it('is that of the newest attempt, unless somebody has chosen one', async () => {
    const tried = (...statuses: Array<'failed' | 'running'>) => {
      const delivery = failedBuild();
      delivery.revision = `attempt ${statuses.length}`;
      const step = delivery.runs[0].steps.find(({ id }) => id === failed.id)!;
      step.attempts = statuses.map((status, i) => ({
        id: `attempt-${i + 1}`,
        status,
        phase: status === 'failed' ? 'Failed' : 'Running',
        startedAt: step.startedAt,
      }));
      return delivery;
    };
    const { api } = show(
      `/?run=${run.name}&step=${encodeURIComponent(failed.id)}`,
      tried('running'),
    );
    const user = userEvent.setup();
    const asked = () => api.logsAsked.map(({ step }) => step);
    await screen.findByRole('log', { name: 'Log of run-tests' });
    await act(async () =>
      api.log.say({ event: 'end', data: { reason: 'complete' } }),
    );
    await screen.findByText('Nothing was written.');
    const search = screen.getByRole('searchbox', { name: 'Search the log' });
    await user.type(search, 'not ok');

    await act(async () => api.send(tried('failed', 'running')));
    await waitFor(() => expect(asked()).toEqual(['attempt-1', 'attempt-2']));
    expect(screen.getByRole('radio', { name: 'Attempt 2' })).toBeChecked();
    screen.getByText('Reading the log');
    // Nobody is disturbed in looking for something.
    expect(search).toHaveFocus();
    expect(search).toHaveValue('not ok');

    await user.click(screen.getByRole('radio', { name: 'Attempt 1' }));
    await waitFor(() => expect(asked().at(-1)).toBe('attempt-1'));
    await act(async () => api.send(tried('failed', 'failed', 'running')));
    await screen.findByRole('radio', { name: 'Attempt 3' });
    expect(screen.getByRole('radio', { name: 'Attempt 1' })).toBeChecked();
    expect(asked()).toHaveLength(3);
  });

  const openRefused = (refusal: Error) => {
    const api = new ScriptedApi(failedBuild());
    api.logRefusal = refusal;
    render('entity-content:delivery', api, {
      at: `/?run=${run.name}&step=${encodeURIComponent(failed.id)}`,
    });
    return api;
  };

  it('says why a step has not begun, and follows it as soon as it has', async () => {
    const words = 'Step "run-tests" has not begun (ImagePullBackOff)';
    const api = openRefused(new ConflictError(words));
    expect(await screen.findByText(words)).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
    api.logRefusal = undefined;
    api.log.say({ event: 'lines', data: { lines: [] } });
    await screen.findByText('Followed live', {}, { timeout: 5_000 });
  });

  it('says who may not read it, and what helps, and keeps the focus by it', async () => {
    const words = 'The reading account of cluster "dev" may not read logs';
    const api = openRefused(new NotAllowedError(words));
    const user = userEvent.setup();
    expect(await screen.findByText(words)).toBeVisible();
    const log = screen.getByRole('log', { name: 'Log of run-tests' });
    const tryAgain = async () => {
      const button = screen.getByRole('button', { name: 'Try again' });
      act(() => button.focus());
      await user.keyboard('{Enter}');
      expect(log).toHaveFocus();
    };

    api.logRefusal = new NotAllowedError(
      'Permission delivery.read is needed for component:default/cart',
    );
    await tryAgain();
    await screen.findByText(
      /^You may not read this log. It needs the permission delivery.read /,
    );
    api.logRefusal = new AuthenticationError('Invalid token');
    await tryAgain();
    await screen.findByText(/^Your session has ended. Sign in again/);

    api.logRefusal = undefined;
    await tryAgain();
    await act(async () =>
      api.log.say({ event: 'end', data: { reason: 'forbidden' } }),
    );
    await screen.findByText(
      /^You may no longer read this log. It needs the permission delivery.logs.read /,
    );
    await tryAgain();
    await screen.findByText('Reading the log');
  });

  it('takes whoever jumps to its end there, with the focus', async () => {
    const { log } = await openLog();
    const jump = screen.getByRole('button', { name: 'Jump to the end' });
    expect(jump).toBeDisabled();
    Object.defineProperty(log, 'scrollHeight', { value: 1_000 });
    fireEvent.scroll(log);
    expect(jump).toBeEnabled();
    act(() => jump.focus());
    await userEvent.setup().keyboard('{Enter}');
    expect(jump).toBeDisabled();
    expect(log).toHaveFocus();
    expect(log.scrollTop).toBe(1_000);
  });
});
