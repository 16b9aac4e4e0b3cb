import { createBackend } from '@backstage/backend-defaults';
import './probe.ts';

/*
 * A real Backstage backend as small as it gets: catalog, permissions, sign-in as a
 * guest, and the one plugin that is measured.
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
backend.add(
  process.env.BENCH_PLUGIN === 'kubernetes'
    ? import('@backstage/plugin-kubernetes-backend')
    : import('@golden-path/plugin-delivery-backend'),
);
void backend.start();
