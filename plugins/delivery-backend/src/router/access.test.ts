import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { deliveryListSchema } from '@golden-path/plugin-delivery-common';
import { entity } from '../__testUtils__/entity';
import { healthyPipeline } from '../__testUtils__/objects';
import {
  RESTRICTED_TOKEN,
  SERVICE_TOKEN,
  startPortal,
} from '../__testUtils__/startPortal';
import {
  granted,
  outcomeOf,
  ROUTES,
  SYNC,
  TABLE,
} from './__testUtils__/accessTable';
import {
  ALLOWED,
  BLIND,
  DENIED,
  OWNER,
  policy,
  READER,
  STRANGER,
} from './__testUtils__/callers';

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
            headers: {
              ...(token && { authorization: `Bearer ${token}` }),
              ...(method === 'POST' && { 'content-type': 'application/json' }),
            },
          },
          resolve,
        );
        request.on('error', reject);
        request.end(method === 'POST' ? JSON.stringify(SYNC) : undefined);
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
      reader: await portal.tokenOf(READER),
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
      ({ status } = await ask(ROUTES.document.path, tokens.owner));
    } while (status !== 200 && Date.now() < end);
  }

  afterAll(() => portal?.stop());

  it.each(TABLE)('%s', async (who, statuses, rows) => {
    const answered: Record<string, number | undefined> = {};
    const audited: object[] = [];
    for (const [name, { path, method }] of Object.entries(ROUTES)) {
      portal.audit.length = 0;
      const { status, body } = await ask(path, tokens[who], method);
      answered[name] = status;
      audited.push(
        ...portal.audit
          .filter(({ eventId }) => ['fetch', 'operate'].includes(eventId))
          .map(({ meta, severityLevel, outcome }) => ({
            name,
            severityLevel,
            ...meta,
            outcome,
          })),
      );
      if (name === 'list' && status === 200) {
        // eslint-disable-next-line jest/no-conditional-expect
        expect(deliveryListSchema.parse(JSON.parse(body)).totalItems).toBe(
          rows,
        );
      }
    }
    expect(answered).toEqual(
      Object.fromEntries(
        Object.entries(ROUTES).map(([name, { needs }]) => [
          name,
          statuses[needs],
        ]),
      ),
    );

    // Who has no valid token is turned away before the plugin hears of it.
    const heard = statuses.entity === 401 ? [] : Object.entries(ROUTES);
    expect(audited).toEqual(
      heard
        .filter(([, route]) => route.audited)
        .map(([name, route]) => ({
          name,
          severityLevel: route.needs === 'operate' ? 'medium' : 'low',
          ...route.audited,
          outcome: outcomeOf(route, statuses[route.needs]),
        })),
    );
  });

  it('knows every route of the document that describes them', async () => {
    const { body } = await ask(ROUTES.openapi.path, tokens.allowed);
    const described = Object.entries<object>(JSON.parse(body).paths).flatMap(
      ([path, methods]) =>
        Object.keys(methods).map(method => ({
          method: method.toUpperCase(),
          pattern: new RegExp(
            `^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`,
          ),
        })),
    );
    const unasked = described.filter(
      ({ method, pattern }) =>
        !Object.values(ROUTES).some(
          route =>
            (route.method ?? 'GET') === method &&
            pattern.test(route.path.split('?')[0]),
        ),
    );
    expect(unasked).toEqual([]);
  });

  it('tells who is denied nothing of whether there is a golden path', async () => {
    for (const token of [tokens.denied, tokens.stranger]) {
      const has = await ask(ROUTES.document.path, token);
      const hasNot = await ask(ROUTES.plain.path, token);
      expect(hasNot.status).toBe(has.status);
      expect(hasNot.body.replaceAll('plain', 'checkout')).toBe(has.body);
    }
  });

  it('shows an owner the rows of that owner only, with sources and counts of these', async () => {
    const list = async (who: string, query = '') =>
      deliveryListSchema.parse(
        JSON.parse(
          (await ask(`${ROUTES.list.path}${query}`, tokens[who])).body,
        ),
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
    const answer = await ask(`${ROUTES.list.path}?${query}`, tokens.allowed);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body).error.message).toContain(message);
  });

  it.each(
    Object.entries(ROUTES).filter(([, { method }]) => method === undefined),
  )(
    'answers HEAD of %s at once, and 405 to what is no GET',
    async (_name, { path, needs }) => {
      const head = await ask(path, tokens.allowed, 'HEAD');
      expect(head.status).toBe(granted({})[needs]);
      const post = await ask(path, tokens.allowed, 'POST');
      expect(post.status).toBe(405);
      expect(post.headers.allow).toBe('GET, HEAD');
    },
  );

  it('answers 405 to what is no POST where something is done', async () => {
    for (const method of ['GET', 'HEAD', 'DELETE']) {
      const answer = await ask(ROUTES.operations.path, tokens.allowed, method);
      expect(answer.status).toBe(405);
      expect(answer.headers.allow).toBe('POST');
    }
  });
});
