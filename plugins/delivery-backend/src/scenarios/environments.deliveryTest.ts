import { gitea } from '../git/__testUtils__/gitea';
import { until } from '../kubernetes/__testing__/until';
import { environmentOf, GoldenPath, runs, stageOf } from './GoldenPath';
import { openPortal, type Portal } from './openPortal';
import { PULL_MESSAGE, refuseImage } from './refuseImage';

jest.setTimeout(600_000);

const name = `e${Date.now().toString(36)}`;

let portal: Portal;
let app: GoldenPath;

beforeAll(async () => {
  portal = await openPortal();
  app = await portal.makeApp(name);
  await app.until('dev runs the first image', runs('dev', 'initial'));
});

afterAll(() => portal?.close());

const deployOf = (it: typeof app.now) => stageOf(it, 'deploy:dev');

describe('a change of the manifest alone', () => {
  const file = 'deployment/dev/application.yaml';
  const containerOf = async () => {
    const { spec } = await portal.cluster.send(
      'GET',
      `/apis/apps/v1/namespaces/${app.namespace}-dev/deployments/${name}`,
    );
    return spec.template.spec.containers[0];
  };
  const isWell = (pods: number) => (it: typeof app.now) =>
    runs('dev', 'initial')(it) &&
    environmentOf(it, 'dev')?.pods?.ready === pods;

  it.each([
    ['more replicas', /replicas: 1/, 'replicas: 2', 2],
    ['fewer replicas', /replicas: 2/, 'replicas: 1', 1],
  ])('is rolled out: %s', async (_, old, now, pods) => {
    await app.push(file, (await app.file(file)).replace(old, now));
    await app.until(`${now} are ready`, isWell(pods));
  });

  it('is rolled out: an environment variable', async () => {
    const before = await app.file(file);
    const env = 'env: [{ name: LOG_LEVEL, value: debug }]';
    await app.push(file, before.replace('env: []', env));
    await until(
      'the container has it',
      async () => (await containerOf()).env?.[0]?.value === 'debug',
      90_000,
    );
    await app.until('it is well', isWell(1));
    await app.push(file, before);
    await until(
      'the container has it no more',
      async () => !(await containerOf()).env?.length,
      90_000,
    );
    await app.until('it is well', isWell(1));
  });
});

describe('Argo CD that is not told of pushes', () => {
  /** The hook by which the Git server tells Argo CD, of all repositories. */
  let hook: string;

  beforeAll(async () => {
    const hooks = await gitea('GET', '/admin/hooks');
    const found = hooks.find((each: any) =>
      each.config.url.endsWith('/api/webhook'),
    );
    hook = `/admin/hooks/${found.id}`;
    await gitea('PATCH', hook, { active: false });
  });

  afterAll(() => gitea('PATCH', hook, { active: true }));

  const reconciledAt = async () =>
    (await portal.cluster.send('GET', app.argoCd('dev'))).status.reconciledAt;

  it('is refreshed', async () => {
    const refresh = { operation: 'refresh', environment: 'dev' } as const;
    // It has just looked, so that it does not by itself for a minute.
    const lookedAt = await reconciledAt();
    expect((await app.ask(refresh)).body.outcome).toBe('accepted');
    await until('Argo CD has looked', async () => {
      return (await reconciledAt()) !== lookedAt;
    });

    const commit = await app.push('extra.go', 'package main\n');
    const waiting = await app.until(
      'the image is published and not noticed',
      it => deployOf(it)?.sentence.code === 'deploy.notNoticed',
    );
    expect(environmentOf(waiting, 'dev')?.image?.tag).toBe('initial');
    expect(deployOf(waiting)).toMatchObject({
      status: 'waiting',
      diagnosis: {
        nextStep: { code: 'deploy.notNoticed.next' },
        operation: refresh,
      },
    });
    await app.operate(
      refresh,
      it => environmentOf(it, 'dev')?.image?.tag === commit,
    );
    await app.until('dev runs it', runs('dev', commit));
  });
});

