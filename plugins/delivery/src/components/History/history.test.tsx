import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { fixture } from '../../__fixtures__';
import { dora, pastOf } from '../../__fixtures__/past';
import { render, ScriptedApi } from '../../__testUtils__/render';

// Whole apps are rendered, and axe looks at each.
jest.setTimeout(60_000);

function recorded() {
  const delivery = fixture('failed-build');
  const api = new ScriptedApi(delivery);
  const { runs, deployments } = pastOf(delivery);
  api.runHistory = runs;
  api.deploymentHistory = deployments;
  api.dora = dora({ parts: 15 });
  return { api, delivery, runs: runs.runs };
}

const show = (api: ScriptedApi, at = '/') =>
  render('entity-content:delivery', api, { at });

const section = async () =>
  within(await screen.findByRole('region', { name: 'History' }));

const chart = async () =>
  within(
    await screen.findByRole('group', {
      name: 'Each run by when it ended and how long it took',
    }),
  );

const asked = (api: ScriptedApi) => api.historyAsked.length;

describe('the history of a delivery', () => {
  it('draws what was recorded, says it in words, and has tables of the same', async () => {
    const { api } = recorded();
    const { container } = show(api);
    const history = await section();
    const points = (await chart()).getAllByRole('button');
    history.getByText(`${points.length} runs, `, { exact: false });
    history.getByText('A build usually takes 3 min 16 sec');
    history.getByText('2.4 a day');
    const deployments = history.getByRole('img', {
      name: /^Deployments: \d+ to dev, \d+ to prod/,
    });
    expect(within(deployments).getByText('Promotions')).toBeInTheDocument();

    const [ofFigures, ofRuns, ofDeployments] = history.getAllByRole('table', {
      hidden: true,
    });
    expect(
      within(ofFigures).getAllByRole('row', { hidden: true }),
    ).toHaveLength(16);
    expect(within(ofRuns).getAllByRole('row', { hidden: true })).toHaveLength(
      points.length + 1,
    );
    expect(
      within(ofDeployments)
        .getAllByRole('columnheader', { hidden: true })
        .map(({ textContent }) => textContent),
    ).toEqual(['Day', 'dev', 'prod', 'Promotions']);
    // What the drawing tells under the pointer alone.
    const promoted = within(ofDeployments).getAllByRole('listitem', {
      hidden: true,
    });
    const [, count] = /(\d+) promotions$/.exec(
      deployments.getAttribute('aria-label')!,
    )!;
    expect(promoted).toHaveLength(Number(count));
    promoted.forEach(({ textContent }) =>
      expect(textContent).toMatch(
        /^Promotion of [0-9a-f]{7} to prod by alice · \w{3} \d+, \d{4}, \d+:\d\d/,
      ),
    );
    expect(await axe(container)).toHaveNoViolations();
    expect(asked(api)).toBe(3);
  });

  it('leads by keys to a run that the cluster still has', async () => {
    const { api, delivery } = recorded();
    show(api);
    const user = userEvent.setup();
    const points = (await chart()).getAllByRole('button');
    const newest = points[points.length - 1];
    expect(newest).toHaveAccessibleName(
      /^Build of [0-9a-f]{7}, Failed, \d+ sec/,
    );
    expect(points.filter(({ tabIndex }) => tabIndex === 0)).toEqual([newest]);
    act(() => newest.focus());
    await user.keyboard('{Home}{ArrowRight}');
    expect(points[1]).toHaveFocus();
    await user.keyboard('{End}{Enter}');
    const row = within(await screen.findByRole('region', { name: 'Runs' }));
    await waitFor(() =>
      expect(
        row.getByRole('button', {
          name: new RegExp(delivery.runs[0].name),
          expanded: true,
        }),
      ).toHaveFocus(),
    );
  });

  it('opens a run that only the history knows, at the same kind of address', async () => {
    const { api, runs } = recorded();
    const forgotten = runs.find(
      ({ uid, status }) => uid.startsWith('made-') && status === 'failed',
    )!;
    const { container } = show(api, `/?days=90&run=${forgotten.name}`);
    const user = userEvent.setup();
    const run = await screen.findByRole('region', {
      name: new RegExp(forgotten.name),
    });
    expect(within(run).getByRole('heading')).toHaveFocus();
    within(run).getByText(/This is what was recorded of this run/);
    expect(
      within(run)
        .getAllByRole('row')
        .map(row => row.textContent)[2],
    ).toMatch(/^run-testsFailed.*2 of 214 tests failed/);
    expect(await axe(container)).toHaveNoViolations();
    await user.click(within(run).getByRole('button', { name: 'run-tests' }));
    await within(run).findByRole('log', { name: 'Log of run-tests' });
    expect(api.logsAsked).toEqual([
      expect.objectContaining({ run: forgotten.name }),
    ]);
    await user.click(within(run).getByRole('button', { name: /^Close Build/ }));
    await waitFor(() => expect(run).not.toBeInTheDocument());
    expect(api.historyAsked).toContainEqual(
      expect.objectContaining({ days: 90, parts: 13 }),
    );
  });

  it('says when nothing is known of a run, until that is dismissed', async () => {
    const { container } = show(recorded().api, '/?run=gone');
    const user = userEvent.setup();
    const notice = await screen.findByText(
      /Nothing is known of the run gone: Argo Workflows has deleted it/,
    );
    expect(notice).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
    await user.click(screen.getByRole('button', { name: 'Close gone' }));
    await waitFor(() => expect(notice).not.toBeInTheDocument());
  });

  it.each(['stale', 'syncing', 'forbidden', 'not-installed'] as const)(
    'does not call a run deleted while Workflows are %s',
    async state => {
      const { api, delivery, runs } = recorded();
      api.send({
        ...delivery,
        revision: 'later',
        runs: [],
        sources: delivery.sources.map(source =>
          source.kind === 'Workflow' ? { ...source, state } : source,
        ),
      });
      show(api, `/?run=gone&run=${runs[0].name}`);
      await screen.findByText(
        /^The run gone is not in the recorded history. Whether Argo/,
      );
      await screen.findByRole('region', { name: new RegExp(runs[0].name) });
      expect(screen.queryByText(/has deleted/)).toBeNull();
      screen.getByRole('button', { name: 'Close gone' });
    },
  );

  it('does not call a run unknown that may be older than what was read', async () => {
    const { api, runs } = recorded();
    api.runHistory = { runs, nextCursor: 'next', usualDurations: [] };
    show(api, '/?run=old');
    await screen.findByText(
      `The run old is not among the newest ${runs.length} that were recorded. It may be an older one.`,
    );
    expect(screen.queryByText(/Nothing is known/)).toBeNull();
    screen.getByRole('button', { name: 'Close old' });
  });

  it('asks again when the stream tells that a run has ended, and not before', async () => {
    const { api, delivery } = recorded();
    show(api);
    await chart();
    const running = {
      ...delivery.runs[0],
      name: 'next',
      phase: 'Running',
      status: 'running' as const,
      finishedAt: undefined,
    };
    const revision = (number: number) => `later-${number}`;
    await act(async () =>
      api.send({
        ...delivery,
        revision: revision(1),
        runs: [running, ...delivery.runs],
      }),
    );
    await screen.findByText('next');
    await new Promise(resolve => setTimeout(resolve, 2_000));
    expect(asked(api)).toBe(3);

    await act(async () =>
      api.send({
        ...delivery,
        revision: revision(2),
        runs: [
          {
            ...running,
            phase: 'Failed',
            status: 'failed',
            finishedAt: new Date().toISOString(),
          },
          ...delivery.runs,
        ],
      }),
    );
    await waitFor(() => expect(asked(api)).toBe(6));
  });

  it('shows its frame while it is read', async () => {
    const { container } = show(new ScriptedApi(fixture('failed-build')));
    await screen.findByRole('group', { name: 'Run durations' });
    expect((await section()).queryByRole('img')).toBeNull();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says what fills it while it is empty', async () => {
    const { api } = recorded();
    api.runHistory = { runs: [], usualDurations: [] };
    api.deploymentHistory = { deployments: [], last: [], promotions: [] };
    api.dora = { window: dora().window, unrestored: 0 };
    const { container } = show(api);
    await screen.findByText(/Each run is written down when it ends/);
    await screen.findByText(/Each deployment is written down when Argo CD/);
    expect(await screen.findAllByText('Not enough data')).toHaveLength(4);
    expect(await axe(container)).toHaveNoViolations();
  });

  it.each<[string, Error, RegExp]>([
    [
      'is not allowed',
      new NotAllowedError('no'),
      /permission delivery.read for this entity/,
    ],
    [
      'no backend answers at the address',
      new NotFoundError('No route'),
      /This backend keeps no history/,
    ],
    [
      'the database is away',
      new Error('connect ECONNREFUSED'),
      /This cannot be read right now/,
    ],
  ])('says why, and tries again, where it %s', async (_what, error, text) => {
    const { api, delivery } = recorded();
    const { runs } = pastOf(delivery);
    api.runHistory = error;
    const { container } = show(api);
    const user = userEvent.setup();
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent(text);
    // The others do not suffer.
    await (await section()).findByRole('img', { name: /^Deployments/ });
    expect(await axe(container)).toHaveNoViolations();
    api.runHistory = runs;
    await user.click(within(alert).getByRole('button', { name: 'Try again' }));
    expect((await chart()).getAllByRole('button').length).toBeGreaterThan(5);
  });

  it('says once what is the matter with all of it', async () => {
    const { api } = recorded();
    const { runHistory, deploymentHistory, dora: figures } = api;
    const error = new Error('connect ECONNREFUSED');
    Object.assign(api, {
      runHistory: error,
      deploymentHistory: error,
      dora: error,
    });
    show(api);
    const user = userEvent.setup();
    const alert = await screen.findByText('connect ECONNREFUSED');
    expect(alert).toBeVisible();
    Object.assign(api, { runHistory, deploymentHistory, dora: figures });
    await user.click(
      (await section()).getByRole('button', { name: 'Try again' }),
    );
    await chart();
    await (await section()).findByText('2.4 a day');
  });
});
