import http from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import {
  AuthorizeResult,
  isPermission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  deliveryHealthReadPermission,
  deliveryListSchema,
  deliveryReadPermission,
} from '@golden-path/plugin-delivery-common';
import { entity } from '../__testUtils__/entity';
import { healthyPipeline } from '../__testUtils__/objects';
import {
  RESTRICTED_TOKEN,
  SERVICE_TOKEN,
  startPortal,
} from '../__testUtils__/startPortal';

const ALLOWED = 'user:default/allowed';
const DENIED = 'user:default/denied';
const OWNER = 'user:default/owner';
const STRANGER = 'user:default/stranger';
const BLIND = 'user:default/blind';

/** Who may what: users without a line here get what the catalog's rule about owners says. */
async function policy(
  { permission }: PolicyQuery,
  user?: PolicyQueryUser,
): Promise<PolicyDecision> {
  const name = user?.info.userEntityRef;
  if (permission.name === 'catalog.entity.read') {
    return {
      result: name === BLIND ? AuthorizeResult.DENY : AuthorizeResult.ALLOW,
    };
  }
  if (isPermission(permission, deliveryHealthReadPermission)) {
    return {
      result: name === ALLOWED ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
    };
  }
  if (!isPermission(permission, deliveryReadPermission) || name === DENIED) {
    return { result: AuthorizeResult.DENY };
  }
  return name === ALLOWED || name === BLIND
    ? { result: AuthorizeResult.ALLOW }
    : createCatalogConditionalDecision(
        permission,
        catalogConditions.isEntityOwner({
          claims: user?.info.ownershipEntityRefs ?? [],
        }),
      );
}

function component(
  name: string,
  owner: string,
  annotations: Record<string, string | undefined> = {},
) {
  const it = entity(annotations);
  it.metadata.name = name;
  it.spec.owner = owner;
  return it;
}

const ROUTES = {
  document: '/v1/entities/component/default/checkout/delivery',
  stream: '/v1/entities/component/default/checkout/delivery/stream',
  plain: '/v1/entities/component/default/plain/delivery',
  list: '/v1/deliveries',
  health: '/v1/health',
  openapi: '/v1/openapi.json',
};

type Route = keyof typeof ROUTES;

/** Status of each route, and how many rows the list has, for everybody who may ask. */
const TABLE: Array<[string, Record<Route, number>, number | undefined]> = [
  ['allowed', ok({ plain: 404 }), 2],
  ['owner', ok({ plain: 404, health: 403 }), 1],
  ['stranger', refused({ list: 200, openapi: 200 }), 0],
  ['denied', refused({ list: 200, openapi: 200 }), 0],
  [
    'blind',
    {
      document: 404,
      stream: 404,
      plain: 404,
      list: 200,
      health: 403,
      openapi: 200,
    },
    0,
  ],
  ['nobody', all(401), undefined],
  ['expired', all(401), undefined],
  ['service', refused({ health: 200, openapi: 200 }), undefined],
  ['restricted service', refused({ openapi: 200 }), undefined],
];

function all(status: number): Record<Route, number> {
  return {
    document: status,
    stream: status,
    plain: status,
    list: status,
    health: status,
    openapi: status,
  };
}

function ok(but: Partial<Record<Route, number>>) {
  return { ...all(200), ...but };
}

function refused(but: Partial<Record<Route, number>>) {
  return { ...all(403), ...but };
}

