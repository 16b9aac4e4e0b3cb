import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  deliverySchema,
  stepLogEventSchema,
  type Run,
  type StepLogEvent,
} from '@golden-path/plugin-delivery-common';
import request from 'supertest';
import {
  pipelineWithoutRepository,
  startOnPlatform,
} from '../__testUtils__/startOnPlatform';
import { RealCluster } from '../kubernetes/__testing__/RealCluster';
import { until } from '../kubernetes/__testing__/until';

/** Logs from the real API server, read with the reading account, of runs of the real Argo. */
const app = `logs${Math.random().toString(36).slice(2, 8)}`;
const ENTITY = '/api/delivery/v1/entities/component/default/checkout';
const RUN = `${app}-cicd-setup-workflow`;

const permissions = mockServices.permissions.mock({
  authorize: async asked =>
    asked.map(() => ({ result: AuthorizeResult.ALLOW })),
});
const auditor = mockServices.auditor.mock({
  createEvent: jest.fn(async () => ({
    success: async () => {},
    fail: async () => {},
  })),
});

let cluster: RealCluster;
let backend: Awaited<ReturnType<typeof startOnPlatform>>;

const pathOf = (step: string, query = '') =>
  `${ENTITY}/runs/${RUN}/steps/${step}/logs?${query}`;

async function setup(): Promise<Run | undefined> {
  const { body } = await request(backend.server).get(`${ENTITY}/delivery`);
  return deliverySchema.parse(body).runs.find(({ name }) => name === RUN);
}

async function stepIs(name: string, statuses: string[]): Promise<boolean> {
  const step = (await setup())?.steps.find(each => each.name === name);
  return statuses.includes(step?.status ?? '');
}

/** Reads a stream to its end; each event with the moment at which it came. */
async function follow(target: string) {
  const { port } = backend.server.address() as AddressInfo;
  const response = await new Promise<http.IncomingMessage>(
    (resolve, reject) => {
      http
        .get({ port, path: target, agent: false }, resolve)
        .on('error', reject);
    },
  );
  const events: Array<{ at: number; event: StepLogEvent }> = [];
  let text = '';
  for await (const piece of response.setEncoding('utf8')) {
    const blocks = (text + piece).split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks.filter(each => each.startsWith('event'))) {
      const [, event, data] = /^event: (.*)\n(?:id: .*\n)?data: (.*)$/.exec(
        block,
      )!;
      events.push({
        at: Date.now(),
        event: stepLogEventSchema.parse({ event, data: JSON.parse(data) }),
      });
    }
  }
  return events;
}

const linesOf = (events: StepLogEvent[]) =>
  events.flatMap(each => (each.event === 'lines' ? each.data.lines : []));

beforeAll(async () => {
  cluster = await RealCluster.connect();
  backend = await startOnPlatform(app, cluster.namespace, [
    permissions.factory,
    auditor.factory,
  ]);
  await cluster.send(
    'POST',
    `/apis/kro.run/v1alpha1/namespaces/${cluster.namespace}/cicdpipelines`,
    pipelineWithoutRepository(app, cluster.namespace),
  );
}, 60_000);

afterAll(async () => {
  await backend?.stop();
  await cluster?.close();
});

it('is followed while the step runs, to its end', async () => {
  await until(
    'the first step runs',
    () => stepIs('validate-resources', ['running', 'succeeded']),
    60_000,
  );
  // Before its pod runs it is said that the step has not begun.
  await until('its log can be followed', async () => {
    const { status } = await request(backend.server).head(
      pathOf('validate-resources', 'follow=true'),
    );
    return status === 200;
  });
  const events = await follow(pathOf('validate-resources', 'follow=true'));
  const lines = linesOf(events.map(({ event }) => event));
  expect(lines.map(({ text }) => text)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(
        /^Repository .*: condition ACK\.ResourceSynced met$/,
      ),
      expect.stringMatching(/^Sensor .*: condition Deployed met$/),
    ]),
  );
  expect(events.at(-1)?.event).toEqual({
    event: 'end',
    data: { reason: 'complete' },
  });
  // Live: the first line came when it was written, not when the step was over.
  const first = events.find(({ event }) => linesOf([event]).length > 0)!;
  expect(first.at - Date.parse(lines[0].time ?? '')).toBeLessThan(5_000);
}, 120_000);

