import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { say } from '@golden-path/plugin-delivery-common';
import type {
  Delivery,
  OperationOutcome,
} from '@golden-path/plugin-delivery-common';
import { fixture } from '../../__fixtures__';
import { render, ScriptedApi } from '../../__testUtils__/render';

// Whole apps are rendered, and axe looks at each.
jest.setTimeout(180_000);

/** A failed build, as the backend diagnoses it, with a past that can be gone back to. */
function failedBuild(): Delivery {
  const delivery = fixture('failed-build');
  const [run] = delivery.runs;
  const build = delivery.stages.find(({ kind }) => kind === 'build');
  build!.diagnosis!.operation = { operation: 'retry-run', run: run.name };
  const [dev] = delivery.environments;
  dev.argoCd.automated = true;
  dev.argoCd.history = [
    { id: 8, revision: '8'.repeat(40), deployedAt: run.createdAt },
    { id: 7, revision: '7'.repeat(40), deployedAt: run.createdAt },
  ];
  return delivery;
}

const run = failedBuild().runs[0].name;
const retryName = `Retry ${run}`;

let shown = 0;
const show = (
  delivery = failedBuild(),
  options: { denied?: string[]; at?: string } = {},
) => {
  // What an entity permits is remembered for a moment, also from test to test.
  shown += 1;
  delivery.entityRef = `component:default/orders-${shown}`;
  const api = new ScriptedApi(delivery);
  return { api, ...render('entity-content:delivery', api, options) };
};

