import { deliveryListSchema } from '@golden-path/plugin-delivery-common';
import request from 'supertest';
import { entity } from '../../__testUtils__/entity';
import {
  buildSteps,
  healthyPipeline,
  pushBuild,
} from '../../__testUtils__/objects';
import { startDelivery } from '../../__testUtils__/startDelivery';

describe('the list of deliveries', () => {
  let backend: Awaited<ReturnType<typeof startDelivery>>;

  beforeAll(async () => {
    backend = await startDelivery([entity()], healthyPipeline());
  });

  afterAll(() => backend.stop());

  const list = (query = '', etag = '') =>
    request(backend.server)
      .get(`/api/delivery/v1/deliveries${query}`)
      .set('If-None-Match', etag);

  it('is not sent again while nothing in it changed', async () => {
    const first = await list();
    expect(deliveryListSchema.parse(first.body)).toMatchObject({
      items: [{ lastRun: { status: 'succeeded' } }],
      totalItems: 1,
    });
    expect(first.headers['cache-control']).toBe('private, no-cache');
    const { etag } = first.headers;
    const second = await list('', etag);
    expect([second.status, second.text]).toEqual([304, '']);
    // Another question has another answer.
    expect((await list('?status=failed', etag)).status).toBe(200);

    backend.cluster.put(
      pushBuild('7'.repeat(40), 'Running', buildSteps('checkout-code'), {
        creationTimestamp: '2026-11-24T07:00:00Z',
      }),
    );
    backend.cluster.flush();
    const third = await list('', etag);
    expect(third.status).toBe(200);
    expect(third.body.items[0].lastRun.status).toBe('running');
    expect(third.headers.etag).not.toBe(etag);
  });

  it('tells that a kind cannot be read now', async () => {
    const { etag } = (await list()).headers;
    backend.cluster.setStates('stale', 'Sensor', 'ECONNREFUSED');
    backend.cluster.flush();
    const { status, body } = await list('', etag);
    expect(status).toBe(200);
    expect(
      body.sources.find(({ kind }: { kind: string }) => kind === 'Sensor'),
    ).toMatchObject({ state: 'stale', reason: 'ECONNREFUSED' });
  });
});
