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
  // The only test: in a second one nothing would have to be waited for, read ahead or not.
  it('is rendered together with the page where it was read ahead', async () => {
    const api = new ScriptedApi(fixture('healthy-dev'));
    readAhead(api, 'component:default/checkout');
    await waitFor(() => expect(api.streams).toBe(1));
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
    expect(Waiting).not.toHaveBeenCalled();
    expect(api.streams).toBe(1);
  });
});
