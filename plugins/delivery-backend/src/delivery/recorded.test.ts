import { MemoryCluster } from '../__testUtils__/MemoryCluster';
import { deliveryFor, stagesOf } from '../__testUtils__/deliveryFor';
import { annotationsOf, recorded } from '../__testUtils__/recorded';
import { watchedKinds } from '../sources';

const read = (objects: any[]) =>
  deliveryFor(objects, { annotations: annotationsOf(objects) });

describe('recorded from the local platform', () => {
  it.each<[string, Record<string, string>, string]>([
    [
      'setup-failed',
      {
        source: 'waiting source.noPushSeen',
        pipeline: 'failed pipeline.setupFailedAt',
        trigger: 'succeeded trigger.listening',
        build: 'waiting build.none',
        image: 'waiting image.waiting',
        'deploy:dev': 'failed deploy.failed',
      },
      'failed pipeline.setupFailedAt',
    ],
    [
      'first-build-failed',
      {
        source: 'succeeded source.firstBuild',
        pipeline: 'succeeded pipeline.active',
        trigger: 'succeeded trigger.listening',
        build: 'failed build.failedAt',
        image: 'waiting image.waiting',
        'deploy:dev': 'waiting deploy.nothing.first',
        'run:dev': 'waiting run.nothing',
        'promotion:prod': 'waiting promotion.nothing',
        'deploy:prod': 'waiting deploy.nothing.promotion',
        'run:prod': 'waiting run.nothing',
      },
      'failed build.failedAt',
    ],
    [
      'healthy',
      {
        source: 'succeeded source.pushed',
        pipeline: 'succeeded pipeline.active',
        trigger: 'succeeded trigger.listening',
        build: 'succeeded build.succeeded',
        image: 'succeeded image.newest',
        'deploy:dev': 'succeeded deploy.synced',
        'run:dev': 'succeeded run.healthy',
        'promotion:prod': 'waiting promotion.first',
        'deploy:prod': 'waiting deploy.nothing.promotion',
        'run:prod': 'waiting run.nothing',
      },
      'succeeded summary.healthy',
    ],
    [
      'building',
      {
        build: 'running build.running',
        'deploy:dev': 'succeeded deploy.synced',
        'run:dev': 'succeeded run.healthy',
      },
      'running summary.onTheWay',
    ],
    [
      'build-failed',
      {
        build: 'failed build.failedAt',
        image: 'succeeded image.newest',
        'deploy:dev': 'succeeded deploy.synced',
        'run:dev': 'succeeded run.healthy',
      },
      'failed build.failedAt',
    ],
    [
      'rollout-failed',
      {
        build: 'succeeded build.succeeded',
        'run:dev': 'failed run.failed',
        'promotion:prod': 'waiting promotion.notHealthy',
      },
      'failed run.failed',
    ],
  ])('%s', (name, stages, summary) => {
    const delivery = read(recorded(name));
    expect(stagesOf(delivery)).toMatchObject(stages);
    expect(`${delivery.summary.status} ${delivery.summary.sentence.code}`).toBe(
      summary,
    );
  });

  it('shows all steps of a build, those to come included', () => {
    const [run] = read(recorded('building')).runs;
    expect(
      run.steps.map(({ name, status }, index) => [
        name,
        status,
        run.steps[index].dependsOn.map(
          id => run.steps.find(step => step.id === id)?.name,
        ),
      ]),
    ).toEqual([
      ['checkout-code', 'running', []],
      ['run-tests', 'waiting', ['checkout-code']],
      ['build-and-push', 'waiting', ['run-tests']],
      ['update-deployment', 'waiting', ['build-and-push']],
      ['notify-completion', 'waiting', ['update-deployment']],
    ]);
  });

  it('keeps the words of the failed step, and dev as it was', () => {
    const delivery = read(recorded('build-failed'));
    const build = delivery.stages.find(({ id }) => id === 'build');
    expect(build?.diagnosis).toMatchObject({
      evidence: expect.stringContaining('2 of 214 tests failed'),
      nextStep: { code: 'build.failed.next' },
    });
    const [dev, prod] = delivery.environments;
    expect(dev.image?.commit).not.toBe(delivery.runs[0].commit);
    expect(dev).toMatchObject({
      pods: { ready: 1, desired: 1 },
      oam: { phase: 'running', services: [{ healthy: true }] },
    });
    expect(prod).toMatchObject({ argoCd: { resources: 0, sync: 'Synced' } });
    expect(prod.image).toBeUndefined();
  });

  it.each(['healthy', 'build-failed', 'rollout-failed'])(
    'lets no parameter, environment value or command of %s out',
    name => {
      const objects = recorded(name).map(object => withCanaries(object));
      expect(JSON.stringify(objects).split('canary').length).toBeGreaterThan(
        20,
      );
      const cluster = new MemoryCluster('local').put(...objects);
      const stored = watchedKinds.flatMap(kind => cluster.objects.list(kind));
      expect(JSON.stringify(stored)).not.toContain('canary');
      expect(JSON.stringify(read(objects))).not.toContain('canary');
    },
  );
});

const SECRET_FIELDS = ['env', 'envFrom', 'args', 'command', 'parameters'];

/** Puts a canary into everything that may hold a secret, the image tag aside. */
function withCanaries(value: any, field = ''): any {
  if (Array.isArray(value)) {
    const inside = value.map(each => withCanaries(each, field));
    return SECRET_FIELDS.includes(field)
      ? [...inside.map(poisoned), { name: 'git-token', value: 'canary-value' }]
      : inside;
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [
        key,
        withCanaries(each, key),
      ]),
    );
  }
  return value;
}

function poisoned(value: any): any {
  if (typeof value === 'string') {
    return `${value} canary-argument`;
  }
  return value?.name === 'image-tag'
    ? value
    : { ...value, value: 'canary-value' };
}
