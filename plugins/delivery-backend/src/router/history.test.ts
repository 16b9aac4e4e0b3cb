import { createServiceFactory } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import {
  AuthorizeResult,
  type DefinitivePolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  deliveryListSchema,
  deliveryReadPermission,
  deploymentHistorySchema,
  doraSchema,
  entityDoraListSchema,
  runHistorySchema,
} from '@golden-path/plugin-delivery-common';
import knexFactory from 'knex';
import request from 'supertest';
import { entity } from '../__testUtils__/entity';
import { healthyPipeline } from '../__testUtils__/objects';
import { startDelivery } from '../__testUtils__/startDelivery';
import {
  deployment,
  health,
  promotion,
  run,
} from '../history/__testUtils__/records';
import { HistoryReader } from '../history/HistoryReader';
import { HistoryRecorder } from '../history/HistoryRecorder';
import { historyServiceRef } from '../history/historyServiceRef';
import { HistoryStore } from '../history/HistoryStore';

const PIPELINE =
  'local/cicdpipeline.kro.run/team-checkout/checkout-cicd-pipeline';
const of = { cluster: 'local', pipeline: PIPELINE };
const OWNER = 'group:default/team-checkout';
const PATH = '/api/delivery/v1/entities/component/default/checkout';
const PATHS = [
  `${PATH}/history`,
  `${PATH}/history/deployments`,
  `${PATH}/dora`,
];
const OF_OWNER = `/api/delivery/v1/dora?owner=${encodeURIComponent(OWNER)}`;
const OF_ALL = '/api/delivery/v1/dora';

const OF_EACH =
  '/api/delivery/v1/dora/entities?entityRef=Component:default/checkout';

const minutesAgo = (minutes: number) =>
  new Date(Date.now() - minutes * 60_000).toISOString();

function ownedBy(targetRef: string): Entity {
  return { ...entity(), relations: [{ type: 'ownedBy', targetRef }] };
}

