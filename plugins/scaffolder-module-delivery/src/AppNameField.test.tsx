import { renderTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import { configure, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import scaffolderDeliveryModule from '.';
import { formAsking, taken } from './__testUtils__/form';

// The whole app, loaded piece by piece.
jest.setTimeout(180_000);
configure({ asyncUtilTimeout: 60_000 });

it('holds a taken name back in the form, says why, and lets a free one pass', async () => {
  renderTestApp({
    features: [scaffolderPlugin, scaffolderDeliveryModule],
    initialRouteEntries: ['/create/templates/default/create-app'],
    apis: [
      [catalogApiRef, catalogApiMock({ entities: [taken] })],
      [scaffolderApiRef, formAsking],
    ],
  });
  const user = userEvent.setup();
  const field = await screen.findByRole('textbox', { name: /Name/ });
  expect(field).toHaveAccessibleDescription('It names the repository.');
  expect(field).toBeRequired();

  await user.type(field, 'taken');
  await user.click(screen.getByRole('button', { name: 'Next' }));
  // Once in the form's list of problems, once below the field.
  expect(
    await screen.findAllByText(/The catalog has a component "taken" already/),
  ).toHaveLength(2);
  expect(screen.getByRole('textbox', { name: /Name/ })).toBeInvalid();

  await user.clear(screen.getByRole('textbox', { name: /Name/ }));
  await user.type(screen.getByRole('textbox', { name: /Name/ }), 'free');
  await user.click(screen.getByRole('button', { name: 'Next' }));
  expect(
    await screen.findByRole('button', { name: 'Review' }),
  ).toBeInTheDocument();
});