describe('a pipeline that is held', () => {
  it('is suspended', async () => {
    const suspend = { operation: 'suspend-pipeline' } as const;
    await app.operate(
      suspend,
      it => stageOf(it, 'pipeline')?.status === 'suspended',
    );
    expect(stageOf(app.now, 'pipeline')?.diagnosis).toMatchObject({
      cause: { code: 'pipeline.suspended' },
      operation: { operation: 'resume-pipeline' },
    });
    await app.expectUnchanged(suspend);
    // What kro was about to write when it was told is written until it says so.
    const { instanceNamespace, instanceName } = app.now.location;
    await until('kro holds still', async () => {
      const { status } = await portal.cluster.send(
        'GET',
        `/apis/kro.run/v1alpha1/namespaces/${instanceNamespace}/cicdpipelines/${instanceName}`,
      );
      return status.conditions.some(
        ({ reason }: { reason?: string }) =>
          reason === 'ReconciliationSuspended',
      );
    });
  });

  it('lets a drift be, which is named and synced away', async () => {
    // As kro lets it be, too: else Argo CD undoes the change before anybody sees it.
    await portal.cluster.send('PATCH', app.argoCd('dev'), {
      spec: { syncPolicy: { automated: { selfHeal: false } } },
    });
    const application = `/apis/core.oam.dev/v1beta1/namespaces/${app.namespace}-dev/applications/${name}`;
    const { spec } = await portal.cluster.send('GET', application);
    spec.components[0].properties.replicas = 3;
    await portal.cluster.send('PATCH', application, { spec });
    const drifted = await app.until(
      'the drift is named',
      it => deployOf(it)?.sentence.code === 'deploy.drifted',
    );
    expect(deployOf(drifted)).toMatchObject({
      status: 'waiting',
      word: expect.stringContaining('OutOfSync'),
      diagnosis: {
        cause: { values: { resource: `Application ${name}` } },
        nextStep: { code: 'deploy.drifted.next' },
        operation: { operation: 'sync', environment: 'dev' },
      },
    });

    const sync = { operation: 'sync', environment: 'dev' } as const;
    await app.operate(sync, it =>
      ['running', 'succeeded'].includes(deployOf(it)?.status ?? ''),
    );
    const synced = await app.until(
      'it is as Git says',
      it =>
        environmentOf(it, 'dev')?.argoCd.sync === 'Synced' &&
        deployOf(it)?.status === 'succeeded',
    );
    expect(environmentOf(synced, 'dev')?.argoCd.history?.[0]).toMatchObject({
      initiatedBy: 'user:default/mock',
    });
    const after = await portal.cluster.send('GET', application);
    expect(after.spec.components[0].properties.replicas).toBe(1);
  });

  it('is resumed, and kro looks after it again', async () => {
    const resume = { operation: 'resume-pipeline' } as const;
    await app.operate(
      resume,
      it => stageOf(it, 'pipeline')?.status === 'succeeded',
    );
    await app.expectUnchanged(resume);
  });
});

it('names an image that cannot be pulled in the words of the kubelet', async () => {
  const refused = await refuseImage(portal.cluster, `${app.namespace}-dev`);
  const stuck = await app.until(
    'the image cannot be pulled',
    it => stageOf(it, 'run:dev')?.sentence.code === 'run.imagePull',
  );
  expect(stageOf(stuck, 'run:dev')).toMatchObject({
    status: 'failed',
    diagnosis: {
      cause: { values: { container: refused.container } },
      evidence: expect.stringContaining(PULL_MESSAGE),
      nextStep: { code: 'run.imagePull.next' },
    },
  });
  expect(environmentOf(stuck, 'dev')?.podProblems).toMatchObject([
    {
      pod: refused.pod,
      trouble: 'image-pull',
      reason: 'ImagePullBackOff',
    },
  ]);
  await refused.replace();
  await app.until(
    'another pod runs',
    it => stageOf(it, 'run:dev')?.status === 'succeeded',
  );
});

it('ends a sync that is tried again and again', async () => {
  const terminate = {
    operation: 'terminate-sync',
    environment: 'dev',
  } as const;
  await app.expectUnchanged(terminate);
  const file = 'deployment/dev/refused.yaml';
  await app.push(
    file,
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: Not_A_Name }\n',
  );
  const retrying = await app.until(
    'it is tried again',
    it => environmentOf(it, 'dev')?.argoCd.retry,
  );
  expect(deployOf(retrying)?.diagnosis).toMatchObject({
    evidence: expect.stringContaining('Not_A_Name'),
    operation: terminate,
  });
  await app.operate(terminate, it => deployOf(it)?.status === 'failed');
  await app.remove(file);
  await app.until(
    'it is well again',
    it => deployOf(it)?.status === 'succeeded',
  );
});
