import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../bootstrap/root.mjs';

const NAME = 'out-of-reach';

/**
 * Settings of a portal with what the browser tests need beside the local platform:
 * a cluster that does not answer, and entities that point to nothing.
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
