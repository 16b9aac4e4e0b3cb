import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BackendFeature } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  eventually,
  startPortal,
} from '@golden-path/plugin-scaffolder-backend-module-delivery/src/__testUtils__/portal';
import { recordAudit, type AuditRecord } from '../__testUtils__/recordAudit';
import { RealCluster } from '../kubernetes/__testing__/RealCluster';
import { deliveryPlugin } from '../plugin';
import { GoldenPath } from './GoldenPath';

/** What scenarios share: a portal on the local platform, and the platform's administrator. */
export interface Portal {
  cluster: RealCluster;
  /** Address of the plugin. */
  url: string;
  audit: AuditRecord[];
  /** Names of permissions that nobody has now. */
  denied: Set<string>;
  /** Makes an application as the template of this repository does, and follows it. */
  makeApp(
    name: string,
    values?: { namespace?: string; owner?: string; table?: boolean },
  ): Promise<GoldenPath>;
  /** Notes how long the effect of an operation took. */
  measured(operation: string, milliseconds: number): void;
  close(): Promise<void>;
}

/**
 * A portal with catalog, scaffolder and the delivery plugin, on the local platform.
 *
 * @param settings - configuration in place of the platform's, by its first keys
 * @param features - what else the portal has
 */
export async function openPortal(
  settings: object = {},
  features: BackendFeature[] = [],
): Promise<Portal> {
  const platform = process.env.DELIVERY_PLATFORM_DIR ?? '';
  const audit: AuditRecord[] = [];
  const denied = new Set<string>();
  const decide = async (requests: Array<{ permission: { name: string } }>) =>
    requests.map(({ permission }) => ({
      result: denied.has(permission.name)
        ? AuthorizeResult.DENY
        : AuthorizeResult.ALLOW,
    }));
  const [cluster, backend] = await Promise.all([
    RealCluster.connect(),
    startPortal(platform, settings, [
      deliveryPlugin,
      recordAudit(audit),
      mockServices.permissions.mock({
        authorize: decide as never,
        authorizeConditional: decide as never,
      }).factory,
      ...features,
    ]),
  ]);
  const apps: GoldenPath[] = [];
  const portal: Portal = {
    cluster,
    url: `http://127.0.0.1:${backend.server.port()}/api/delivery`,
    audit,
    denied,
    async makeApp(name, values = {}) {
      const task = await backend.createApp({
        name,
        owner: 'group:default/payments',
        description: 'An application of the tests',
        port: 8080,
        replicas: 1,
        ingress: true,
        table: false,
        ...values,
      });
      if (task.status !== 'completed') {
        throw new Error(`${name}: ${JSON.stringify(task.log, undefined, 1)}`);
      }
      await eventually(
        `${name} in the catalog`,
        () => backend.entity(`component:default/${name}`),
        30,
      );
      const app = await GoldenPath.follow(
        portal,
        name,
        values.namespace ?? `team-${name}`,
      );
      apps.push(app);
      return app;
    },
    measured: (operation, milliseconds) =>
      appendFileSync(
        join(platform, 'operations.jsonl'),
        `${JSON.stringify({
          operation,
          milliseconds: Math.round(milliseconds),
        })}\n`,
      ),
    async close() {
      apps.forEach(app => app.stream.close());
      await cluster.close();
    },
  };
  return portal;
}
