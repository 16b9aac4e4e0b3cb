import { fetchApiRef } from '@backstage/frontend-plugin-api';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import { LocalPlatformPage } from './LocalPlatformPage';

function render(ok: boolean, body: object) {
  return renderInTestApp(<LocalPlatformPage />, {
    apis: [
      [
        fetchApiRef,
        { fetch: async () => ({ ok, json: async () => body } as Response) },
      ],
    ],
  });
}

const kro = {
  name: 'kro',
  title: 'kro',
  state: 'ready',
  since: new Date().toISOString(),
};

describe('LocalPlatformPage', () => {
  it('says what is ready, what is being built and how long that takes', async () => {
    render(true, {
      systems: [
        kro,
        {
          name: 'kubevela',
          title: 'KubeVela',
          state: 'building',
          since: new Date(Date.now() - 65_000).toISOString(),
          expectedSeconds: 200,
          message: 'Building vela-core: 25 packages compiled',
        },
      ],
    });
    expect(
      await screen.findByText(/1 of 2 systems are ready/),
    ).toBeInTheDocument();
    const row = screen.getByRole('row', { name: /KubeVela/ });
    expect(within(row).getByText('building')).toBeInTheDocument();
    expect(within(row).getByText(/1:0\d min of about 3:20 min/)).toBeVisible();
    expect(within(row).getByText(/25 packages compiled/)).toBeVisible();
  });

  it('says when all systems are ready', async () => {
    render(true, { systems: [kro] });
    expect(await screen.findByText(/All systems .* are ready/)).toBeVisible();
  });

  it('says that there is none where a cluster of its own is used', async () => {
    render(false, {
      error: { message: 'No local platform: the portal uses a cluster' },
    });
    expect(await screen.findByText(/No local platform/)).toBeVisible();
  });
});
