import { type BackendFeature } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { deliveryPlugin } from '../plugin';
import { deliveryOver } from './deliveryOver';
import { MemoryCluster } from './MemoryCluster';

/** A backend with the plugin over a cluster in memory. */
export async function startDelivery(
  entities: Entity[],
  objects: object[],
  features: BackendFeature[] = [],
) {
  const cluster = new MemoryCluster('local').put(...objects);
  cluster.flush();
  const permissions = mockServices.permissions.mock({
    authorize: jest.fn().mockResolvedValue([{ result: AuthorizeResult.ALLOW }]),
    authorizeConditional: jest
      .fn()
      .mockResolvedValue([{ result: AuthorizeResult.ALLOW }]),
  });
  const auditor = mockServices.auditor.mock({
    createEvent: jest.fn().mockResolvedValue({
      success: jest.fn().mockResolvedValue(undefined),
      fail: jest.fn().mockResolvedValue(undefined),
    }),
  });
  const catalog = catalogServiceMock.mock({
    getEntityByRef: jest.fn(async ref =>
      catalogServiceMock({ entities }).getEntityByRef(ref),
    ),
    getEntities: jest.fn(async request =>
      catalogServiceMock({ entities }).getEntities(request),
    ),
  });
  const backend = await startTestBackend({
    features: [
      deliveryPlugin,
      ...features,
      permissions.factory,
      auditor.factory,
      catalog.factory,
      deliveryOver(cluster),
    ],
  });
  return {
    server: backend.server,
    stop: () => backend.stop(),
    cluster,
    permissions,
    auditor,
    catalog,
  };
}
