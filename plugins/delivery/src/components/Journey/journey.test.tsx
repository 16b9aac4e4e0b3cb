import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { fixture } from '../../__fixtures__';
import { render, ScriptedApi } from '../../__testUtils__/render';

jest.setTimeout(180_000);

describe('the journey of a commit', () => {
  it('tells each step of the newest one with its time and link', async () => {
    const { container } = render(
      'entity-content:delivery',
      new ScriptedApi(fixture('ready-to-promote')),
    );
    const section = within(
      await screen.findByRole('region', { name: 'Journey of a commit' }),
    );
    section.getByText('6 min 40 sec from push to dev');
    const steps = within(
      section.getByRole('group', { name: '9dfa727' }),
    ).getAllByRole('listitem');
    expect(steps.map(step => step.textContent)).toEqual([
      'SucceededPushedGitea1 hour ago',
      'SucceededRun started4 sec later',
      'SucceededBuilt3 min 2 sec later',
      'SucceededIn the registry4 sec later',
      'SucceededWritten into the manifest6 sec later',
      'SucceededNoticed by Argo CD',
      'SucceededSynced to dev2 min 48 sec later',
      'SucceededHealthy in dev36 sec later',
      'WaitingPromoted to prodAsked for; waits for the pull request to be merged.',
    ]);
    expect(steps.at(-1)).toHaveAttribute('aria-current', 'step');
    expect(
      within(steps[0]).getByRole('link', { name: 'Gitea' }),
    ).toHaveAttribute('href', 'https://git.example/orders/commit/9dfa727');
    expect(await axe(container)).toHaveNoViolations();
  });

  it('lets any commit be chosen, also by its address', async () => {
    const api = new ScriptedApi(fixture('ready-to-promote'));
    render('entity-content:delivery', api, { at: '/?commit=initial' });
    const section = within(
      await screen.findByRole('region', { name: 'Journey of a commit' }),
    );
    const steps = within(section.getByRole('group', { name: 'First build' }));
    expect(
      steps.getAllByRole('listitem').map(step => step.textContent),
    ).toEqual([
      'SucceededBuilt',
      'SkippedSynced to dev9dfa727 went to dev instead.',
    ]);
    const choice = section.getByRole('button', { name: /Round totals/ });
    await act(async () => choice.focus());
    await userEvent.keyboard('{Enter}');
    expect(choice).toHaveAttribute('aria-pressed', 'true');
    section.getByRole('group', { name: '9dfa727' });
  });

  it('says what an environment is ahead of the next one by', async () => {
    render(
      'entity-content:delivery',
      new ScriptedApi(fixture('ready-to-promote')),
    );
    const ahead = await screen.findByText('3 commits ahead of prod');
    const list = within(ahead.closest('details')!);
    expect(list.getAllByRole('listitem').map(item => item.textContent)).toEqual(
      [
        expect.stringMatching(/Round totals per line · Ada Lovelace$/),
        expect.stringMatching(/Add totals per line · Grace Hopper$/),
        'and one more',
      ],
    );
  });
});
