import { stringify } from 'yaml';
import { until } from '../kubernetes/__testing__/until';
import { appmodServiceGraph } from './appmodServiceGraph';
import { environmentOf, GoldenPath, runs, stageOf } from './GoldenPath';
import { openPortal, type Portal } from './openPortal';

jest.setTimeout(240_000);

const name = `w${Date.now().toString(36)}`;
const applications =
  '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications';

let portal: Portal;
let app: GoldenPath;
let image: string;

const namespaceOf = (environment: string) => `${app.namespace}-${environment}`;
const runOf = (environment: string, it = app.now) =>
  stageOf(it, `run:${environment}`);
const says = (environment: string, code: string) => (it: typeof app.now) =>
  runOf(environment, it)?.sentence.code === code;

/** A further environment that needs nothing but a folder of manifests in Git. */
async function addEnvironment(
  environment: string,
  manifests: object[],
): Promise<void> {
  await push(environment, manifests);
  const { source, destination } = (
    await portal.cluster.send('GET', app.argoCd('dev'))
  ).spec;
  const namespace = namespaceOf(environment);
  const label = 'app.kubernetes.io';
  await portal.cluster.send('POST', applications, {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: `${name}-${environment}-cd`,
      finalizers: ['resources-finalizer.argocd.argoproj.io'],
      labels: {
        [`${label}/name`]: name,
        [`${label}/component`]: 'argocd-application',
      },
      annotations: { 'cicd.kro.run/environment': environment },
    },
    spec: {
      // That of the application lets it bring nothing but what KubeVela and kro make.
      project: 'default',
      source: { ...source, path: `deployment/${environment}` },
      destination: { ...destination, namespace },
      syncPolicy: { automated: {}, syncOptions: ['CreateNamespace=true'] },
    },
  });
}

function push(environment: string, manifests: object[]): Promise<string> {
  return app.push(
    `deployment/${environment}/application.yaml`,
    manifests.map(manifest => stringify(manifest)).join('---\n'),
  );
}

/** What Helm charts bring: a workload whose pods only its selector tells. */
function workload(
  kind: 'Deployment' | 'StatefulSet' | 'DaemonSet',
  container: object = {},
) {
  const labels = { app: name, part: kind.toLowerCase() };
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: `${name}-${kind.toLowerCase()}` },
    spec: {
      ...(kind === 'Deployment' && { replicas: 2 }),
      ...(kind === 'StatefulSet' && { serviceName: name }),
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'web', image, ...container }] },
      },
    },
  };
}

const plain = (container?: object) => [
  workload('Deployment', container),
  workload('StatefulSet'),
  workload('DaemonSet'),
];

/** Writes the status of a container as a kubelet does: the local platform has none. */
async function breakPod(
  environment: string,
  owner: string,
  container: { state: object; lastState?: object; restartCount: number },
): Promise<{ pod: string; replace: () => Promise<unknown> }> {
  const pods = `/api/v1/namespaces/${namespaceOf(environment)}/pods`;
  const { items } = await portal.cluster.send('GET', pods);
  const pod = items.find((each: any) =>
    each.metadata.ownerReferences.some((it: any) => it.kind === owner),
  );
  const target = `${pods}/${pod.metadata.name}`;
  const [{ name: containerName, image: imageName }] = pod.spec.containers;
  await portal.cluster.send('PATCH', `${target}/status`, {
    status: {
      conditions: pod.status.conditions.map((each: any) =>
        ['Ready', 'ContainersReady'].includes(each.type)
          ? { ...each, status: 'False', reason: 'ContainersNotReady' }
          : each,
      ),
      containerStatuses: [
        {
          name: containerName,
          image: imageName,
          imageID: '',
          ready: false,
          started: false,
          ...container,
        },
      ],
    },
  });
  return {
    pod: pod.metadata.name,
    replace: () => portal.cluster.send('DELETE', target),
  };
}

const PANIC = 'panic: DATABASE_URL is not set';
const crashLoop = {
  restartCount: 4,
  state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 40s' } },
  lastState: {
    terminated: {
      exitCode: 1,
      reason: 'Error',
      message: PANIC,
      finishedAt: '2026-11-24T06:05:00Z',
    },
  },
};
const imagePull = {
  restartCount: 0,
  state: {
    waiting: {
      reason: 'ImagePullBackOff',
      message: 'Back-off pulling image: manifest unknown',
    },
  },
};

