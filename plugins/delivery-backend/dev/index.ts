import path from 'node:path';
import { createBackend } from '@backstage/backend-defaults';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';

/*
 * A minimal backend with the real plugin, signed in as user:default/mock. Start it with
 * `yarn start` in this package; then try
 *
 *   curl http://localhost:7007/api/delivery/v1/entities/component/default/checkout/delivery
 *   curl -N http://localhost:7007/api/delivery/v1/entities/component/default/checkout/delivery/stream
 *
 * DELIVERY_KUBECONFIG names the cluster to watch (default: the local platform's),
 * DELIVERY_APPS the applications (default: checkout), PORT where to listen.
 */
const apps = (process.env.DELIVERY_APPS ?? 'checkout').split(',');
const port = Number(process.env.PORT ?? 7007);
const kubeconfig =
  process.env.DELIVERY_KUBECONFIG ??
  path.resolve(__dirname, '../../../.platform/kubeconfig-reader');

const backend = createBackend();

backend.add(
  mockServices.rootConfig.factory({
    data: {
      backend: {
        baseUrl: `http://localhost:${port}`,
        listen: { host: '127.0.0.1', port },
        database: { client: 'better-sqlite3', connection: ':memory:' },
      },
      delivery: { clusters: [{ name: 'local', kubeconfig }] },
    },
  }),
);
backend.add(mockServices.auth.factory());
backend.add(mockServices.httpAuth.factory());
backend.add(mockServices.permissions.factory());
backend.add(
  catalogServiceMock.factory({
    entities: apps.map(app => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: app,
        annotations: {
          'kro.run/resource-group': 'cicdpipeline.kro.run',
          'kro.run/instance-name': `${app}-cicd-pipeline`,
          'kro.run/instance-namespace': `team-${app}`,
          'argocd/app-name': `${app}-cicd`,
        },
      },
      spec: { type: 'service', lifecycle: 'experimental', owner: 'guests' },
    })),
  }),
);
backend.add(import('../src'));

backend.start();
