import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import {
  AuthorizeResult,
  isResourcePermission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  operationRequestSchema,
  type OperationRequest,
} from '@golden-path/plugin-delivery-common';
import request from 'supertest';
import { entity } from '../../__testUtils__/entity';
import { healthyPipeline } from '../../__testUtils__/objects';
import { SERVICE_TOKEN, startPortal } from '../../__testUtils__/startPortal';

const READER = 'user:default/reader';
const OPERATOR = 'user:default/operator';
const OWNER = 'user:default/owner';
const STRANGER = 'user:default/stranger';

/** Readers may look, operators may do all but promote, others what the entity's owner may. */
async function policy(
  { permission }: PolicyQuery,
  user?: PolicyQueryUser,
): Promise<PolicyDecision> {
  const name = user?.info.userEntityRef ?? '';
  if (!permission.name.startsWith('delivery.')) {
    return { result: AuthorizeResult.ALLOW };
  }
  if ([READER, OPERATOR].includes(name)) {
    const isAllowed =
      permission.name === 'delivery.read' ||
      (permission.name === 'delivery.operate' && name === OPERATOR);
    return { result: isAllowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY };
  }
  return isResourcePermission(permission, 'catalog-entity')
    ? createCatalogConditionalDecision(
        permission,
        catalogConditions.isEntityOwner({
          claims: user?.info.ownershipEntityRefs ?? [],
        }),
      )
    : { result: AuthorizeResult.DENY };
}

/** One of each; a field that an operation does not have is left out. */
const EACH = operationRequestSchema.options.map(({ shape }) => {
  const fields: Record<string, unknown> = {
    operation: shape.operation.value,
    environment: 'dev',
    deployment: 1,
    run: 'checkout-cicd-9f3c1',
    tag: '9f3c1ab',
  };
  return operationRequestSchema.parse(
    Object.fromEntries(Object.keys(shape).map(key => [key, fields[key]])),
  );
});
const permissionOf = ({ operation }: OperationRequest) =>
  operation === 'promote' ? 'delivery.promote' : 'delivery.operate';

const PATH =
  '/api/delivery/v1/entities/component/default/checkout/delivery/operations';

describe('operations, by the real catalog and permission framework', () => {
  let portal: Awaited<ReturnType<typeof startPortal>>;
  const tokens: Record<string, string> = { service: SERVICE_TOKEN };

  const ask = (body: object | string, token?: string, path = PATH) => {
    const post = request(portal.server)
      .post(path)
      .set('Content-Type', 'application/json');
    return (token ? post.auth(token, { type: 'bearer' }) : post).send(body);
  };
  const operated = () =>
    portal.audit.filter(({ eventId }) => eventId === 'operate');

  beforeAll(async () => {
    const checkout = entity();
    checkout.spec.owner = 'group:default/team-a';
    portal = await startPortal({
      entities: [checkout],
      objects: healthyPipeline(),
      policy: { handle: policy },
      ownership: { [OWNER]: [OWNER, 'group:default/team-a'] },
    });
    for (const user of [READER, OPERATOR, OWNER, STRANGER]) {
      tokens[user] = await portal.tokenOf(user);
    }
    tokens.expired = await portal.tokenOf(OPERATOR, -60);
    // The catalog processes entities in the background.
    const document = PATH.replace('/operations', '');
    for (let tries = 0; tries < 100; tries += 1) {
      const { status } = await request(portal.server)
        .get(document)
        .auth(tokens[OWNER], { type: 'bearer' });
      if (status === 200) {
        return;
      }
      await new Promise(resolve => setTimeout(resolve, 200));
    }
    throw new Error('the catalog did not process the entity');
  }, 60_000);

  afterAll(() => portal?.stop());
  beforeEach(() => {
    portal.audit.length = 0;
  });

  it.each(EACH)(
    '$operation is refused to whoever may only look',
    async body => {
      const { status, body: answer } = await ask(body, tokens[READER]);
      expect(status).toBe(403);
      expect(answer.error.message).toBe(
        `Permission ${permissionOf(
          body,
        )} is needed for component:default/checkout`,
      );
      expect(operated()).toMatchObject([
        {
          severityLevel: 'medium',
          meta: { ...body, entityRef: 'component:default/checkout' },
          outcome: 'failed: NotAllowedError',
        },
      ]);
    },
  );

  it.each(EACH)('$operation is for those who own the entity', async body => {
    const stranger = await ask(body, tokens[STRANGER]);
    expect(stranger.status).toBe(403);
    expect(stranger.body.error.message).toContain('delivery.read');
    // Admitted: this portal has no operator account, which is said after all checks.
    const owner = await ask(body, tokens[OWNER]);
    expect(owner.status).toBe(503);
    expect(owner.body.error.message).toContain('operatorKubeconfig');
  });

  it('promotion is a permission of its own', async () => {
    const sync = { operation: 'sync', environment: 'dev' };
    expect((await ask(sync, tokens[OPERATOR])).status).toBe(503);
    const promote = { operation: 'promote', environment: 'prod' };
    expect((await ask(promote, tokens[OPERATOR])).status).toBe(403);
  });

  it.each([
    ['nobody', undefined, 401],
    ['an expired token', 'expired', 401],
    ['a service', 'service', 403],
  ])('is refused to %s', async (_who, token, status) => {
    const answer = await ask(EACH[0], token && tokens[token]);
    expect(answer.status).toBe(status);
  });

  it.each([
    ['{"operation":', 400],
    [{ operation: 'erase' }, 400],
    [{ operation: 'sync', environment: 'dev', cluster: 'other' }, 400],
  ])('refuses %j', async (body, status) => {
    expect((await ask(body, tokens[OPERATOR])).status).toBe(status);
  });

  it('takes no other method', async () => {
    const answer = await request(portal.server)
      .get(PATH)
      .auth(tokens[OPERATOR], { type: 'bearer' });
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe('POST');
  });
});
