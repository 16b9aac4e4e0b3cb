import type { Delivery } from '@golden-path/plugin-delivery-common';
import { screen } from '@testing-library/react';
import { fixture } from '../../__fixtures__';
import { render, ScriptedApi } from '../../__testUtils__/render';

// Whole apps are rendered.
jest.setTimeout(60_000);

/** What Argo Workflows has left of it some hours later. */
function laterOf(delivery: Delivery): Delivery {
  return {
    ...delivery,
    runs: delivery.runs.filter(({ purpose }) => purpose !== 'build'),
  };
}

const newest = async (delivery: Delivery) => {
  render('entity-card:delivery', new ScriptedApi(delivery));
  return (await screen.findByText('Newest commit')).nextElementSibling;
};

describe('the newest commit of the card', () => {
  it('is told when its run was deleted', async () => {
    const delivery = laterOf(fixture('failed-build', Date.now() - 7_200_000));
    expect(await newest(delivery)).toHaveTextContent(/^5a033f7 2 hours ago$/);
  });

  it('is not one that is not meant to be built', async () => {
    const delivery = laterOf(fixture('healthy-prod'));
    expect(delivery.journeys?.[0]).toMatchObject({
      status: 'skipped',
      current: 'run-started',
    });
    expect(await newest(delivery)).toHaveTextContent(/^c41b8d0/);
  });

  it('is there before the first push, as one that is not', async () => {
    expect(await newest(fixture('first-build'))).toHaveTextContent('none yet');
  });
});