describe('the history of an entity', () => {
  const knex = knexFactory({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
  });
  const objects = healthyPipeline();
  const prod = objects.find(
    (each: any) => each.metadata.name === 'checkout-prod-cd',
  )!;
  let backend: Awaited<ReturnType<typeof startDelivery>>;

  beforeAll(async () => {
    const store = await HistoryStore.create({ getClient: async () => knex });
    await store.write([
      ...[1, 2, 3].map(number =>
        run(`u${number}`, minutesAgo(60 - number), {
          ...of,
          createdAt: minutesAgo(90),
          startedAt: minutesAgo(70 - number),
          commit: String(number).repeat(40),
        }),
      ),
      run('other', minutesAgo(5), { ...of, pipeline: 'local/x/y/z' }),
      health('Healthy', minutesAgo(90), of),
      deployment('1', minutesAgo(30), { ...of, commit: '3'.repeat(40) }),
      promotion(7, minutesAgo(40), of),
    ]);
    const recorder = HistoryRecorder.create({
      store,
      logger: mockServices.logger.mock(),
      retentionMs: 1,
    });
    backend = await startDelivery([ownedBy(OWNER)], objects, [
      createServiceFactory({
        service: historyServiceRef,
        deps: {},
        factory: () => ({
          recorder,
          reader: new HistoryReader(knex),
          usual: { of: () => [] },
        }),
      }),
    ]);
  });

  afterAll(async () => {
    await backend.stop();
    await knex.destroy();
  });
  afterEach(() => jest.clearAllMocks());

  const get = (path: string) => request(backend.server).get(path);

  it('tells the runs of its pipeline, page by page', async () => {
    const first = await get(`${PATHS[0]}?limit=2`);
    expect(first.status).toBe(200);
    const page = runHistorySchema.strict().parse(first.body);
    expect(page.runs.map(({ uid }) => uid)).toEqual(['u3', 'u2']);
    expect(page.usualDurations).toEqual([
      { purpose: 'build', seconds: expect.closeTo(600, 0), samples: 3 },
    ]);
    const second = await get(`${PATHS[0]}?limit=2&cursor=${page.nextCursor}`);
    expect(second.body).toMatchObject({ runs: [{ uid: 'u1' }] });
    expect(second.body).not.toHaveProperty('nextCursor');
    expect(first.headers['cache-control']).toBe('private, no-cache');
  });

  it('tells deployments and promotions', async () => {
    const { body } = await get(PATHS[1]);
    expect(deploymentHistorySchema.strict().parse(body)).toMatchObject({
      deployments: [{ environment: 'prod', id: '1' }],
      last: [{ environment: 'prod', id: '1' }],
      promotions: [{ to: 'prod' }],
    });
  });

  it.each([
    PATHS[2],
    OF_OWNER,
    OF_ALL,
    `${OF_ALL}?owner=group:default/others&owner=Group:default/Team-Checkout`,
    `${OF_ALL}?cluster=local&search=CHECK`,
  ])('tells the DORA figures at %s', async path => {
    const { body } = await get(path);
    expect(doraSchema.strict().parse(body)).toMatchObject({
      deploymentFrequency: { deployments: 1 },
      leadTimeForChanges: {
        samples: 1,
        medianSeconds: expect.closeTo(3600, 0),
      },
      changeFailureRate: { failed: 0, changes: 1 },
    });
  });

  it('does not take dev for production while the Application of prod is made anew', async () => {
    const deployments = async () =>
      (await get(PATHS[2])).body.deploymentFrequency?.deployments;
    backend.cluster.remove(prod);
    backend.cluster.flush();
    expect(await deployments()).toBe(1);
    const { body } = await get('/api/delivery/v1/deliveries');
    expect(deliveryListSchema.strict().parse(body)).toEqual(body);
    expect(
      body.items[0].environments.map(({ name }: { name: string }) => name),
    ).toEqual(['dev']);
    expect(body.items[0]).not.toHaveProperty('production');
    backend.cluster.put(prod);
    backend.cluster.flush();
    expect(await deployments()).toBe(1);
  });

  it.each([`${PATHS[2]}?`, `${OF_OWNER}&`])(
    'tells the trend of the figures where it is asked for, at %s',
    async path => {
      const { body } = await get(`${path}days=7&parts=7`);
      const { trend = [] } = doraSchema.strict().parse(body);
      expect(trend).toHaveLength(7);
      expect(
        trend.flatMap(({ deploymentFrequency }) => deploymentFrequency ?? []),
      ).toEqual([{ perDay: 1, deployments: 1 }]);
      expect((await get(`${path}parts=1`)).status).toBe(400);
    },
  );

  it.each(['owner=group:default/others', 'cluster=other', 'search=ledger'])(
    'takes what it is asked for, and nothing else: %s',
    async query => {
      const { status, body } = await get(`${OF_ALL}?${query}`);
      expect(status).toBe(200);
      expect(body).not.toHaveProperty('deploymentFrequency');
    },
  );

  it('tells the figures of each entity that is asked for and may be seen', async () => {
    const { status, body } = await get(
      `${OF_EACH}&entityRef=component:default/nowhere&days=7`,
    );
    expect(status).toBe(200);
    expect(entityDoraListSchema.strict().parse(body).items).toEqual([
      {
        entityRef: 'component:default/checkout',
        figures: expect.objectContaining({
          deploymentFrequency: expect.objectContaining({ deployments: 1 }),
          changeFailureRate: { ratio: 0, failed: 0, changes: 1 },
        }),
      },
    ]);
    backend.permissions.authorizeConditional.mockResolvedValueOnce([
      { result: AuthorizeResult.DENY },
    ]);
    expect((await get(OF_EACH)).body).toEqual({ items: [] });
  });

  it('asks the permission of the entity, and notes who asked', async () => {
    for (const path of PATHS) {
      await get(path);
      expect(backend.permissions.authorize).toHaveBeenLastCalledWith(
        [
          {
            permission: deliveryReadPermission,
            resourceRef: 'component:default/checkout',
          },
        ],
        expect.anything(),
      );
      expect(backend.auditor.createEvent).toHaveBeenLastCalledWith(
        expect.objectContaining({
          eventId: 'fetch',
          meta: {
            queryType: 'history',
            entityRef: 'component:default/checkout',
          },
        }),
      );
    }
  });

  it('tells nothing to who may not see the delivery', async () => {
    const denied: DefinitivePolicyDecision[] = [
      { result: AuthorizeResult.DENY },
    ];
    for (const path of PATHS) {
      backend.permissions.authorize.mockResolvedValueOnce(denied);
      const response = await get(path);
      expect(response.status).toBe(403);
      expect(response.text).not.toContain('u1');
    }
    for (const path of [OF_OWNER, OF_ALL]) {
      backend.permissions.authorizeConditional.mockResolvedValueOnce(denied);
      const { status, body } = await get(path);
      expect(status).toBe(200);
      expect(Object.keys(body).sort()).toEqual(['unrestored', 'window']);
    }
  });

  it('counts for all golden paths only those that a condition allows', async () => {
    for (const result of [AuthorizeResult.DENY, AuthorizeResult.ALLOW]) {
      backend.permissions.authorizeConditional.mockResolvedValueOnce([
        {
          result: AuthorizeResult.CONDITIONAL,
          pluginId: 'catalog',
          resourceType: 'catalog-entity',
          conditions: {
            rule: 'IS_ENTITY_OWNER',
            resourceType: 'catalog-entity',
            params: { claims: [result] },
          },
        },
      ]);
      backend.permissions.authorize.mockResolvedValueOnce([{ result }]);
      const { body } = await get(OF_ALL);
      expect(body.deploymentFrequency?.deployments).toBe(
        result === AuthorizeResult.ALLOW ? 1 : undefined,
      );
    }
  });

  it.each([
    ['nobody', mockCredentials.none.header(), 401],
    ['a service', mockCredentials.service.header(), 403],
  ])('is refused to %s', async (_who, authorization, status) => {
    for (const path of [...PATHS, OF_OWNER, OF_ALL, OF_EACH]) {
      const response = await get(path).set('Authorization', authorization);
      expect(response.status).toBe(status);
    }
  });

  it.each([
    [`${PATHS[0]}?limit=0`, 'limit'],
    [`${PATHS[0]}?limit=201`, 'limit'],
    [`${PATHS[0]}?cursor=x`, 'cursor'],
    [`${PATHS[1]}?page=2`, 'page'],
    [`${PATHS[2]}?days=x`, 'days'],
    ['/api/delivery/v1/dora?status=failed', 'status'],
    ['/api/delivery/v1/dora/entities', 'entityRef'],
    [`${OF_EACH}&days=0`, 'days'],
  ])('refuses %s and names what is wrong', async (path, parameter) => {
    const { status, body } = await get(path);
    expect(status).toBe(400);
    expect(body.error.message).toContain(`"${parameter}"`);
  });

  it('is there for entities that exist, and only to be read', async () => {
    for (const path of PATHS) {
      expect((await get(path.replace('checkout', 'nowhere'))).status).toBe(404);
      expect((await request(backend.server).post(path)).status).toBe(405);
    }
  });
});
