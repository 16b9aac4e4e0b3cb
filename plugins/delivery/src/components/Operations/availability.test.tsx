import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { say } from '@golden-path/plugin-delivery-common';
import { failedBuild, retryName } from './__testUtils__/failedBuild';
import { show, tabTo } from './__testUtils__/show';

// Whole apps are rendered, and axe looks at each.
jest.setTimeout(180_000);

describe('offered operations', () => {
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
