import { setTimeout as sleep } from 'node:timers/promises';
import {
  createBackendPlugin,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import notificationsBackend from '@backstage/plugin-notifications-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import { entity } from '../__testUtils__/entity';
import {
  buildSteps,
  COMMIT,
  healthyPipeline,
  pushBuild,
} from '../__testUtils__/objects';
import { until } from '../kubernetes/__testing__/until';
import { paymentsAndGuest } from './__testUtils__/notificationsBackend';
import { computed } from './__testUtils__/observe';
import {
  notificationsServiceRef,
  type NotificationsService,
} from './notificationsServiceRef';

jest.setTimeout(60_000);

/** A backend whose delivery plugin only notifies. */
async function start(delivery: object, features: BackendFeature[] = []) {
  let service: NotificationsService | undefined;
  const logger = mockServices.logger.mock();
  const { server } = await startTestBackend({
    features: [
      createBackendPlugin({
        pluginId: 'delivery',
        register(env) {
          env.registerInit({
            deps: { notifications: notificationsServiceRef },
            async init({ notifications }) {
              service = notifications;
            },
          });
        },
      }),
      mockServices.rootConfig.factory({
        data: { app: { baseUrl: 'http://localhost' }, delivery },
      }),
      catalogServiceMock.factory({ entities: paymentsAndGuest }),
      logger.factory,
      ...features,
    ],
  });
  return { server, logger, service: service! };
}

/** A build that fails now. */
function fail(service: NotificationsService): void {
  const run = pushBuild(COMMIT, 'Failed', buildSteps('run-tests', 'Failed'));
  const finishedAt = new Date(Date.now() + 1_000).toISOString();
  const { delivery, observation } = computed([
    ...healthyPipeline().filter((each: any) => each.kind !== 'Workflow'),
    { ...run, status: { ...run.status, finishedAt } },
  ]);
  service.observe(observation, delivery);
  service.keep([
    {
      ...entity(),
      relations: [{ type: 'ownedBy', targetRef: 'group:default/payments' }],
    } as Entity,
  ]);
}

it('tells the members of the group that owns the entity', async () => {
  const { server, service, logger } = await start(
    { notifications: { tabPath: 'ship' } },
    [notificationsBackend],
  );
  const told = async () => {
    const { body } = await request(server)
      .get('/api/notifications')
      .set('Authorization', mockCredentials.user.header('user:default/guest'));
    return body.notifications;
  };
  fail(service);
  await until('it is told', async () => (await told()).length > 0);
  await sleep(1_000);
  expect(await told()).toMatchObject([
    {
      payload: {
        title: 'checkout: the build of 9f3c1ab failed',
        link: '/catalog/default/component/checkout/ship?run=checkout-cicd-9f3c1',
        topic: 'build-failed',
        severity: 'high',
      },
    },
  ]);
  expect(logger.warn).not.toHaveBeenCalled();
});

it('says once where notifications are not installed', async () => {
  const { service, logger } = await start({
    notifications: { enabled: true },
  });
  fail(service);
  await until('it is said', () => logger.warn.mock.calls.length > 0);
  fail(service);
  await sleep(1_000);
  expect(logger.warn.mock.calls).toEqual([
    [expect.stringContaining('there is no notifications backend')],
  ]);
});

it('is silent unless it is asked to tell', async () => {
  for (const delivery of [{}, { notifications: { enabled: false } }]) {
    const { server, service, logger } = await start(delivery, [
      notificationsBackend,
    ]);
    fail(service);
    await sleep(500);
    const { body } = await request(server)
      .get('/api/notifications')
      .set('Authorization', mockCredentials.user.header('user:default/guest'));
    expect(body.notifications).toEqual([]);
    expect(logger.warn).not.toHaveBeenCalled();
  }
});