/** Goes on with the Tab key until the control has the focus. */
async function tabTo(
  user: ReturnType<typeof userEvent.setup>,
  to: HTMLElement,
) {
  for (let i = 0; i < 60 && document.activeElement !== to; i++) {
    await user.tab();
  }
  expect(to).toHaveFocus();
}

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

  const askToPromote = async (user: ReturnType<typeof userEvent.setup>) => {
    const [promote] = await screen.findAllByRole('button', {
      name: 'Promote to prod',
    });
    await user.click(promote);
    return screen.findByRole('dialog');
  };

  it('warn of promoting what is not well where it runs', async () => {
    show(fixture('image-pull'));
    const dialog = await askToPromote(userEvent.setup());
    within(dialog).getByText('dev is not well at the moment');
    within(dialog).getByText(/^The image of .* cannot be pulled\.$/);
    expect(await axe(dialog)).toHaveNoViolations();
  });

  it('do not warn where dev runs well and Argo CD only has not noticed more', async () => {
    show(fixture('not-noticed'));
    const dialog = await askToPromote(userEvent.setup());
    expect(within(dialog).queryByText(/is not well/)).toBeNull();
  });

  it('promote what the user has read, not what came meanwhile', async () => {
    const delivery = failedBuild();
    const { api } = show(delivery);
    const user = userEvent.setup();
    const dialog = within(await askToPromote(user));
    const newer = failedBuild();
    newer.entityRef = delivery.entityRef;
    newer.revision = 'next';
    const [dev] = newer.environments;
    const { tag } = dev.image!;
    const other = 'f'.repeat(40);
    dev.image = { reference: `registry/orders:${other}`, tag: other };
    await act(async () => api.send(newer));
    await screen.findByText('orders:fffffff');
    dialog.getByText(/puts 9dfa727, which runs in dev, into prod/);
    api.answer = new Error('"dev" holds another one by now');
    await user.click(dialog.getByRole('button', { name: 'Promote' }));
    expect(await dialog.findByRole('alert')).toHaveTextContent(
      'holds another one by now',
    );
    expect(api.operated).toEqual([
      { operation: 'promote', environment: 'prod', tag },
    ]);
  });

  it('are not offered again while the pull request waits, to which the headline leads', async () => {
    const delivery = fixture('ready-to-promote');
    const stage = delivery.stages.find(({ id }) => id === 'promotion:prod')!;
    stage.sentence = say('promotion.asked', { tag: '9dfa727', to: 'prod' });
    stage.diagnosis = {
      cause: stage.sentence,
      nextStep: say('promotion.asked.next'),
      routine: true,
    };
    const url = 'https://git.example/pulls/7';
    stage.links = [{ title: 'Pull request', url }];
    show(delivery);
    const next = await screen.findByText(/Merge the pull request/);
    const headline = within(next.closest('section')!);
    expect(
      headline.getByRole('link', { name: /Pull request/ }),
    ).toHaveAttribute('href', url);
    expect(headline.queryByRole('button', { name: /Promote/ })).toBeNull();
  });

  it('lead to the pull request of a promotion', async () => {
    const { api } = show();
    const user = userEvent.setup();
    await user.click(
      await screen.findByRole('button', { name: 'Promote to prod' }),
    );
    const dialog = within(
      await screen.findByRole('dialog', { name: 'Promote to prod' }),
    );
    dialog.getByText(
      'A pull request puts 9dfa727, which runs in dev, into prod. It is deployed when somebody merges it.',
    );
    expect(dialog.queryByText(/is not well/)).toBeNull();
    api.answer = {
      outcome: 'accepted',
      sentence: say('operation.promote', {
        tag: '9dfa727',
        environment: 'prod',
      }),
      link: { title: 'Pull request 7', url: 'https://git.example/pulls/7' },
    };
    await user.click(dialog.getByRole('button', { name: 'Promote' }));
    expect(
      await dialog.findByRole('link', { name: 'Pull request 7' }),
    ).toHaveAttribute('href', 'https://git.example/pulls/7');
    expect(api.operated).toEqual([
      {
        operation: 'promote',
        environment: 'prod',
        tag: failedBuild().environments[0].image!.tag,
      },
    ]);
    // The header of the dialog has a button of the same name.
    const [close] = dialog.getAllByRole('button', { name: 'Close' }).slice(-1);
    await waitFor(() => expect(close).toHaveFocus());
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
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

  it.each([
    {
      verb: 'Suspend',
      status: 'succeeded',
      sentence: say('pipeline.active'),
    },
    {
      verb: 'Suspend',
      // Of its set-up alone.
      status: 'suspended',
      sentence: say('pipeline.settingUp', { step: 'approve' }),
    },
    {
      verb: 'Resume',
      status: 'suspended',
      sentence: say('pipeline.suspended'),
    },
    {
      verb: 'Resume',
      status: 'suspended',
      sentence: say('pipeline.suspendedChanged', { resourceGroup: 'cicd' }),
    },
  ])(
    '$verb the pipeline as it stands: $sentence.text',
    async ({ verb, sentence, status }) => {
      const delivery = failedBuild();
      const pipeline = delivery.stages.find(({ kind }) => kind === 'pipeline')!;
      Object.assign(pipeline, { sentence, status });
      show(delivery);
      const buttons = await screen.findAllByRole('button', {
        name: /^(Suspend|Resume) the pipeline$/,
      });
      expect(buttons.map(button => button.textContent)).toEqual([
        `${verb} the pipeline`,
      ]);
    },
  );

  it('say which permission is missing, and can be reached to read it', async () => {
    const { api, container } = show(failedBuild(), {
      denied: ['delivery.operate'],
    });
    const user = userEvent.setup();
    // Beside the button of the banner, for all to see.
    await screen.findByText(/It needs the permission delivery.operate/);
    const retry = screen.getByRole('button', { name: retryName });
    expect(retry).toHaveAttribute('aria-disabled', 'true');
    await tabTo(user, retry);
    expect(retry).toHaveAccessibleDescription(
      /It needs the permission delivery.operate for this entity/,
    );
    await user.keyboard('{Enter}');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(api.operated).toEqual([]);
    // Who may not retry may still release.
    expect(
      screen.getByRole('button', { name: 'Promote to prod' }),
    ).not.toHaveAttribute('aria-disabled');
    expect(await axe(container)).toHaveNoViolations();
  });

  it('say why nothing can be done in a cluster', async () => {
    const delivery = failedBuild();
    delivery.operable = false;
    delivery.notOperable = say('operable.noAccount', { cluster: 'hub' });
    show(delivery);
    await screen.findByText(delivery.notOperable.text);
    for (const name of [retryName, 'Run pipeline', 'Promote to prod']) {
      expect(await screen.findByRole('button', { name })).toHaveAttribute(
        'aria-disabled',
        'true',
      );
    }
  });
});
