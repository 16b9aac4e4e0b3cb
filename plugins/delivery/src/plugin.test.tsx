import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import plugin, { deliveryApiRef } from '.';
import { fixture } from './__fixtures__';
import type { FixtureName } from './__fixtures__';
import { entity, render, ScriptedApi } from './__testUtils__/render';

// Whole apps are rendered, and axe looks at each.
jest.setTimeout(180_000);

const showTab = (
  name: FixtureName,
  options: { at?: string; minutesAgo?: number } = {},
) => {
  const { minutesAgo = 0 } = options;
  const moment = Date.now() - minutesAgo * 60_000;
  const api = new ScriptedApi(fixture(name, moment));
  return { api, ...render('entity-content:delivery', api, options) };
};

const withoutAnnotation = {
  ...entity,
  metadata: {
    name: 'checkout',
    annotations: {} as typeof entity.metadata.annotations,
  },
};

const path = async () =>
  within(await screen.findByRole('region', { name: 'Golden path' }));

describe('Delivery tab', () => {
  afterEach(() => jest.restoreAllMocks());

  it('is not there for an entity without the annotation', async () => {
    render('entity-content:delivery', new ScriptedApi(), {
      entity: withoutAnnotation,
    });
    expect(await screen.findByTestId('empty-entity-page')).toBeInTheDocument();
  });

  describe('at its own address', () => {
    beforeEach(() =>
      window.history.pushState(
        {},
        '',
        '/catalog/default/component/checkout/delivery',
      ),
    );
    afterEach(() => window.history.pushState({}, '', '/'));

    it('is read before there is a page to show it on', async () => {
      const api = new ScriptedApi(fixture('healthy-dev'));
      const asked = jest.spyOn(api, 'streamDelivery');
      render('entity-content:delivery', api, { entity: withoutAnnotation });
      await screen.findByTestId('empty-entity-page');
      await waitFor(() =>
        expect(asked).toHaveBeenCalledWith(
          expect.objectContaining({ entityRef: 'component:default/checkout' }),
        ),
      );
    });

    it('is read once, by whoever comes first', async () => {
      const { api } = showTab('healthy-dev');
      await path();
      await screen.findByRole('region', { name: 'Runs' });
      expect(api.streams).toBe(1);
    });
  });

  it('shows its frame while it loads', async () => {
    const { container } = render('entity-content:delivery', new ScriptedApi());
    expect(
      await screen.findByRole('status', {
        name: 'Reading the delivery of checkout',
      }),
    ).toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says on day 0 what will happen', async () => {
    showTab('day-0');
    expect(
      await screen.findByRole('heading', { name: 'There is no pipeline yet.' }),
    ).toBeInTheDocument();
    const steps = within(
      await screen.findByRole('region', { name: 'What will happen now' }),
    ).getAllByRole('listitem');
    expect(steps).toHaveLength(4);
    expect(steps[0]).toHaveTextContent(/Argo CD finds the pipeline folder/);
    expect(screen.queryByRole('region', { name: 'Runs' })).toBeNull();
  });

  it('marks where work is going on', async () => {
    showTab('first-build', { minutesAgo: 1 });
    const current = (await path())
      .getAllByRole('listitem')
      .filter(item => item.getAttribute('aria-current') === 'step');
    expect(current).toHaveLength(1);
    expect(current[0]).toHaveTextContent(/Build/);
    expect(current[0]).toHaveTextContent(/is at step build-and-push/);
    expect(current[0]).toHaveTextContent(/1 minute ago/);
  });

  it('shows dev and prod side by side', async () => {
    showTab('healthy-dev', { minutesAgo: 58 });
    const environments = within(
      await screen.findByRole('region', { name: 'Environments' }),
    );
    const [dev, prod] = environments
      .getAllByRole('heading', { level: 3 })
      .map(heading => within(heading.closest('li')!));
    dev.getByText('dev');
    dev.getByText('Synced');
    dev.getByText('Healthy');
    dev.getByText('orders:9dfa727');
    expect(dev.getByText('Since').nextElementSibling).toHaveTextContent(
      /^58 minutes ago/,
    );
    dev.getByText('1 of 1 ready');
    prod.getByText('prod');
    prod.getByText('Holds nothing yet: waiting for the first promotion.');
    expect(prod.queryByText('Healthy')).toBeNull();

    const user = userEvent.setup();
    const writeText = jest.spyOn(navigator.clipboard, 'writeText');
    await user.click(
      dev.getByRole('button', { name: 'Copy the image reference' }),
    );
    expect(await dev.findByRole('button', { name: 'Copied' })).toBeVisible();
    expect(writeText).toHaveBeenCalledWith(
      expect.stringMatching(
        /\.amazonaws\.com\/peeks\/orders:9dfa727[0-9a-f]{33}$/,
      ),
    );
  });

  it('says what failed, in whose words, and what to do', async () => {
    showTab('failed-build');
    await path();
    const headline = screen.getByRole('heading', {
      name: 'Run orders-cicd-cicd-g2h5h failed at step run-tests.',
    });
    const banner = within(headline.closest<HTMLElement>('[role="status"]')!);
    banner.getByText(/2 of 214 tests failed/);
    banner.getByText(/environments keep running what they had/);

    const runs = within(await screen.findByRole('region', { name: 'Runs' }));
    // Seen without opening anything.
    runs.getByText(/2 of 214 tests failed/);
    // Dev stays as it was.
    expect(screen.getByText('orders:9dfa727')).toBeVisible();
  });

  it('leads from a failed build to its log', async () => {
    showTab('failed-build');
    const user = userEvent.setup();
    await user.click(await screen.findByRole('button', { name: 'Open log' }));
    const heading = await screen.findByRole(
      'heading',
      { name: 'run-tests' },
      // The first test that opens a run loads its view.
      { timeout: 60_000 },
    );
    await waitFor(() => expect(heading).toHaveFocus());
  });

  it('opens a run in place by keyboard, and at its own URL', async () => {
    showTab('failed-build');
    const user = userEvent.setup();
    const trigger = await screen.findByRole('button', {
      name: /Build of 5a033f7/,
    });
    for (let i = 0; i < 40 && document.activeElement !== trigger; i++) {
      await user.tab();
    }
    expect(trigger).toHaveFocus();
    await user.keyboard('{Enter}');
    const steps = await screen.findByRole('group', {
      name: 'Steps of orders-cicd-cicd-g2h5h, as a graph',
    });
    expect(within(steps).getAllByRole('button')).toHaveLength(5);
  });

  it('shows an opened run to whoever follows the link to it', async () => {
    const seen: unknown[] = [];
    jest
      .spyOn(Element.prototype, 'scrollIntoView')
      .mockImplementation(function scrollIntoView(this: Element, how) {
        seen.push([this.getAttribute('data-run'), how]);
      });
    const { container } = showTab('healthy-dev', {
      at: '/?run=orders-cicd-setup-workflow',
    });
    const steps = await screen.findByRole('group', {
      name: 'Steps of orders-cicd-setup-workflow, as a graph',
    });
    expect(within(steps).getAllByRole('button')).toHaveLength(4);
    expect(seen).toEqual([
      [
        'orders-cicd-setup-workflow',
        expect.objectContaining({ block: 'start' }),
      ],
    ]);
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says what it does not know, and since when, and why', async () => {
    showTab('cluster-unreachable');
    const user = userEvent.setup();
    await path();
    expect(
      screen.getByText(/The cluster does not answer. What you see was true/),
    ).toHaveTextContent(/6 minutes ago/);
    const indicator = screen.getByRole('button', {
      name: /Outdated · as of 6 minutes ago/,
    });
    expect(screen.queryByRole('button', { name: 'Live' })).toBeNull();
    await user.click(indicator);
    const details = within(await screen.findByRole('dialog'));
    expect(details.getByText('Stale')).toBeVisible();
    expect(details.getByRole('listitem')).toHaveTextContent(
      /kro CICDPipeline, .*ECR Repository.*ECONNREFUSED/,
    );
    expect(await axe(screen.getByRole('dialog'))).toHaveNoViolations();
    await user.keyboard('{Escape}');
    await waitFor(() => expect(indicator).toHaveFocus());
  });

  it('does not call live what it may not read', async () => {
    showTab('source-forbidden');
    const user = userEvent.setup();
    await user.click(
      await screen.findByRole('button', { name: 'Partly live' }),
    );
    const details = within(await screen.findByRole('dialog'));
    expect(details.getByText('Forbidden')).toBeVisible();
    details.getByText(/cannot list resource "applications"/);
  });

  it('shows a change as it comes, in place, and tells it', async () => {
    const { api } = showTab('first-build');
    const list = (await path()).getByRole('list');
    const source = within(list).getAllByRole('listitem')[0];
    expect(screen.getByRole('button', { name: 'Live' })).toBeInTheDocument();

    await act(async () => api.send(fixture('healthy-dev')));
    expect(
      await screen.findByRole('heading', { name: '9dfa727 runs in dev.' }),
    ).toBeInTheDocument();
    expect((await path()).getByRole('list')).toBe(list);
    expect(within(list).getAllByRole('listitem')[0]).toBe(source);
    expect(api.streams).toBe(1);
    expect(
      screen.getByText(/Build: Succeeded\..*Run in dev: Succeeded\./),
    ).toHaveAttribute('aria-live', 'polite');
  });

  it('says which permission is missing and whom to ask', async () => {
    const api = new ScriptedApi();
    api.refusal = new NotAllowedError('Denied by policy');
    const { container } = render('entity-content:delivery', api);
    const alert = within(await screen.findByRole('alert'));
    alert.getByText('You may not see the delivery of checkout.');
    alert.getByText(/permission delivery.read .* owner \(team-payments\)/);
    alert.getByText('Denied by policy');
    expect(await axe(container)).toHaveNoViolations();

    api.refusal = undefined;
    api.send(fixture('healthy-dev'));
    await userEvent.click(alert.getByRole('button', { name: 'Try again' }));
    await path();
  });

  it.each([
    [
      new NotFoundError('gone'),
      'The catalog does not have checkout, or not for you.',
    ],
    [new Error('Failed to fetch'), 'The delivery backend does not answer.'],
  ])('explains %s', async (refusal, title) => {
    const api = new ScriptedApi();
    api.refusal = refusal;
    render('entity-content:delivery', api);
    const alert = within(await screen.findByRole('alert'));
    alert.getByRole('heading', { name: title });
    expect(alert.getByText(refusal.message)).toBeVisible();
  });
});

