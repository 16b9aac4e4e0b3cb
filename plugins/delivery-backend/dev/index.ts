import { existsSync } from 'node:fs';
import path from 'node:path';
import { createBackend } from '@backstage/backend-defaults';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { openApi } from '../src/router/openApi';

/*
 * A minimal backend with the real plugin, signed in as user:default/mock who may do
 * everything. Start it with `yarn start` in this package; it prints each of its routes.
 *
 * DELIVERY_KUBECONFIG names the cluster to watch (default: the local platform's),
 * DELIVERY_OPERATOR_KUBECONFIG the account that operates it, DELIVERY_APPS the
 * applications (default: checkout), PORT where to listen.
 */
const apps = (process.env.DELIVERY_APPS ?? 'checkout').split(',');
const port = Number(process.env.PORT ?? 7007);
const ofPlatform = (name: string) =>
  path.resolve(__dirname, '../../../.platform', name);
const kubeconfig =
  process.env.DELIVERY_KUBECONFIG ?? ofPlatform('kubeconfig-reader');
const operatorKubeconfig =
  process.env.DELIVERY_OPERATOR_KUBECONFIG ?? ofPlatform('kubeconfig-operator');

const backend = createBackend();

backend.add(
  mockServices.rootConfig.factory({
    data: {
      backend: {
        baseUrl: `http://localhost:${port}`,
        listen: { host: '127.0.0.1', port },
        database: { client: 'better-sqlite3', connection: ':memory:' },
      },
      delivery: {
        clusters: [
          {
            name: 'local',
            kubeconfig,
            ...(existsSync(operatorKubeconfig) && { operatorKubeconfig }),
          },
        ],
      },
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
      relations: [{ type: 'ownedBy', targetRef: 'group:default/guests' }],
    })),
  }),
);
backend.add(import('../src'));

backend.start().then(() => process.stdout.write(`\n${commands()}\n\n`));

/** A command for each route of the document that describes them. */
function commands(): string {
  const known: Record<string, string> = {
    kind: 'component',
    namespace: 'default',
    name: apps[0],
  };
  return Object.entries<object>(openApi().paths)
    .flatMap(([template, methods]) => {
      const route = template.replace(
        /\{(\w+)\}/g,
        (_match, parameter: string) =>
          known[parameter] ?? parameter.toUpperCase(),
      );
      const query = template.endsWith('/v1/dora')
        ? '?owner=group:default/guests'
        : '';
      const url = `http://localhost:${port}/api/delivery${route}${query}`;
      return Object.keys(methods).map(method =>
        method === 'post'
          ? `curl --json '{"operation":"sync","environment":"dev"}' '${url}'`
          : `curl -N '${url}'`,
      );
    })
    .join('\n');
}
