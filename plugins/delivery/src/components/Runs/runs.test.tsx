import type { Delivery } from '@golden-path/plugin-delivery-common';
import { screen, within } from '@testing-library/react';
import { fixture } from '../../__fixtures__';
import { render, ScriptedApi } from '../../__testUtils__/render';

// Whole apps are rendered.
jest.setTimeout(60_000);

const shown = async (delivery: Delivery) => {
  render('entity-content:delivery', new ScriptedApi(delivery));
  return within(await screen.findByRole('region', { name: 'Runs' }));
};

describe('the list of runs where there is none', () => {
  it('leads to the history where something ran before', async () => {
    const runs = await shown({ ...fixture('failed-build'), runs: [] });
    runs.getByText(
      'Argo Workflows keeps no run at present. Those that have ended are listed under History.',
    );
    expect(runs.queryByText('Nothing has run yet.')).toBeNull();
  });

  it.each(['setting-up', 'healthy-prod'] as const)(
    'says so where nothing ran before: %s',
    async name => {
      const { journeys, ...delivery } = fixture(name);
      const runs = await shown({
        ...delivery,
        runs: [],
        // A commit that is not meant to be built is no past.
        journeys: journeys?.filter(({ run }) => run === undefined),
      });
      expect(runs.getByText('Nothing has run yet.')).toBeVisible();
    },
  );
});
