import {
  actionsRegistryServiceFactory,
  actionsServiceFactory,
} from '@backstage/backend-defaults/alpha';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import mcpActions from '@backstage/plugin-mcp-actions-backend';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type {
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import request from 'supertest';
import { entity } from '../__testUtils__/entity';
import {
  buildSteps,
  COMMIT,
  healthyPipeline,
  OLDER_COMMIT,
  pushBuild,
} from '../__testUtils__/objects';
import { SERVICE_TOKEN, startPortal } from '../__testUtils__/startPortal';
import { FakeLogCluster } from '../logs/__testUtils__/FakeLogCluster';
import { StepLogs } from '../logs/StepLogs';
import { stepLogsServiceRef } from '../logs/stepLogsServiceRef';
import type { OperationService } from '../operations/OperationService';
import { operationServiceRef } from '../operations/operationServiceRef';

const OWNER = 'user:default/owner';
const READER = 'user:default/reader';
const STRANGER = 'user:default/stranger';
/** The MCP endpoint asks on behalf of whoever has no user's token. */
const SERVICE = 'plugin:mcp-actions';
const RUN = 'checkout-cicd-9f3c1';
const REF = 'component:default/checkout';

/** Strangers may nothing, readers only look, the owner may do everything. */
async function policy({ permission }: PolicyQuery, user?: PolicyQueryUser) {
  const name = user?.info.userEntityRef;
  const isAllowed =
    !permission.name.startsWith('delivery.') ||
    name === OWNER ||
    (name === READER && permission.name === 'delivery.read');
  return {
    result: isAllowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
  } as const;
}

/** Every action: how an agent sees it, an input, and who may not for want of what. */
const ACTIONS = [
  {
    name: 'get-delivery-status',
    hints: [true, false, true],
    input: { entity: REF },
    denied: STRANGER,
    permission: 'delivery.read',
  },
  {
    name: 'explain-commit',
    hints: [true, false, true],
    input: { entity: REF, commit: COMMIT.slice(0, 7) },
    denied: STRANGER,
    permission: 'delivery.read',
  },
  {
    name: 'list-runs',
    hints: [true, false, true],
    input: { entity: REF },
    denied: STRANGER,
    permission: 'delivery.read',
  },
  {
    name: 'read-step-log',
    hints: [true, false, true],
    input: { entity: REF, run: RUN },
    denied: READER,
    permission: 'delivery.logs.read',
  },
  {
    name: 'refresh-environment',
    hints: [false, true, true],
    input: { entity: REF, environment: 'dev' },
    denied: READER,
    permission: 'delivery.operate',
  },
  {
    name: 'retry-run',
    hints: [false, true, false],
    input: { entity: REF, run: RUN },
    denied: READER,
    permission: 'delivery.operate',
  },
  {
    name: 'promote',
    hints: [false, true, true],
    input: { entity: REF, environment: 'prod' },
    denied: READER,
    permission: 'delivery.promote',
  },
];

describe('actions, by the real MCP endpoint', () => {
  let portal: Awaited<ReturnType<typeof startPortal>>;
  const tokens: Record<string, string> = { service: SERVICE_TOKEN };
  const logs = new FakeLogCluster();
  const perform: jest.MockedFunction<OperationService['perform']> = jest.fn();

  const wordsOf = (result: {
    isError?: boolean;
    content: Array<{ text: string }>;
  }) => (result.isError ? result.content[0].text : undefined);

  async function ask(method: string, params: object, who = OWNER) {
    const { text, status } = await request(portal.server)
      .post('/api/mcp-actions/v1')
      .auth(tokens[who], { type: 'bearer' })
      .set('Accept', 'application/json, text/event-stream')
      .send({ jsonrpc: '2.0', id: 1, method, params });
    expect(status).toBe(200);
    return JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? text);
  }

  async function call(name: string, input: object, who?: string) {
    const { result } = await ask(
      'tools/call',
      { name: `delivery.${name}`, arguments: input },
      who,
    );
    return { output: result.structuredContent, error: wordsOf(result) };
  }

  beforeAll(async () => {
    portal = await startPortal({
      entities: [entity()],
      objects: [
        ...healthyPipeline(OLDER_COMMIT),
        pushBuild(
          COMMIT,
          'Failed',
          buildSteps('build-and-push', 'Failed', 'main: exit code 1'),
          { creationTimestamp: '2026-11-24T06:02:01Z' },
        ),
      ],
      policy: { handle: policy },
      ownership: {},
      features: [
        mcpActions,
        actionsRegistryServiceFactory,
        actionsServiceFactory,
        createServiceFactory({
          service: stepLogsServiceRef,
          deps: {},
          factory: () => new StepLogs(new Map([['local', logs]])),
        }),
        createServiceFactory({
          service: operationServiceRef,
          deps: {},
          factory: () => ({ perform } as unknown as OperationService),
        }),
      ],
    });
    for (const user of [OWNER, READER, STRANGER]) {
      tokens[user] = await portal.tokenOf(user);
    }
    logs.workflow = {};
    logs.putPod(`${RUN}-build-and-push-push`, RUN);
    logs.log =
      '2026-11-24T06:03:00Z building\n2026-11-24T06:03:01Z password=hunter2hunter2\n';
    // The catalog processes entities in the background.
    for (let tries = 0; tries < 100; tries += 1) {
      if (!(await call('get-delivery-status', { entity: REF })).error) {
        return;
      }
      await new Promise(resolve => setTimeout(resolve, 200));
    }
    throw new Error('the catalog did not process the entity');
  }, 60_000);

  afterAll(() => portal?.stop());
  beforeEach(() => {
    portal.audit.length = 0;
    perform.mockReset().mockResolvedValue({
      outcome: 'accepted',
      sentence: { code: 'operation.refresh', text: 'It is done.' },
      link: { title: 'Pull request', url: 'https://git.example/1' },
    });
  });

  it('are tools that say what they do to the world', async () => {
    const { result } = await ask('tools/list', {});
    expect(
      result.tools.map(
        ({ name, annotations }: Record<string, Record<string, boolean>>) => [
          name,
          annotations.readOnlyHint,
          annotations.destructiveHint,
          annotations.idempotentHint,
        ],
      ),
    ).toEqual(ACTIONS.map(({ name, hints }) => [`delivery.${name}`, ...hints]));
  });

  it.each(ACTIONS)(
    '$name is refused without $permission',
    async ({ name, input, denied, permission }) => {
      const { error } = await call(name, input, denied);
      expect(error).toBe(
        `NotAllowedError: Permission ${permission} is needed for ${REF}`,
      );
      expect(perform).not.toHaveBeenCalled();
      expect(
        portal.audit.filter(({ eventId }) =>
          ['fetch', 'operate'].includes(eventId),
        ),
      ).toMatchObject([
        {
          // The auditor knows no more without a request.
          actor: 'plugin:delivery',
          meta: { entityRef: REF, user: denied },
          outcome: 'failed: NotAllowedError',
        },
      ]);
    },
  );

  it.each(ACTIONS)('$name is for users, not for services', async each => {
    const { error } = await call(each.name, each.input, 'service');
    expect(error).toBe(
      'NotAllowedError: This action is for users; call it with the token of one',
    );
    expect(perform).not.toHaveBeenCalled();
    expect(portal.audit).toContainEqual(
      expect.objectContaining({
        meta: expect.objectContaining({ entityRef: REF, service: SERVICE }),
        outcome: 'failed: NotAllowedError',
      }),
    );
  });

  it('every example of every action works', async () => {
    const { body } = await request(portal.server)
      .get('/api/delivery/.backstage/actions/v1/actions')
      .auth(tokens[OWNER], { type: 'bearer' });
    const examples = body.actions.flatMap(
      ({ name, examples: some }: { name: string; examples: object[] }) =>
        some.map(example => ({ name, ...example })),
    );
    expect(
      new Set(examples.map(({ name }: { name: string }) => name)).size,
    ).toBe(ACTIONS.length);
    for (const { name, input } of examples) {
      expect([name, (await call(name, input)).error]).toEqual([
        name,
        undefined,
      ]);
    }
  });

  it('tell how the delivery stands', async () => {
    const { output } = await call('get-delivery-status', {
      entity: 'checkout',
    });
    expect(output).toMatchObject({
      entity: REF,
      status: 'failed',
      environments: [{ name: 'dev', commit: OLDER_COMMIT }, { name: 'prod' }],
    });
    expect(output.stages).toContainEqual(
      expect.objectContaining({
        id: 'build',
        status: 'failed',
        cause: expect.any(String),
        nextStep: expect.any(String),
      }),
    );
  });

  it('explain why a commit is not live', async () => {
    const { output } = await call('explain-commit', { entity: REF });
    expect(output).toMatchObject({
      commit: COMMIT,
      live: false,
      reached: { step: 'run-started', at: expect.any(String) },
      waitsAt: { step: 'built', status: 'failed', since: expect.any(String) },
      stage: { id: 'build', status: 'failed' },
      operation: { operation: 'retry-run', run: RUN },
      evidence: expect.stringContaining('exit code 1'),
      run: { name: RUN, status: 'failed', step: 'build-and-push' },
      environments: [{ name: 'dev', runsIt: false, commit: OLDER_COMMIT }, {}],
    });
    const { error } = await call('explain-commit', {
      entity: REF,
      commit: 'abcdef0',
    });
    expect(error).toMatch(
      /None of the newest commits and no environment is at commit abcdef0/,
    );
  });

  it('list runs', async () => {
    const { output } = await call('list-runs', { entity: REF, limit: 2 });
    expect(output.runs).toHaveLength(2);
    expect(output.runs[0]).toMatchObject({
      name: RUN,
      commit: COMMIT,
      status: 'failed',
      inCluster: true,
      failedStep: { name: 'build-and-push', message: 'main: exit code 1' },
    });
  });

  it('read the log of the step that failed, without credentials', async () => {
    const { output } = await call('read-step-log', { entity: REF, run: RUN });
    expect(output).toEqual({
      run: RUN,
      step: 'build-and-push',
      container: 'main',
      lines: [
        '2026-11-24T06:03:00.000Z building',
        '2026-11-24T06:03:01.000Z password=***',
      ],
      end: 'complete',
    });
  });

  it('do what the caller may, in the name of the caller', async () => {
    const { output } = await call('promote', {
      entity: REF,
      environment: 'prod',
    });
    expect(output).toEqual({
      outcome: 'accepted',
      summary: 'It is done.',
      url: 'https://git.example/1',
    });
    expect(perform).toHaveBeenCalledWith(
      expect.objectContaining({ kind: 'Component' }),
      { operation: 'promote', environment: 'prod' },
      OWNER,
    );
    expect(portal.audit).toContainEqual(
      expect.objectContaining({
        eventId: 'operate',
        meta: {
          operation: 'promote',
          environment: 'prod',
          entityRef: REF,
          user: OWNER,
        },
        outcome: 'succeeded',
      }),
    );
  });

  it.each([
    ['get-delivery-status', { entity: 'a b' }, /must be an entity reference/],
    ['get-delivery-status', { entity: 'component:default/other' }, /No entity/],
    ['get-delivery-status', {}, /Invalid input/],
    ['read-step-log', { entity: REF, run: 'other' }, /delivery.list-runs/],
    ['read-step-log', { entity: REF, run: RUN, step: 'x' }, /has no step "x"/],
    ['read-step-log', { entity: REF, run: RUN, tailLines: 501 }, /Invalid/],
  ])('%s of %j: %s', async (name, input, message) => {
    expect((await call(name, input)).error).toMatch(message);
  });
});