beforeAll(async () => {
  portal = await openPortal();
  const graphs = '/apis/kro.run/v1alpha1/resourcegraphdefinitions';
  await portal.cluster.make(graphs, appmodServiceGraph);
  app = await portal.makeApp(name);
  const ready = await app.until(
    'dev runs the first image',
    runs('dev', 'initial'),
    150,
  );
  image = `${stageOf(ready, 'image')?.word}:initial`;
});

afterAll(async () => {
  const made = ['plain', 'service'].map(
    environment => `${applications}/${name}-${environment}-cd`,
  );
  const isThere = (target: string) =>
    portal.cluster.send('GET', target).then(
      () => true,
      () => false,
    );
  if (portal) {
    for (const target of made) {
      await portal.cluster.send('DELETE', target).catch(() => {});
    }
    // kro lets an instance go only as long as it knows its definition.
    await until(
      'the environments are gone',
      async () => !(await Promise.all(made.map(isThere))).some(Boolean),
      60_000,
    );
    await portal.close();
  }
});

describe('workloads that Argo CD applies itself', () => {
  it('run', async () => {
    await addEnvironment('plain', plain());
    const delivery = await app.until(
      'all pods are ready',
      it =>
        runs('plain', 'initial')(it) &&
        environmentOf(it, 'plain')?.pods?.desired === 4,
      90,
    );
    // Two of the Deployment, one of the StatefulSet, one on the one node.
    expect(environmentOf(delivery, 'plain')?.pods).toEqual({
      ready: 4,
      desired: 4,
    });
  });

  it.each([
    ['ReplicaSet', crashLoop, 'run.crashLoop', PANIC],
    ['StatefulSet', imagePull, 'run.imagePull', 'manifest unknown'],
    ['DaemonSet', crashLoop, 'run.crashLoop', PANIC],
  ])('tell why a pod of a %s does not', async (owner, status, code, words) => {
    const { pod, replace } = await breakPod('plain', owner, status);
    const broken = await app.until('it is told', says('plain', code));
    expect(runOf('plain', broken)).toMatchObject({
      status: 'failed',
      diagnosis: {
        evidence: expect.stringContaining(words),
        nextStep: { code: `${code}.next` },
      },
    });
    expect(environmentOf(broken, 'plain')?.podProblems).toMatchObject([
      { pod },
    ]);
    await replace();
    await app.until(
      'another pod runs',
      it =>
        runOf('plain', it)?.status === 'succeeded' &&
        environmentOf(it, 'plain')?.pods?.ready === 4,
    );
  });

  it('tell what the scheduler says of a change in Git', async () => {
    await push('plain', plain({ resources: { requests: { cpu: '100k' } } }));
    const waiting = await app.until(
      'a pod has no place',
      it => runOf('plain', it)?.diagnosis?.cause.code === 'run.unschedulable',
      90,
    );
    expect(runOf('plain', waiting)?.diagnosis?.evidence).toContain(
      'Insufficient cpu',
    );
    await push('plain', plain());
    await app.until(
      'it is well again',
      it => runOf('plain', it)?.status === 'succeeded',
      90,
    );
  });
});

describe('an instance of kro', () => {
  it('runs', async () => {
    await addEnvironment('service', [
      {
        apiVersion: 'kro.run/v1alpha1',
        kind: 'AppmodService',
        metadata: { name },
        spec: { image, image_name: name, replicas: 2 },
      },
    ]);
    const delivery = await app.until(
      'both pods are ready',
      it =>
        runs('service', 'initial')(it) &&
        environmentOf(it, 'service')?.pods?.ready === 2,
      90,
    );
    expect(environmentOf(delivery, 'service')?.pods?.desired).toBe(2);
  });

  it('tells why a pod does not, although kro and Argo CD call it healthy', async () => {
    const { pod, replace } = await breakPod('service', 'ReplicaSet', crashLoop);
    const broken = await app.until(
      'it is told',
      says('service', 'run.crashLoop'),
    );
    expect(runOf('service', broken)).toMatchObject({
      status: 'failed',
      diagnosis: { evidence: expect.stringContaining(PANIC) },
    });
    expect(environmentOf(broken, 'service')).toMatchObject({
      argoCd: { health: 'Healthy' },
      pods: { ready: 1, desired: 2 },
      podProblems: [{ pod, trouble: 'crash-loop', message: PANIC }],
    });
    await replace();
    await app.until(
      'another pod runs',
      it => runOf('service', it)?.status === 'succeeded',
    );
  });
});
