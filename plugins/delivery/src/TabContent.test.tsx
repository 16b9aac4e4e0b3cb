import {
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen, waitFor } from '@testing-library/react';
import { Suspense } from 'react';
import { fixture } from './__fixtures__';
import { entity, ScriptedApi } from './__testUtils__/render';
import { deliveryApiRef } from './api';
import { readAhead, TabContent } from './TabContent';

jest.setTimeout(60_000);

describe('TabContent', () => {
  /** Renders it, and tells how often it was not there yet. */
  async function show(api: ScriptedApi) {
    const Waiting = jest.fn(() => <></>);
    renderInTestApp(
      <TestApiProvider apis={[[deliveryApiRef, api]]}>
        <EntityProvider entity={entity}>
          <Suspense fallback={<Waiting />}>
            <TabContent />
          </Suspense>
        </EntityProvider>
      </TestApiProvider>,
    );
    await screen.findByRole('region', { name: 'Golden path' });
    return Waiting.mock.calls.length;
  }
  const api = () => new ScriptedApi(fixture('healthy-dev'));

  it('waits for what was not read ahead', async () => {
    await expect(show(api())).resolves.toBeGreaterThan(0);
  });

  it('is rendered together with the page where it was read ahead', async () => {
    const ofTab = api();
    readAhead(ofTab, 'component:default/checkout');
    await waitFor(() => expect(ofTab.streams).toBe(1));
    await expect(show(ofTab)).resolves.toBe(0);
    expect(ofTab.streams).toBe(1);
  });
});
