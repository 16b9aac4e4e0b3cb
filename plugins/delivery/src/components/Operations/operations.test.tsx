import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { say } from '@golden-path/plugin-delivery-common';
import type { OperationOutcome } from '@golden-path/plugin-delivery-common';
import { failedBuild, retryName, run } from './__testUtils__/failedBuild';
import { show, tabTo } from './__testUtils__/show';

// Whole apps are rendered, and axe looks at each.
jest.setTimeout(180_000);

describe('operations', () => {
  it('say what will happen, and are done by keyboard alone', async () => {
    const { api, container } = show();
    const user = userEvent.setup();
    const retry = await screen.findByRole('button', { name: retryName });
    expect(await axe(container)).toHaveNoViolations();
    await tabTo(user, retry);
    await user.keyboard('{Enter}');
    const dialog = await screen.findByRole('dialog', { name: retryName });
    within(dialog).getByText(/The failed steps of this run start once more/);
    expect(await axe(dialog)).toHaveNoViolations();
    await user.keyboard('{Escape}');
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    expect(api.operated).toEqual([]);
    await waitFor(() => expect(retry).toHaveFocus());

    api.answer = {
      outcome: 'accepted',
      sentence: say('operation.retry-run', { run }),
    };
    await user.keyboard('{Enter}');
    await screen.findByRole('dialog');
    await user.keyboard('{Enter}');
    const outcome = await screen.findByText(
      `Run ${run} tries its failed steps again.`,
    );
    expect(outcome.closest('[aria-live="polite"]')).not.toBeNull();
    expect(api.operated).toEqual([{ operation: 'retry-run', run }]);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('wait until the stream shows what they led to', async () => {
    const { api } = show();
    const user = userEvent.setup();
    api.answer = {
      outcome: 'accepted',
      sentence: say('operation.retry-run', { run }),
    };
    await user.click(await screen.findByRole('button', { name: retryName }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.click(dialog.getByRole('button', { name: 'Retry' }));
    const retry = await screen.findByRole('button', {
      name: new RegExp(retryName),
    });
    await waitFor(() => expect(retry).toHaveAttribute('aria-disabled', 'true'));
    const running = failedBuild();
    running.revision = 'next';
    running.runs[0].phase = 'Running';
    await act(async () => api.send(running));
    await waitFor(() =>
      expect(
        screen.getByRole('button', { name: new RegExp(retryName) }),
      ).not.toHaveAttribute('aria-disabled'),
    );
  });

  it('say in the dialog why they were refused', async () => {
    const { api } = show();
    const user = userEvent.setup();
    await user.click(await screen.findByRole('button', { name: 'Sync dev' }));
    const dialog = within(
      await screen.findByRole('dialog', { name: 'Sync dev' }),
    );
    api.answer = new Error('Argo CD is being upgraded');
    await user.click(dialog.getByRole('button', { name: 'Sync' }));
    await waitFor(() =>
      expect(dialog.getByRole('alert')).toHaveTextContent(
        'It was not done.Argo CD is being upgraded',
      ),
    );
    await user.click(dialog.getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('that are cancelled too late are told beside what is asked meanwhile', async () => {
    const { api } = show();
    const user = userEvent.setup();
    const answers: Array<{
      resolve: (outcome: OperationOutcome) => void;
      reject: (error: Error) => void;
    }> = [];
    jest
      .spyOn(api, 'operate')
      .mockImplementation(
        () =>
          new Promise((resolve, reject) => answers.push({ resolve, reject })),
      );
    const ask = async (name: string) => {
      await user.click(await screen.findByRole('button', { name }));
      return within(await screen.findByRole('dialog', { name }));
    };
    const cancelTooLate = async (name: string, label: string) => {
      const dialog = await ask(name);
      await user.click(dialog.getByRole('button', { name: label }));
      await user.click(dialog.getByRole('button', { name: 'Cancel' }));
      await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    };
    await cancelTooLate(retryName, 'Retry');
    await cancelTooLate('Promote to prod', 'Promote');
    await cancelTooLate('Run pipeline', 'Run pipeline');

    const asked = await ask('Sync dev');
    const isAsked = () => {
      expect(screen.getAllByRole('dialog')).toHaveLength(1);
      asked.getByText(/^Argo CD brings dev to what Git says now/);
      expect(asked.getByRole('alert')).toBeEmptyDOMElement();
      const sync = asked.getByRole('button', { name: 'Sync' });
      expect(sync).not.toHaveAttribute('aria-disabled');
      return sync;
    };
    const sentence = say('operation.retry-run', { run });
    await act(async () =>
      answers[0].resolve({ outcome: 'accepted', sentence }),
    );
    const note = await screen.findByText(sentence.text);
    // Also to those who hear the dialog alone.
    expect(note.closest('[aria-hidden="true"]')).toBeNull();
    isAsked();
    const link = { title: 'Pull request 7', url: 'https://git.example/7' };
    await act(async () =>
      answers[1].resolve({
        outcome: 'accepted',
        sentence: say('operation.promote', { tag: 'x', environment: 'prod' }),
        link,
      }),
    );
    isAsked();
    await act(async () => answers[2].reject(new Error('No such template')));
    const sync = isAsked();

    await user.click(sync);
    const done = say('operation.sync', { environment: 'dev' });
    await act(async () =>
      answers[3].resolve({ outcome: 'accepted', sentence: done }),
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(
      [...note.closest('[aria-live]')!.children].map(it => it.textContent),
    ).toEqual([
      sentence.text,
      expect.stringMatching(/Pull request 7$/),
      'Run pipeline: It was not done. No such template',
      done.text,
    ]);
    expect(screen.getByRole('link', { name: link.title })).toHaveAttribute(
      'href',
      link.url,
    );
    await user.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(note).not.toBeInTheDocument();
  });

  it('go back to a deployment of the history', async () => {
    const { api } = show();
    const user = userEvent.setup();
    await user.click(await screen.findByText('Earlier deployments'));
    await user.click(
      screen.getByRole('button', { name: 'Roll back dev to 7777777' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    dialog.getByText(
      /A pull request puts the image of Git revision 7777777 into dev again/,
    );
    api.answer = new Error('no');
    await user.click(dialog.getByRole('button', { name: 'Roll back' }));
    await waitFor(() =>
      expect(api.operated).toEqual([
        { operation: 'rollback', environment: 'dev', deployment: 7 },
      ]),
    );
  });
});