describe('Delivery card', () => {
  it('shows path, newest commit and environments in a few lines', async () => {
    render('entity-card:delivery', new ScriptedApi(fixture('failed-build')));
    const list = await screen.findByRole('list', { name: 'Golden path' });
    expect(
      within(list)
        .getAllByRole('listitem')
        .map(item => item.textContent),
    ).toEqual([
      'SucceededSource',
      'SucceededPipeline',
      'SucceededTrigger',
      'FailedBuild',
      'SucceededImage',
      'Succeededdev',
      'WaitingPromotion',
      'Waitingprod',
    ]);
    screen.getByText('Run orders-cicd-cicd-g2h5h failed at step run-tests.');
    // The station, and the stage in trouble.
    expect(screen.getAllByText('Build')).toHaveLength(2);
    screen.getByText('5a033f7');
    screen.getByText('9dfa727');
    screen.getByText('holds nothing yet');
  });

  it('is not there for whoever may not see the delivery', async () => {
    const api = new ScriptedApi();
    api.refusal = new NotAllowedError('Denied by policy');
    render('entity-card:delivery', api);
    await waitFor(() => expect(api.streams).toBe(1));
    const card = () => screen.queryByRole('region', { name: 'Delivery' });
    await waitFor(() => expect(card()).toBeNull());
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('says in words why there is nothing to see', async () => {
    const api = new ScriptedApi();
    api.refusal = new NotFoundError('gone');
    const { container } = render('entity-card:delivery', api);
    const alert = within(await screen.findByRole('alert'));
    alert.getByText('The catalog does not have checkout, or not for you.');
    expect(await axe(container)).toHaveNoViolations();
  });

  it('shares its stream with the tab', async () => {
    const api = new ScriptedApi(fixture('healthy-dev'));
    renderTestApp({
      extensions: [
        createTestEntityPage({ entity }),
        plugin.getExtension('entity-card:delivery'),
        plugin.getExtension('entity-content:delivery'),
      ],
      apis: [[deliveryApiRef, api]],
    });
    await path();
    await waitFor(() =>
      expect(screen.getAllByRole('button', { name: 'Live' })).toHaveLength(2),
    );
    expect(api.streams).toBe(1);
  });
});
