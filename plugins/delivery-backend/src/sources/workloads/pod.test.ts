import { readFileSync } from 'node:fs';
import path from 'node:path';
import { deliveryFor, isNo, stageOf } from '../../__testUtils__/deliveryFor';
import { deployment, healthyPipeline } from '../../__testUtils__/objects';
import { readWorkload } from './workload';
import { readPodProblem } from './pod';
import { trimPod } from './trim';

/**
 * From the local platform: what the scheduler and the controllers say is theirs; states
 * of containers were patched in, because the platform runs none.
 */
const recorded = (file: string): Record<string, any> =>
  JSON.parse(
    readFileSync(path.resolve(__dirname, `__fixtures__/${file}.json`), 'utf8'),
  );
const pods = recorded('pods');
const deployments = recorded('deployments');

const read = (object: any) => readPodProblem(trimPod(structuredClone(object)));

/** A pod with the status of its one container. */
const podWith = (container: object, status: object = {}) => ({
  ...pods.crashLoop,
  status: {
    phase: 'Running',
    conditions: [],
    containerStatuses: [{ name: 'alpha', ...container }],
    ...status,
  },
});

describe('a pod', () => {
  it.each<[string, object]>([
    [
      'imagePull',
      {
        trouble: 'image-pull',
        container: 'alpha',
        reason: 'ImagePullBackOff',
        message: expect.stringContaining(':nowhere: not found'),
      },
    ],
    [
      'crashLoop',
      {
        trouble: 'crash-loop',
        reason: 'CrashLoopBackOff',
        message: 'panic: DATABASE_URL is not set',
        exitCode: 1,
        restarts: 4,
      },
    ],
    [
      'outOfMemory',
      { trouble: 'out-of-memory', reason: 'OOMKilled', exitCode: 137 },
    ],
    [
      'unschedulable',
      {
        trouble: 'unschedulable',
        message: expect.stringContaining('Insufficient cpu'),
      },
    ],
  ])('in trouble: %s', (name, problem) => {
    expect(read(pods[name])).toMatchObject(problem);
  });

  it.each<[string, object, string | undefined]>([
    [
      'a missing ConfigMap',
      podWith({ state: { waiting: { reason: 'CreateContainerConfigError' } } }),
      'configuration',
    ],
    [
      'a container that ended',
      podWith({ state: { terminated: { exitCode: 2, reason: 'Error' } } }),
      'failed',
    ],
    [
      'one that runs again after its end, not ready yet',
      podWith({
        ready: false,
        state: { running: {} },
        lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
      }),
      'out-of-memory',
    ],
    [
      'one that has got over it',
      podWith({
        ready: true,
        state: { running: {} },
        lastState: { terminated: { exitCode: 1 } },
      }),
      undefined,
    ],
    [
      'an evicted pod',
      podWith({}, { phase: 'Failed', reason: 'Evicted' }),
      'evicted',
    ],
    [
      'a pod that is not ready',
      podWith(
        { ready: false, state: { running: {} } },
        { conditions: [{ type: 'Ready', status: 'False' }] },
      ),
      'not-ready',
    ],
    ['a pod that is done', podWith({}, { phase: 'Succeeded' }), undefined],
    [
      'a pod on its way out',
      {
        ...pods.crashLoop,
        metadata: {
          ...pods.crashLoop.metadata,
          deletionTimestamp: '2026-11-24T09:20:00Z',
        },
      },
      undefined,
    ],
  ])('%s', (_name, object, trouble) => {
    expect(read(object)?.trouble).toBe(trouble);
  });

  it('keeps no environment, argument or annotation', () => {
    const object = structuredClone(pods.unschedulable);
    expect(JSON.stringify(object)).toContain('env-canary-value');
    object.metadata.annotations = { sidecar: 'canary' };
    expect(JSON.stringify(trimPod(object))).not.toContain('canary');
  });
});

it.each([
  ['stuck', 'ReplicaSet "huge-845bb8d7b7" has timed out progressing.'],
  ['refused', expect.stringContaining('exceeded quota: none')],
])('a Deployment that is %s says why', (name, stuck) => {
  expect(readWorkload(deployments[name])).toMatchObject({
    ready: 0,
    desired: 1,
    stuck,
  });
});

describe('the stage', () => {
  const inDev = (pod: any, ready: number) => [
    ...healthyPipeline().filter(isNo('Deployment')),
    deployment('dev', ready),
    {
      ...pod,
      metadata: {
        ...pod.metadata,
        namespace: 'team-checkout-dev',
        labels: { 'app.oam.dev/name': 'checkout' },
      },
    },
  ];

  it.each([
    ['imagePull', 'run.imagePull', 'ImagePullBackOff: Back-off pulling image'],
    [
      'crashLoop',
      'run.crashLoop',
      'CrashLoopBackOff, exit code 1: panic: DATABASE_URL is not set',
    ],
    ['outOfMemory', 'run.outOfMemory', 'OOMKilled, exit code 137'],
  ])(
    'tells %s although KubeVela has not looked again',
    (name, code, evidence) => {
      const delivery = deliveryFor(inDev(pods[name], 1));
      expect(stageOf(delivery, 'run:dev')).toMatchObject({
        status: 'failed',
        sentence: { code },
        diagnosis: {
          evidence: expect.stringContaining(evidence),
          nextStep: { code: `${code}.next` },
        },
      });
      expect(delivery.environments[0].podProblems).toHaveLength(1);
    },
  );

  it('stays as it is while enough pods are ready', () => {
    const delivery = deliveryFor(inDev(pods.crashLoop, 2));
    expect(stageOf(delivery, 'run:dev')?.status).toBe('succeeded');
  });
});
