import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { say } from '@golden-path/plugin-delivery-common';
import { fixture } from '../../__fixtures__';
import { failedBuild } from './__testUtils__/failedBuild';
import { show } from './__testUtils__/show';

// Whole apps are rendered, and axe looks at each.
jest.setTimeout(180_000);

const askToPromote = async (user: ReturnType<typeof userEvent.setup>) => {
  const [promote] = await screen.findAllByRole('button', {
    name: 'Promote to prod',
  });
  await user.click(promote);
  return screen.findByRole('dialog');
};

describe('promotions', () => {
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
});
