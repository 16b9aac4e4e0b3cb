import { readFileSync } from 'node:fs';
import path from 'node:path';
import { deliveryFor, stageOf } from '../../__testUtils__/deliveryFor';
import { MemoryCluster } from '../../__testUtils__/MemoryCluster';
import { COMMIT, URI } from '../../__testUtils__/objects';
import {
  appmodService,
  OF_INSTANCE,
  plainPath,
  podOf,
  workload,
} from '../../__testUtils__/plainPath';
import { readKinds } from '..';

const pods: Record<string, any> = JSON.parse(
  readFileSync(path.resolve(__dirname, '__fixtures__/pods.json'), 'utf8'),
);
const BY_DEPLOYMENT = { kind: 'ReplicaSet', name: 'checkout-7877456d54' };
const HASH = { 'pod-template-hash': '7877456d54' };
const deployed = { group: 'apps', kind: 'Deployment' };

const runOf = (objects: object[]) => {
  const delivery = deliveryFor(objects);
  const stage = stageOf(delivery, 'run:dev');
  return {
    stage,
    told: `${stage?.status} ${stage?.sentence.code}`,
    dev: delivery.environments.find(({ name }) => name === 'dev'),
    healthy: delivery.journeys
      ?.find(({ tag }) => tag === COMMIT)
      ?.steps.filter(({ environment }) => environment === 'dev')
      .map(({ kind, status }) => `${kind} ${status}`),
  };
};

describe('a plain Deployment', () => {
  it.each([
    ['imagePull', 'run.imagePull', 'ImagePullBackOff: Back-off pulling image'],
    [
      'crashLoop',
      'run.crashLoop',
      'CrashLoopBackOff, exit code 1: panic: DATABASE_URL is not set',
    ],
    ['outOfMemory', 'run.outOfMemory', 'OOMKilled, exit code 137'],
  ])('tells %s in the words of its pods', (name, code, evidence) => {
    const { stage, dev } = runOf([
      ...plainPath(deployed, { health: 'Progressing' }),
      workload('Deployment', { ready: 1 }),
      podOf(pods[name], BY_DEPLOYMENT, HASH),
    ]);
    expect(stage).toMatchObject({
      status: 'failed',
      word: 'Progressing',
      sentence: { code },
      diagnosis: {
        evidence: expect.stringContaining(evidence),
        nextStep: { code: `${code}.next` },
      },
    });
    expect(dev).toMatchObject({
      pods: { ready: 1, desired: 2 },
      podProblems: [{ pod: pods[name].metadata.name }],
      image: { commit: COMMIT },
    });
  });

  it('waits for the scheduler, and is not rolled out before', () => {
    const { stage, healthy } = runOf([
      ...plainPath(deployed, { health: 'Progressing' }),
      workload('Deployment', { rolledOut: false }),
      podOf(pods.unschedulable, BY_DEPLOYMENT, HASH),
    ]);
    expect(stage).toMatchObject({
      status: 'running',
      diagnosis: {
        cause: { code: 'run.unschedulable' },
        evidence: expect.stringContaining('Insufficient cpu'),
      },
    });
    expect(healthy?.slice(-2)).toEqual([
      'rolled-out running',
      'healthy waiting',
    ]);
  });

  it.each<[string, object]>([
    [
      'of a Job with the same labels',
      podOf(pods.crashLoop, { kind: 'Job', name: 'checkout-7877456d54' }, HASH),
    ],
    [
      'that nobody looks after',
      {
        ...podOf(pods.crashLoop, BY_DEPLOYMENT, HASH),
        metadata: {
          ...podOf(pods.crashLoop, BY_DEPLOYMENT, HASH).metadata,
          ownerReferences: undefined,
        },
      },
    ],
    [
      'of a Deployment of a longer name',
      podOf(
        pods.crashLoop,
        { kind: 'ReplicaSet', name: 'checkout-admin-7877456d54' },
        HASH,
      ),
    ],
    [
      'that the selector leaves out',
      podOf(pods.crashLoop, BY_DEPLOYMENT, { ...HASH, tier: 'gate' }),
    ],
    [
      'in another namespace',
      {
        ...podOf(pods.crashLoop, BY_DEPLOYMENT, HASH),
        metadata: {
          ...podOf(pods.crashLoop, BY_DEPLOYMENT, HASH).metadata,
          namespace: 'team-other',
        },
      },
    ],
  ])('has no pod %s', (_, pod) => {
    const { told, dev } = runOf([
      ...plainPath(deployed, { health: 'Progressing' }),
      workload('Deployment', { ready: 1 }),
      pod,
    ]);
    expect(told).toBe('running run.starting');
    expect(dev?.podProblems).toBeUndefined();
  });

  it('is healthy when Argo CD says so', () => {
    const { told, dev, healthy } = runOf([
      ...plainPath(deployed, { images: [`${URI}:${COMMIT}`] }),
      workload('Deployment', { ready: 2 }),
    ]);
    expect(told).toBe('succeeded run.healthy');
    expect(dev?.pods).toEqual({ ready: 2, desired: 2 });
    expect(healthy?.at(-1)).toBe('healthy succeeded');
  });
});

