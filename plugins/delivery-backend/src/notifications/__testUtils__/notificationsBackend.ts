import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import notificationsBackend from '@backstage/plugin-notifications-backend';
import { notificationsProcessingExtensionPoint } from '@backstage/plugin-notifications-node';
import request from 'supertest';

const metadata = (name: string) => ({ name, namespace: 'default' });

/** `guest` is the only member of `payments`. */
export const paymentsAndGuest = [
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: metadata('payments'),
    spec: { type: 'team', children: [] },
    relations: [{ type: 'hasMember', targetRef: 'user:default/guest' }],
  },
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: metadata('guest'),
    spec: { memberOf: ['payments'] },
  },
];

/** Lets each notification take a while, as one that goes on to mail does, and counts them. */
export function slowProcessor(onSend: () => void, delayMs: () => number) {
  return createBackendModule({
    pluginId: 'notifications',
    moduleId: 'slow',
    register(env) {
      env.registerInit({
        deps: { processing: notificationsProcessingExtensionPoint },
        async init({ processing }) {
          processing.addProcessor({
            getName: () => 'slow',
            async processOptions(options) {
              onSend();
              return options;
            },
            async preProcess(notification) {
              await new Promise(resolve => setTimeout(resolve, delayMs()));
              return notification;
            },
          });
        },
      });
    },
  });
}

/** Backstage's own notifications backend, with one group and its member. */
export async function startNotificationsBackend(
  processor: ReturnType<typeof slowProcessor>,
) {
  const backend = await startTestBackend({
    features: [
      notificationsBackend,
      catalogServiceMock.factory({ entities: paymentsAndGuest }),
      mockServices.rootConfig.factory({
        data: { app: { baseUrl: 'http://localhost' } },
      }),
      processor,
    ],
  });
  const { server } = backend;
  return {
    url: `http://127.0.0.1:${server.port()}/api/notifications`,
    token: mockCredentials.service.token(),
    stop: () => backend.stop(),
    /** Titles of what a user has, sorted. */
    async titlesOf(user: string): Promise<string[]> {
      const { body } = await request(server)
        .get('/api/notifications?limit=1000')
        .set('Authorization', mockCredentials.user.header(user));
      return body.notifications
        .map((each: { payload: { title: string } }) => each.payload.title)
        .sort();
    },
  };
}
