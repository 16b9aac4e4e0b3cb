import { createBackend } from '@backstage/backend-defaults';
import './probe.ts';

/*
 * A real Backstage backend as small as it gets: catalog, permissions, sign-in as a
 * guest, and the plugins that are measured.
 */
const backend = createBackend();
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(
  import('@backstage/plugin-permission-backend-module-allow-all-policy'),
);
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('./entities.ts'));

const plugins = {
  delivery: () => import('@golden-path/plugin-delivery-backend'),
  kubernetes: () => import('@backstage/plugin-kubernetes-backend'),
  app: () => import('@backstage/plugin-app-backend'),
};
for (const name of process.env.BENCH_PLUGINS!.split(',')) {
  backend.add(plugins[name as keyof typeof plugins]());
}

void backend.start();