it.each([
  ['StatefulSet', 'apps', { kind: 'StatefulSet', name: 'checkout' }, {}],
  ['DaemonSet', 'apps', { kind: 'DaemonSet', name: 'checkout' }, {}],
  [
    'Rollout',
    'argoproj.io',
    BY_DEPLOYMENT,
    { 'rollouts-pod-template-hash': '7877456d54' },
  ],
] as const)('a %s has its pods', (kind, group, owner, labels) => {
  const { told, dev } = runOf([
    ...plainPath({ group, kind }, { health: 'Progressing' }),
    workload(kind, { ready: 1 }),
    podOf(pods.crashLoop, owner, labels),
  ]);
  expect(told).toBe('failed run.crashLoop');
  expect(dev?.pods).toEqual({ ready: 1, desired: 2 });
});

describe('an instance of kro', () => {
  const instance = { group: 'kro.run', kind: 'AppmodService' };
  const crashing = podOf(pods.crashLoop, BY_DEPLOYMENT, HASH);

  it('has the image that it asks for', () => {
    const { told, dev } = runOf([...plainPath(instance), appmodService()]);
    expect(told).toBe('succeeded run.healthy');
    expect(dev?.image?.commit).toBe(COMMIT);
  });

  it.each(Object.entries(OF_INSTANCE))(
    'has the workload with the label %s, whatever kro says of itself',
    (label, value) => {
      const { told, dev } = runOf([
        ...plainPath(instance),
        appmodService(),
        workload('Deployment', { labels: { [label]: value }, ready: 1 }),
        crashing,
      ]);
      expect(told).toBe('failed run.crashLoop');
      expect(dev).toMatchObject({
        pods: { ready: 1, desired: 2 },
        podProblems: [{ trouble: 'crash-loop' }],
      });
    },
  );

  it('is on its way while its pods are', () => {
    const { told, healthy } = runOf([
      ...plainPath(instance),
      appmodService(),
      workload('Deployment', { labels: OF_INSTANCE, ready: 1 }),
    ]);
    expect(told).toBe('running run.starting');
    expect(healthy?.slice(-2)).toEqual([
      'rolled-out succeeded',
      'healthy running',
    ]);
  });

  it('has a Rollout, and its pods', () => {
    const { told, dev } = runOf([
      ...plainPath(instance),
      appmodService('Rollout.argoproj.io'),
      workload('Rollout', { labels: OF_INSTANCE }),
      podOf(pods.imagePull, BY_DEPLOYMENT, {
        'rollouts-pod-template-hash': '7877456d54',
      }),
    ]);
    expect(told).toBe('failed run.imagePull');
    expect(dev?.rollouts).toHaveLength(1);
  });

  it('does not have the workload of another', () => {
    const { told, dev } = runOf([
      ...plainPath(instance),
      appmodService(),
      workload('Deployment', {
        labels: { 'kro.run/instance-id': 'of-another' },
      }),
      crashing,
    ]);
    expect(told).toBe('succeeded run.healthy');
    expect(dev?.pods).toBeUndefined();
  });
});

it('keeps of workloads and instances what is read, and no environment', () => {
  const objects = [
    workload('Deployment'),
    workload('StatefulSet'),
    workload('DaemonSet'),
    workload('Rollout'),
    appmodService(),
  ];
  expect(JSON.stringify(objects)).toContain('env-canary-value');
  const cluster = new MemoryCluster('local').put(...objects);
  const kept = readKinds.flatMap(kind => cluster.objects.list(kind));
  const names = new Set(kept.map(({ kind }) => kind));
  for (const { kind } of objects) {
    expect(names).toContain(kind);
  }
  expect(JSON.stringify(kept)).not.toContain('canary-value');
});