describe('who may ask what, by the real catalog and permission framework', () => {
  let portal: Awaited<ReturnType<typeof startPortal>>;
  let tokens: Record<string, string | undefined>;

  /** Asks, and does not wait for the end of a stream. */
  async function ask(path: string, token?: string, method = 'GET') {
    const { port } = portal.server.address() as AddressInfo;
    const response = await new Promise<http.IncomingMessage>(
      (resolve, reject) => {
        const request = http.request(
          {
            port,
            path: `/api/delivery${path}`,
            method,
            agent: false,
            headers: token ? { authorization: `Bearer ${token}` } : {},
          },
          resolve,
        );
        request.on('error', reject);
        request.end();
      },
    );
    const isStream = response.headers['content-type']?.includes('event-stream');
    let body = '';
    if (isStream && method === 'GET') {
      response.destroy();
    } else {
      for await (const chunk of response) {
        body += chunk;
      }
    }
    return { status: response.statusCode, headers: response.headers, body };
  }

  beforeAll(async () => {
    portal = await startPortal({
      entities: [
        component('checkout', 'group:default/team-a'),
        component('orders', 'group:default/team-b'),
        component('plain', 'group:default/team-a', {
          'kro.run/instance-name': undefined,
        }),
      ],
      objects: healthyPipeline(),
      policy: { handle: policy },
      ownership: { [OWNER]: [OWNER, 'group:default/team-a'] },
    });
    tokens = {
      allowed: await portal.tokenOf(ALLOWED),
      owner: await portal.tokenOf(OWNER),
      stranger: await portal.tokenOf(STRANGER),
      denied: await portal.tokenOf(DENIED),
      blind: await portal.tokenOf(BLIND),
      expired: await portal.tokenOf(ALLOWED, -60),
      service: SERVICE_TOKEN,
      'restricted service': RESTRICTED_TOKEN,
    };
    await untilProcessed();
  }, 60_000);

  /** The catalog processes entities in the background. */
  async function untilProcessed() {
    const end = Date.now() + 30_000;
    let status: number | undefined;
    do {
      await new Promise(resolve => setTimeout(resolve, 200));
      ({ status } = await ask(ROUTES.document, tokens.owner));
    } while (status !== 200 && Date.now() < end);
  }

  afterAll(() => portal?.stop());

  it.each(TABLE)('%s', async (who, statuses, rows) => {
    const answered: Partial<Record<Route, number>> = {};
    const audited: object[] = [];
    const token = tokens[who];
    for (const [route, path] of Object.entries(ROUTES)) {
      portal.audit.length = 0;
      const { status, body } = await ask(path, token);
      answered[route as Route] = status;
      audited.push(
        ...portal.audit
          .filter(({ eventId }) => eventId === 'fetch')
          .map(({ meta, severityLevel, outcome }) => ({
            route,
            severityLevel,
            ...meta,
            outcome,
          })),
      );
      if (route === 'list' && status === 200) {
        // eslint-disable-next-line jest/no-conditional-expect
        expect(deliveryListSchema.parse(JSON.parse(body)).totalItems).toBe(
          rows,
        );
      }
    }
    expect(answered).toEqual(statuses);

    const outcome = (route: Route) => {
      const name = { 200: undefined, 403: 'NotAllowedError' }[
        statuses[route] as 200
      ];
      return statuses[route] === 200
        ? 'succeeded'
        : `failed: ${name ?? 'NotFoundError'}`;
    };
    const event = (route: Route, queryType: string, entityRef?: string) => ({
      route,
      severityLevel: 'low',
      queryType,
      ...(entityRef && { entityRef }),
      outcome: outcome(route),
    });
    // Who has no valid token is turned away before the plugin hears of it.
    expect(audited).toEqual(
      statuses.document === 401
        ? []
        : [
            event('document', 'document', 'component:default/checkout'),
            event('stream', 'stream', 'component:default/checkout'),
            event('plain', 'document', 'component:default/plain'),
            event('list', 'list'),
            event('health', 'health'),
          ],
    );
  });

  it('tells who is denied nothing of whether there is a golden path', async () => {
    for (const token of [tokens.denied, tokens.stranger]) {
      const has = await ask(ROUTES.document, token);
      const hasNot = await ask(ROUTES.plain, token);
      expect(hasNot.status).toBe(has.status);
      expect(hasNot.body.replaceAll('plain', 'checkout')).toBe(has.body);
    }
  });

  it('shows an owner the rows of that owner only, with sources and counts of these', async () => {
    const list = async (who: string, query = '') =>
      deliveryListSchema.parse(
        JSON.parse((await ask(`${ROUTES.list}${query}`, tokens[who])).body),
      );
    expect(await list('owner')).toMatchObject({
      items: [
        {
          entityRef: 'component:default/checkout',
          owner: 'group:default/team-a',
          cluster: 'local',
          summary: { status: 'succeeded' },
        },
      ],
      statuses: { succeeded: 1 },
    });
    const nothing = await list('stranger', '?cluster=local');
    expect(nothing).toMatchObject({ items: [], sources: [] });
    expect(await list('allowed', '?owner=group:default/team-b')).toMatchObject({
      items: [{ entityRef: 'component:default/orders' }],
      totalItems: 1,
    });
  });

  it.each([
    ['limit=0', '"limit" is "0"'],
    ['limit=201', '"limit" is "201"'],
    ['sort=cost', '"sort" is "cost"'],
    ['status=fine', '"status" is "fine"'],
    ['cursor=abc', '"cursor" is not one'],
    ['namespace=kube-system', 'no query parameter "namespace"'],
  ])('names what is wrong with the query %s', async (query, message) => {
    const answer = await ask(`${ROUTES.list}?${query}`, tokens.allowed);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body).error.message).toContain(message);
  });

  it.each(Object.entries(ROUTES))(
    'answers HEAD of %s at once, and 405 to what is no GET',
    async (route, path) => {
      const head = await ask(path, tokens.allowed, 'HEAD');
      expect(head.status).toBe(route === 'plain' ? 404 : 200);
      const post = await ask(path, tokens.allowed, 'POST');
      expect(post.status).toBe(405);
      expect(post.headers.allow).toBe('GET, HEAD');
    },
  );
});
