import { AuthorizeResult } from '@backstage/plugin-permission-common';
import request from 'supertest';
import { statusError } from '../../kubernetes/KubeError';
import { pathOf, RUN, startStepLogs } from './__testUtils__/startStepLogs';

const waiting = (name: string, reason: string) => ({
  name,
  state: { waiting: { reason } },
});

describe('the log of a step, where there is none to give', () => {
  let logs: Awaited<ReturnType<typeof startStepLogs>>;

  beforeAll(async () => {
    logs = await startStepLogs();
  });

  afterAll(() => logs.backend.stop());

  beforeEach(() => logs.reset());

  it('is refused without the permission to read logs, and not asked for', async () => {
    logs.backend.permissions.authorize.mockImplementation(
      async ([{ permission }]) => [
        {
          result:
            permission.name === 'delivery.logs.read'
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
        },
      ],
    );
    const { status, body } = await logs.ask(pathOf('build-and-push'));
    expect(status).toBe(403);
    expect(body.error.message).toBe(
      'Permission delivery.logs.read is needed for component:default/checkout',
    );
    expect(logs.cluster.asked).toEqual([]);
    logs.backend.permissions.authorize.mockResolvedValue([
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
    const { status, body } = await logs.ask(`${pathOf(name, run)}?${query}`);
    expect([status, body.error.message]).toEqual([
      code,
      expect.stringMatching(message),
    ]);
    expect(logs.cluster.asked.filter(path => path.includes('/log'))).toEqual(
      [],
    );
  });

  it.each([
    [
      'a pod that is gone',
      () => {
        logs.cluster.pod = undefined;
      },
      404,
      /gone with its pod ".+"; logs live only as long as the pod/,
    ],
    [
      'a pod that is gone, with an archive',
      () => {
        logs.cluster.pod = undefined;
        logs.cluster.workflow = {
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
      () => logs.cluster.putPod(logs.pod, 'another'),
      404,
      /gone with its pod/,
    ],
    [
      'a container that waits',
      () =>
        logs.cluster.putPod(logs.pod, RUN, {
          containerStatuses: [waiting('main', 'ImagePullBackOff')],
        }),
      409,
      /has not begun, so it has no log yet \(ImagePullBackOff\)/,
    ],
    [
      'a pod that no node takes',
      () =>
        logs.cluster.putPod(logs.pod, RUN, {
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
        logs.cluster.putPod(logs.pod, RUN, {
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
        logs.buildIsAt('update-deployment');
        logs.cluster.putPod(logs.pod, RUN, {
          containerStatuses: [waiting('main', 'ImagePullBackOff')],
        });
      },
      404,
      /has ended before its container began, so it has no log \(ImagePullBackOff\)$/,
    ],
    [
      'a container that the cluster cannot read yet',
      () => {
        logs.cluster.failure = statusError(400, {
          message: 'waiting to start',
        });
      },
      409,
      /cannot be read now: .*waiting to start/,
    ],
    [
      'a container that the cluster can read no more',
      () => {
        logs.buildIsAt('update-deployment');
        logs.cluster.failure = statusError(400, { message: 'not found' });
      },
      404,
      /cannot be read: .*not found/,
    ],
    [
      'an account that may not',
      () => {
        logs.cluster.failure = statusError(403, { message: 'no' });
      },
      403,
      /reading account of cluster "local" may not read logs .* platform\/rbac\/reader.yaml/,
    ],
    [
      'a cluster out of reach',
      () => {
        logs.cluster.failure = statusError(502, {});
      },
      503,
      /Cluster "local" does not give the log .*; try again/,
    ],
  ])('%s is told in words', async (_what, arrange, code, message) => {
    arrange();
    for (const query of ['', '?follow=true']) {
      const { status, body } = await logs.ask(pathOf('build-and-push') + query);
      expect([status, body.error?.message]).toEqual([
        code,
        expect.stringMatching(message),
      ]);
    }
  });

  it('takes no other method', async () => {
    const { status } = await request(logs.backend.server).put(pathOf('a'));
    expect(status).toBe(405);
  });
});