it('of a step that is over is read whole, by its end, and as a file', async () => {
  await until('the step is over', () =>
    stepIs('validate-resources', ['succeeded']),
  );
  const whole = await request(backend.server)
    .get(pathOf('validate-resources'))
    .set('Accept', 'text/plain');
  const lines = whole.text.trim().split('\n');
  expect(lines.length).toBeGreaterThan(2);
  const tail = await follow(pathOf('validate-resources', 'tailLines=1'));
  expect(linesOf(tail.map(({ event }) => event))).toEqual([
    expect.objectContaining({
      text: lines.at(-1)?.slice(lines[0].indexOf(' ') + 1),
    }),
  ]);
});

it('of a step that failed says why', async () => {
  await until(
    'the step has failed',
    () => stepIs('setup-secrets', ['failed']),
    60_000,
  );
  const step = (await setup())?.steps.find(
    ({ name }) => name === 'setup-secrets',
  );
  const { text } = await request(backend.server)
    .get(pathOf(step?.id ?? ''))
    .set('Accept', 'text/plain');
  expect(step?.message).toBeTruthy();
  expect(text).toContain(step?.message?.split(': ').at(-1));
  const events = auditor.createEvent.mock.calls.map(([event]) => event);
  expect(events).toContainEqual(
    expect.objectContaining({
      eventId: 'fetch',
      meta: {
        queryType: 'log',
        entityRef: 'component:default/checkout',
        run: RUN,
        step: step?.id,
      },
    }),
  );
}, 90_000);

it('tells what cannot be read', async () => {
  for (const [query, status, message] of [
    ['previous=true', 404, /was never restarted/],
    ['container=web', 404, /no container "web"; it has: wait, main, init/],
    // The API server's own words of a container that KWOK does not play.
    ['container=wait', 404, /log target not found/],
  ] as const) {
    const answer = await request(backend.server).get(
      pathOf('validate-resources', query),
    );
    expect([answer.status, answer.body.error?.message]).toEqual([
      status,
      expect.stringMatching(message),
    ]);
  }
});

it('is refused without the permission', async () => {
  permissions.authorize.mockImplementation(async asked =>
    asked.map(({ permission }) => ({
      result:
        permission.name === 'delivery.logs.read'
          ? AuthorizeResult.DENY
          : AuthorizeResult.ALLOW,
    })),
  );
  const { status, body } = await request(backend.server).get(
    pathOf('validate-resources'),
  );
  expect([status, body.error.message]).toEqual([
    403,
    expect.stringContaining('delivery.logs.read'),
  ]);
  permissions.authorize.mockImplementation(async asked =>
    asked.map(() => ({ result: AuthorizeResult.ALLOW })),
  );
});

it('is gone with its pod, in words', async () => {
  const pods = `/api/v1/namespaces/${cluster.namespace}/pods`;
  const { items } = await cluster.send(
    'GET',
    `${pods}?labelSelector=workflows.argoproj.io/workflow=${RUN}`,
  );
  const name = items
    .map((pod: { metadata: { name: string } }) => pod.metadata.name)
    .find((each: string) => each.includes('validate-resources'));
  await cluster.send('DELETE', `${pods}/${name}`);
  await until('the pod is gone', async () => {
    const { body } = await request(backend.server).get(
      pathOf('validate-resources'),
    );
    return (body.error?.message ?? '').includes(
      `is gone with its pod "${name}", some time after it ended at `,
    );
  });
});
