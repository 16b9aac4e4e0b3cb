import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { databaseServiceFactory } from '@backstage/backend-defaults/database';
import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import type { BackendFeature } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import notificationsBackend from '@backstage/plugin-notifications-backend';
import {
  watchHealthSchema,
  type WatchHealth,
} from '@golden-path/plugin-delivery-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { parse } from 'yaml';
import { PostgresServer } from '../history/__testUtils__/PostgresServer';
import { deliveryPlugin } from '../plugin';

/**
 * What replicas of a portal share: a PostgreSQL server, and Backstage's notifications.
 */
export class Replicas {
  readonly features: BackendFeature[] = [
    notificationsBackend,
    databaseServiceFactory,
    schedulerServiceFactory,
  ];
  readonly #stops: Array<() => Promise<void>> = [];

  private constructor(
    private readonly server: PostgresServer,
    /** Configuration of each. */
    readonly settings: Record<string, any>,
  ) {}

  /** @param delivery - settings of the plugin beside the clusters */
  static async create(delivery: object): Promise<Replicas> {
    const platform = parse(
      readFileSync(
        join(process.env.DELIVERY_PLATFORM_DIR ?? '', 'app-config.yaml'),
        'utf8',
      ),
    );
    const server = await PostgresServer.start();
    const { host, user } = server.connection();
    return new Replicas(server, {
      app: { baseUrl: 'http://localhost' },
      delivery: { ...platform.delivery, ...delivery },
      backend: {
        ...platform.backend,
        baseUrl: 'http://localhost',
        // Backstage makes a database for each plugin.
        database: { client: 'pg', connection: { host, user } },
      },
    });
  }

  /**
   * Starts one more that has these entities in its catalog.
   *
   * @returns how its watches do, at any later moment
   */
  async start(entities: Entity[]): Promise<() => Promise<WatchHealth>> {
    const replica = await startTestBackend({
      features: [
        deliveryPlugin,
        ...this.features,
        catalogServiceMock.factory({ entities }),
        mockServices.rootConfig.factory({ data: this.settings }),
      ],
    });
    this.#stops.push(() => replica.stop());
    return async () => {
      const response = await fetch(
        `http://127.0.0.1:${replica.server.port()}/api/delivery/v1/health`,
        { headers: { Authorization: mockCredentials.service.header() } },
      );
      return watchHealthSchema.parse(await response.json());
    };
  }

  async stop(): Promise<void> {
    await Promise.all(this.#stops.splice(0).map(stop => stop()));
    await this.server.stop();
  }
}

/** What a user has been told, newest first, as the page "Notifications" asks for it. */
export async function notificationsOf(
  user: string,
  origin: string,
): Promise<any[]> {
  const response = await fetch(`${origin}/api/notifications?limit=100`, {
    headers: { Authorization: mockCredentials.user.header(user) },
  });
  if (!response.ok) {
    throw new Error(`${response.status} ${await response.text()}`);
  }
  return ((await response.json()) as any).notifications;
}
