import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  deliveryReadPermission,
  deliverySchema,
} from '@golden-path/plugin-delivery-common';
import request from 'supertest';
import { entity } from '../__testUtils__/entity';
import { healthyPipeline } from '../__testUtils__/objects';
import { startDelivery } from '../__testUtils__/startDelivery';
import { deliveryPlugin } from '../plugin';

const pathOf = (name: string) =>
  `/api/delivery/v1/entities/component/default/${name}/delivery`;

const named = (
  name: string,
  annotations: Record<string, string | undefined>,
) => {
  const it = entity(annotations);
  it.metadata.name = name;
  return it;
};

describe('the delivery of an entity', () => {
  let backend: Awaited<ReturnType<typeof startDelivery>>;

  beforeAll(async () => {
    backend = await startDelivery(
      [
        entity(),
        named('plain', { 'kro.run/instance-name': undefined }),
        named('bad', { 'kro.run/instance-name': 'Not A Name' }),
        named('moon', { 'kro.run/cluster': 'moon' }),
      ],
      healthyPipeline(),
    );
  });

  afterAll(() => backend.stop());
  afterEach(() => jest.clearAllMocks());

  it('is answered as the document that the schema describes', async () => {
    const response = await request(backend.server).get(pathOf('checkout'));
    expect(response.status).toBe(200);
    const delivery = deliverySchema.strict().parse(response.body);
    expect(delivery).toMatchObject({
      entityRef: 'component:default/checkout',
      summary: { status: 'succeeded' },
    });
    expect(response.headers.etag).toBe(`"${delivery.revision}"`);
    expect(response.headers['cache-control']).toBe('private, no-cache');
  });

  it('is not sent again while nothing changed', async () => {
    const first = await request(backend.server).get(pathOf('checkout'));
    const second = await request(backend.server)
      .get(pathOf('checkout'))
      .set('If-None-Match', first.headers.etag);
    expect(second.status).toBe(304);
    expect(second.text).toBe('');

    backend.cluster.setStates('stale', 'Sensor');
    backend.cluster.flush();
    const third = await request(backend.server)
      .get(pathOf('checkout'))
      .set('If-None-Match', first.headers.etag);
    expect(third.status).toBe(200);
    backend.cluster.setStates('live');
    backend.cluster.flush();
  });

  it('asks the catalog as the user, then the permission for that entity', async () => {
    await request(backend.server)
      .get(pathOf('checkout'))
      .set('Authorization', mockCredentials.user.header('user:default/ann'));
    const credentials = expect.objectContaining({
      principal: expect.objectContaining({ userEntityRef: 'user:default/ann' }),
    });
    expect(backend.catalog.getEntityByRef).toHaveBeenCalledWith(
      'component:default/checkout',
      { credentials },
    );
    expect(backend.permissions.authorize).toHaveBeenCalledWith(
      [
        {
          permission: deliveryReadPermission,
          resourceRef: 'component:default/checkout',
        },
      ],
      { credentials },
    );
    expect(backend.auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'fetch',
        severityLevel: 'low',
        meta: {
          queryType: 'document',
          entityRef: 'component:default/checkout',
        },
      }),
    );
  });

  it.each([
    ['nobody', mockCredentials.none.header(), 401],
    ['a token that is none', mockCredentials.user.invalidHeader(), 401],
    ['a service', mockCredentials.service.header(), 403],
  ])('is refused to %s', async (_who, authorization, status) => {
    for (const path of [pathOf('checkout'), `${pathOf('checkout')}/stream`]) {
      const response = await request(backend.server)
        .get(path)
        .set('Authorization', authorization);
      expect(response.status).toBe(status);
    }
    expect(backend.catalog.getEntityByRef).not.toHaveBeenCalled();
  });

  it.each([AuthorizeResult.DENY, AuthorizeResult.CONDITIONAL])(
    'is refused when the permission is %s',
    async result => {
      (backend.permissions.authorize as jest.Mock).mockResolvedValueOnce([
        { result },
      ]);
      const response = await request(backend.server).get(pathOf('checkout'));
      expect(response.status).toBe(403);
      expect(response.body.error.message).toBe(
        'Permission delivery.read is needed for component:default/checkout',
      );
    },
  );

  it('is not found for an entity that the user cannot see', async () => {
    const response = await request(backend.server).get(pathOf('nothing'));
    expect(response.status).toBe(404);
    expect(response.body.error.message).toBe(
      'No entity component:default/nothing',
    );
    expect(backend.permissions.authorize).not.toHaveBeenCalled();
  });

  it('names the annotation that an entity lacks', async () => {
    const response = await request(backend.server).get(pathOf('plain'));
    expect(response.status).toBe(404);
    expect(response.body.error).toMatchObject({
      name: 'NotFoundError',
      message: expect.stringContaining('"kro.run/instance-name"'),
    });
  });

  it.each([
    ['bad', 'pipeline.badAnnotation'],
    ['moon', 'pipeline.unknownCluster'],
  ])('explains the annotations of %s on the tab', async (name, code) => {
    const response = await request(backend.server).get(pathOf(name));
    expect(response.status).toBe(200);
    expect(deliverySchema.parse(response.body).summary.sentence.code).toBe(
      code,
    );
  });

  it('names the path parameter that is not as it must be', async () => {
    const response = await request(backend.server).get(
      '/api/delivery/v1/entities/component/default/..%2Fetc/delivery',
    );
    expect(response.status).toBe(400);
    expect(response.body.error.message).toContain('"name"');
  });

  it('describes its routes', async () => {
    const response = await request(backend.server).get(
      '/api/delivery/v1/openapi.json',
    );
    expect(response.body.openapi).toBe('3.1.0');
  });
});

it('starts without any cluster and says so on the tab', async () => {
  const backend = await startTestBackend({
    features: [
      deliveryPlugin,
      mockServices.rootConfig.factory({ data: {} }),
      catalogServiceMock.factory({ entities: [entity()] }),
    ],
  });
  const response = await request(backend.server).get(pathOf('checkout'));
  expect(deliverySchema.parse(response.body).summary).toMatchObject({
    status: 'failed',
    sentence: { text: 'No cluster is configured.' },
  });
  await backend.stop();
});
