import type { AddressInfo } from 'node:net';
import { watchHealthSchema } from '@golden-path/plugin-delivery-common';
import request from 'supertest';
import { entity } from '../__testUtils__/entity';
import { healthyPipeline } from '../__testUtils__/objects';
import { startDelivery } from '../__testUtils__/startDelivery';
import { EventReader } from './__testUtils__/EventReader';

describe('the health of the watches', () => {
  let backend: Awaited<ReturnType<typeof startDelivery>>;

  beforeAll(async () => {
    backend = await startDelivery([entity()], healthyPipeline());
  });

  afterAll(() => backend.stop());

  const read = async () => {
    const { body, headers } = await request(backend.server).get(
      '/api/delivery/v1/health',
    );
    expect(headers['cache-control']).toBe('no-store');
    return watchHealthSchema.strict().parse(body);
  };
  const kindOf = (health: Awaited<ReturnType<typeof read>>, name: string) =>
    health.clusters[0].kinds.find(({ kind }) => kind === name);

  it('names every cluster and kind, with what it holds', async () => {
    const health = await read();
    expect(health).toMatchObject({
      status: 'ok',
      clusters: [{ name: 'local' }],
      openStreams: 0,
      entries: 0,
      computations: 0,
    });
    const kinds = backend.cluster.kinds.map(
      each => `${each.group}/${each.kind}`,
    );
    expect(
      health.clusters[0].kinds.map(each => `${each.group}/${each.kind}`).sort(),
    ).toEqual([...new Set(kinds)].sort());
    expect(kindOf(health, 'Workflow')).toMatchObject({
      group: 'argoproj.io',
      state: 'live',
      objects: 3,
      relists: 0,
      reconnects: 0,
    });
  });

  it('counts who follows, and says which kind is not as it should be', async () => {
    const { port } = backend.server.address() as AddressInfo;
    const reader = await EventReader.open(
      `http://127.0.0.1:${port}/api/delivery/v1/entities/component/default/checkout/delivery/stream`,
    );
    await reader.event();
    backend.cluster.setStates('forbidden', 'Sensor', 'no right to list');
    backend.cluster.flush();
    const health = await read();
    expect(health).toMatchObject({
      status: 'degraded',
      openStreams: 1,
      entries: 1,
    });
    expect(health.computations).toBeGreaterThan(0);
    expect(kindOf(health, 'Sensor')?.state).toBe('forbidden');
    // Reasons may quote what a cluster answered.
    expect(JSON.stringify(health)).not.toContain('no right to list');

    backend.cluster.setStates('not-installed', 'Sensor');
    expect((await read()).status).toBe('ok');
    reader.close();
  });
});
