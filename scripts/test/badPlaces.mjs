import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../bootstrap/root.mjs';

const NAME = 'out-of-reach';

/**
 * Settings of a portal with what the browser tests need beside the local platform:
 * a cluster that does not answer, entities that point to nothing, and one whose
 * delivery is not for everybody.
 */
export async function badPlaces({ directory, config }) {
  // There only after the dependencies are installed.
  const { parse, stringify } = await import('yaml');
  const kubeconfig = join(directory, `kubeconfig-${NAME}`);
  await writeFile(
    kubeconfig,
    stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: NAME, cluster: { server: 'https://127.0.0.1:1' } }],
      users: [{ name: NAME, user: { token: 'none' } }],
      contexts: [{ name: NAME, context: { cluster: NAME, user: NAME } }],
      'current-context': NAME,
    }),
  );
  const { delivery } = parse(await readFile(config, 'utf8'));
  const { catalog } = parse(
    await readFile(join(root, 'app-config.yaml'), 'utf8'),
  );
  return {
    permission: { enabled: true, deliveries: 'owners' },
    auth: {
      providers: {
        guest: {
          userEntityRef: 'user:default/guest',
          // Until the catalog knows the user.
          ownershipEntityRefs: ['user:default/guest', 'group:default/payments'],
        },
      },
    },
    delivery: {
      ...delivery,
      clusters: [...delivery.clusters, { name: NAME, kubeconfig }],
    },
    catalog: {
      locations: [
        ...catalog.locations,
        {
          type: 'file',
          target: join(root, 'packages/app/e2e-tests/entities.yaml'),
        },
      ],
    },
  };
}
