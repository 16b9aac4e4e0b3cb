import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  stepLogEventSchema,
  type StepLogEvent,
} from '@golden-path/plugin-delivery-common';
import request from 'supertest';
import { entity } from '../../__testUtils__/entity';
import {
  buildSteps,
  COMMIT,
  firstBuild,
  healthyPipeline,
  pushBuild,
} from '../../__testUtils__/objects';
import { startDelivery } from '../../__testUtils__/startDelivery';
import { statusError } from '../../kubernetes/KubeError';
import { FakeLogCluster } from '../../logs/__testUtils__/FakeLogCluster';
import { StepLogs } from '../../logs/StepLogs';
import { stepLogsServiceRef } from '../../logs/stepLogsServiceRef';

const RUN = 'checkout-cicd-9f3c1';
const ENTITY = '/api/delivery/v1/entities/component/default/checkout';
const pathOf = (step: string, run = RUN) =>
  `${ENTITY}/runs/${run}/steps/${encodeURIComponent(step)}/logs`;
const TIME = '2026-11-24T06:03:00.123456789Z';
const TOKEN = 'value-of-a-parameter';
const waiting = (name: string, reason: string) => ({
  name,
  state: { waiting: { reason } },
});

describe('the log of a step', () => {
  let backend: Awaited<ReturnType<typeof startDelivery>>;
  let cluster: FakeLogCluster;
  let pod: string;

  const ask = (path: string) => request(backend.server).get(path);
  const buildIsAt = (step: string) => {
    backend.cluster.put(pushBuild(COMMIT, 'Running', buildSteps(step)));
    backend.cluster.flush();
  };
  const eventsIn = (text: string) =>
    text
      .split('\n\n')
      .filter(block => block.startsWith('event: '))
      .map(block => {
        const field = (name: string) =>
          new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
        return {
          id: field('id'),
          ...stepLogEventSchema.parse({
            event: field('event'),
            data: JSON.parse(field('data') ?? 'null'),
          }),
        };
      });

  /** Not the one that only says that the log is open. */
  const hasSaid = (event: StepLogEvent) =>
    event.event === 'end' || event.data.lines.length > 0;

  beforeAll(async () => {
    cluster = new FakeLogCluster();
    backend = await startDelivery(
      [entity()],
      [
        ...healthyPipeline(),
        firstBuild('Failed', buildSteps('build-and-push', 'Failed', 'exit 1')),
        pushBuild(COMMIT, 'Running', buildSteps('build-and-push')),
      ],
      [
        createServiceFactory({
          service: stepLogsServiceRef,
          deps: {},
          factory: () => new StepLogs(new Map([['local', cluster]])),
        }),
      ],
    );
    const { body } = await ask(`${ENTITY}/delivery`);
    const run = body.runs.find((each: { name: string }) => each.name === RUN);
    const step = run.steps.find(
      (each: { name: string }) => each.name === 'build-and-push',
    );
    pod = `${RUN}-${step.template ? `${step.template}-` : ''}${
      step.id.split('-').at(-1) as string
    }`;
  });

  afterAll(() => backend.stop());

  beforeEach(() => {
    jest.clearAllMocks();
    buildIsAt('build-and-push');
    cluster.asked.length = 0;
    cluster.failure = undefined;
    cluster.workflow = {
      spec: {
        arguments: { parameters: [{ name: 'git-token', value: TOKEN }] },
      },
    };
    cluster.putPod(pod, RUN);
    cluster.log = `${TIME} cloning with ${TOKEN}\n${TIME.replace(
      '9Z',
      '99Z',
    )} done\n`;
  });

  it('comes as events, without what is secret, from the pod of the step', async () => {
    const { status, text, headers } = await ask(
      `${pathOf('build-and-push')}?tailLines=7&sinceSeconds=60`,
    );
    expect(status).toBe(200);
    expect(headers['content-type']).toContain('text/event-stream');
    expect(eventsIn(text)).toEqual([
      { event: 'lines', data: { lines: [] } },
      {
        id: '2026-11-24T06:03:00.1234567899Z',
        event: 'lines',
        data: {
          lines: [
            { time: '2026-11-24T06:03:00.123Z', text: 'cloning with ***' },
            { time: '2026-11-24T06:03:00.123Z', text: 'done' },
          ],
        },
      },
      { event: 'end', data: { reason: 'complete' } },
    ]);
    expect(cluster.asked.at(-1)).toMatch(
      new RegExp(
        `/pods/${pod}/log\\?container=main&timestamps=true&tailLines=7&sinceSeconds=60$`,
      ),
    );
    expect(backend.auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'fetch',
        meta: {
          queryType: 'log',
          entityRef: 'component:default/checkout',
          run: RUN,
          step: 'build-and-push',
        },
      }),
    );
  });

  it('is a file where text is asked for', async () => {
    const { text, headers } = await ask(pathOf('build-and-push')).set(
      'Accept',
      'text/plain',
    );
    expect(headers['content-disposition']).toBe(
      `attachment; filename="${pod}-main.log"`,
    );
    expect(text).toBe(
      '2026-11-24T06:03:00.123Z cloning with ***\n2026-11-24T06:03:00.123Z done\n',
    );
  });

  it('is followed live, ends with its reader, and goes on where that one was', async () => {
    const { port } = backend.server.address() as AddressInfo;
    const source = cluster.followed();
    const response = await new Promise<http.IncomingMessage>(resolve => {
      http.get(
        {
          port,
          path: `${pathOf('build-and-push')}?follow=true`,
          headers: {
            'last-event-id': TIME,
            authorization: 'Bearer mock-user-token',
          },
        },
        resolve,
      );
    });
    // Without `tailLines`: of more than so many new lines none is left out.
    expect(cluster.asked.at(-1)).toMatch(
      /log\?container=main&timestamps=true&follow=true&sinceTime=2026-11-24T06%3A03%3A00Z$/,
    );
    const next = async () => {
      for await (const chunk of response.iterator({ destroyOnReturn: false })) {
        const events = eventsIn(String(chunk)).filter(hasSaid);
        if (events.length > 0) {
          return events;
        }
      }
      return [];
    };
    source.write(`${TIME} known already\n2026-11-24T06:03:01Z first\n`);
    expect(await next()).toMatchObject([
      { data: { lines: [{ text: 'first' }] } },
    ]);
    source.write('2026-11-24T06:03:02Z second\n');
    expect(await next()).toMatchObject([
      { data: { lines: [{ text: 'second' }] } },
    ]);
    response.destroy();
    await new Promise(resolve => source.once('close', resolve));
  });

  it('ends with its step, also where the cluster does not end it', async () => {
    const source = cluster.followed();
    const answer = ask(`${pathOf('build-and-push')}?follow=true`);
    const whole = answer.then(({ text }) => text);
    source.write('2026-11-24T06:03:01Z last\n');
    await new Promise(resolve => setTimeout(resolve, 100));
    buildIsAt('update-deployment');
    expect(eventsIn(await whole).filter(hasSaid)).toMatchObject([
      { data: { lines: [{ text: 'last' }] } },
      { event: 'end', data: { reason: 'complete' } },
    ]);
    // Of what is over there is nothing to follow.
    cluster.log = 'whole\n';
    await ask(`${pathOf('build-and-push')}?follow=true`);
    expect(cluster.asked.at(-1)).not.toContain('follow');
  });

  it('is refused without the permission to read logs, and not asked for', async () => {
    backend.permissions.authorize.mockImplementation(
      async ([{ permission }]) => [
        {
          result:
            permission.name === 'delivery.logs.read'
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
        },
      ],
    );
    const { status, body } = await ask(pathOf('build-and-push'));
    expect(status).toBe(403);
    expect(body.error.message).toBe(
      'Permission delivery.logs.read is needed for component:default/checkout',
    );
    expect(cluster.asked).toEqual([]);
    backend.permissions.authorize.mockResolvedValue([
      { result: AuthorizeResult.ALLOW },
    ]);
  });

  it.each([
    [
      'other',
      RUN,
      404,
      /has no step "other"; it has: checkout-code, run-tests/,
    ],
    [
      'build-and-push',
      'other',
      404,
      /no run "other" in cluster "local" any more/,
    ],
    [
      'update-deployment',
      'checkout-cicd-initial-build-workflow',
      404,
      /has no pod: it was skipped$/,
    ],
    ['build-and-push', 'Not_A_Name', 400, /Path parameter "run" must be/],
    [
      'build-and-push?container=web',
      RUN,
      404,
      /no container "web"; it has: wait, main, init/,
    ],
    ['build-and-push?previous=true', RUN, 404, /was never restarted/],
    ['build-and-push?tailLines=0', RUN, 400, /"tailLines" is "0"/],
    ['build-and-push?pod=other', RUN, 400, /no query parameter "pod"/],
  ])('%s of %s: %i, in words', async (step, run, code, message) => {
    const [name, query = ''] = step.split('?');
    const { status, body } = await ask(`${pathOf(name, run)}?${query}`);
    expect([status, body.error.message]).toEqual([
      code,
      expect.stringMatching(message),
    ]);
    expect(cluster.asked.filter(path => path.includes('/log'))).toEqual([]);
  });

  it.each([
    [
      'a pod that is gone',
      () => {
        cluster.pod = undefined;
      },
      404,
      /gone with its pod ".+"; logs live only as long as the pod/,
    ],
    [
      'a pod that is gone, with an archive',
      () => {
        cluster.pod = undefined;
        cluster.workflow = {
          status: {
            nodes: {
              a: {
                id: `${RUN}-build-and-push`,
                outputs: {
                  artifacts: [{ name: 'main-logs', s3: { key: 'a/secret' } }],
                },
              },
            },
          },
        };
      },
      404,
      /Argo Workflows archived it: open the run there and take the artifact "main-logs"$/,
    ],
    [
      'a pod of that name of another run',
      () => cluster.putPod(pod, 'another'),
      404,
      /gone with its pod/,
    ],
    [
      'a container that waits',
      () =>
        cluster.putPod(pod, RUN, {
          containerStatuses: [waiting('main', 'ImagePullBackOff')],
        }),
      409,
      /has not begun, so it has no log yet \(ImagePullBackOff\)/,
    ],
    [
      'a pod that no node takes',
      () =>
        cluster.putPod(pod, RUN, {
          phase: 'Pending',
          conditions: [
            {
              type: 'PodScheduled',
              status: 'False',
              reason: 'Unschedulable',
              message: '0/3 nodes are available',
            },
          ],
        }),
      409,
      /has not begun, .* \(Unschedulable: 0\/3 nodes are available\)$/,
    ],
    [
      'a container that waits for those before it',
      () =>
        cluster.putPod(pod, RUN, {
          phase: 'Pending',
          containerStatuses: [waiting('main', 'PodInitializing')],
          initContainerStatuses: [waiting('init', 'ErrImagePull')],
        }),
      409,
      /has not begun, .* \(ErrImagePull\)$/,
    ],
    [
      'a container that never began, of a step that is over',
      () => {
        buildIsAt('update-deployment');
        cluster.putPod(pod, RUN, {
          containerStatuses: [waiting('main', 'ImagePullBackOff')],
        });
      },
      404,
      /has ended before its container began, so it has no log \(ImagePullBackOff\)$/,
    ],
    [
      'a container that the cluster cannot read yet',
      () => {
        cluster.failure = statusError(400, { message: 'waiting to start' });
      },
      409,
      /cannot be read now: .*waiting to start/,
    ],
    [
      'a container that the cluster can read no more',
      () => {
        buildIsAt('update-deployment');
        cluster.failure = statusError(400, { message: 'not found' });
      },
      404,
      /cannot be read: .*not found/,
    ],
    [
      'an account that may not',
      () => {
        cluster.failure = statusError(403, { message: 'no' });
      },
      403,
      /reading account of cluster "local" may not read logs .* platform\/rbac\/reader.yaml/,
    ],
    [
      'a cluster out of reach',
      () => {
        cluster.failure = statusError(502, {});
      },
      503,
      /Cluster "local" does not give the log .*; try again/,
    ],
  ])('%s is told in words', async (_what, arrange, code, message) => {
    arrange();
    for (const query of ['', '?follow=true']) {
      const { status, body } = await ask(pathOf('build-and-push') + query);
      expect([status, body.error?.message]).toEqual([
        code,
        expect.stringMatching(message),
      ]);
    }
  });

  it('takes no other method', async () => {
    const { status } = await request(backend.server).put(pathOf('a'));
    expect(status).toBe(405);
  });
});
