import { say } from '@golden-path/plugin-delivery-common';
import { until } from '../kubernetes/__testing__/until';
import { failStep, healStep } from './failingStep';
import { GoldenPath, runs, environmentOf, stageOf } from './GoldenPath';
import { openPortal, type Portal } from './openPortal';

jest.setTimeout(600_000);

/*
 * Two pipelines in one namespace, and one is called like the pipeline of the other: every
 * object of `<a>-cicd` has a name that begins like those of `<a>`.
 */
const name = `a${Date.now().toString(36)}`;
const namespace = `team-${name}`;
const MESSAGE = 'error building image: no space left on device';

let portal: Portal;
let app: GoldenPath;
let other: GoldenPath;

beforeAll(async () => {
  portal = await openPortal();
  app = await portal.makeApp(name, { namespace });
  other = await portal.makeApp(`${name}-cicd`, { namespace });
});

afterAll(async () => {
  await healStep('build-and-push', name);
  await portal?.close();
});

const failedAt =
  (commit: string) => (run: { commit?: string; phase: string }) =>
    run.commit === commit && run.phase === 'Failed';

it('shows the first build while it runs, and what it built in dev', async () => {
  const building = await app.stream.until(
    'the first build runs',
    it => stageOf(it, 'build')?.sentence.code === 'build.running',
    120,
    0,
  );
  expect(building.delivery.summary).toMatchObject({
    status: 'running',
    sentence: { code: 'summary.firstBuildRunning' },
  });
  const done = await app.until('dev runs it', runs('dev', 'initial'));
  expect(done.runs.map(({ purpose, status }) => [purpose, status])).toEqual([
    ['initial-build', 'succeeded'],
    ['setup', 'succeeded'],
  ]);
  expect(stageOf(done, 'promotion:prod')?.sentence.code).toBe(
    'promotion.first',
  );
});

describe('a step that fails', () => {
  let commit: string;
  let run: string;

  it('is named with its words, and dev keeps what it has', async () => {
    await failStep('build-and-push', name, MESSAGE);
    commit = await app.push('main_extra.go', 'package main\n');
    run = (await app.untilRun('the run failed', failedAt(commit))).name;
    const failed = await app.until(
      'the stage is failed',
      it => stageOf(it, 'build')?.status === 'failed',
    );
    expect(stageOf(failed, 'build')).toMatchObject({
      sentence: { code: 'build.failedAt', values: { step: 'build-and-push' } },
      diagnosis: {
        cause: say('build.failedAt', { run, step: 'build-and-push' }),
        evidence: expect.stringContaining(MESSAGE),
        operation: { operation: 'retry-run', run },
      },
    });
    const step = failed.runs
      .find(each => each.name === run)
      ?.steps.find(each => each.name === 'build-and-push');
    const log = await app.get(`/runs/${run}/steps/${step?.id}/logs`);
    expect(log).toContain(MESSAGE);
    const recorded = async () => (await app.get('/history')).runs[0];
    await until('it is recorded', async () => (await recorded())?.name === run);
    expect(await recorded()).toMatchObject({ status: 'failed', commit });
    expect(environmentOf(failed, 'dev')?.image?.tag).toBe('initial');
    expect(runs('dev', 'initial')(failed)).toBe(true);
  });

  it('is healed by a retry, which keeps what had succeeded', async () => {
    const ofRun = (it: typeof app.now) =>
      it.runs.find(each => each.name === run)!;
    const before = ofRun(app.now);
    await healStep('build-and-push', name);
    const request = { operation: 'retry-run', run } as const;
    await app.operate(request, it => ofRun(it).status === 'running');
    await app.expectUnchanged(request);
    await app.until('dev runs it', runs('dev', commit));
    // Its last step tells the developer.
    const done = await app.until(
      'the run is over',
      it => ofRun(it).status !== 'running',
    );
    expect(ofRun(done)).toMatchObject({ status: 'succeeded' });
    const kept = ['checkout-code', 'run-tests'];
    const finished = (it: typeof before) =>
      it.steps
        .filter(step => kept.includes(step.name))
        .map(({ id, finishedAt }) => [id, finishedAt]);
    expect(finished(ofRun(done))).toEqual(finished(before));
    expect((await app.ask(request)).status).toBe(409);
  });
});

it('starts nothing for pushes that the Sensor leaves out', async () => {
  const manifests = await app.push('deployment/notes.md', 'For later.\n');
  const left = await app.until('it is told why', it =>
    it.journeys?.some(journey => journey.commit === manifests),
  );
  expect(
    left.journeys?.find(journey => journey.commit === manifests),
  ).toMatchObject({
    status: 'skipped',
    current: 'run-started',
    about: { author: 'Ada Lovelace' },
    steps: [
      { id: 'pushed' },
      { id: 'run-started', sentence: { code: 'push.deploymentOnly' } },
    ],
  });
  const own = await app.push(
    'notes.md',
    'By the pipeline.\n',
    'CI/CD Pipeline',
  );
  // The Sensor takes one push after the other: when this one runs, those are behind it.
  const commit = await app.push('main_next.go', 'package main\n');
  await app.untilRun('the next push runs', run => run.commit === commit);
  const commits = app.now.runs.map(run => run.commit);
  expect(commits).not.toContain(manifests);
  expect(commits).not.toContain(own);
  await app.until('dev runs it', runs('dev', commit));
});

it('runs by hand, is stopped, run again and terminated', async () => {
  const head = await app.push('deployment/notes.md', 'Later still.\n');
  const start = { operation: 'start-run' } as const;
  const { run: first = '' } = await app.operate(start, (it, { run }) =>
    it.runs.some(each => each.name === run && each.commit === head),
  );
  expect((await app.expectUnchanged(start)).run).toBe(first);

  const stop = { operation: 'stop-run', run: first } as const;
  await app.untilRun(
    'its first step runs',
    ({ name: each, steps }) =>
      each === first && steps.some(({ phase }) => phase === 'Running'),
  );
  await app.operate(stop, it =>
    it.runs.some(each => each.name === first && each.status === 'failed'),
  );
  await app.expectUnchanged(stop);

  const resubmit = { operation: 'resubmit-run', run: first } as const;
  const { run: second = '' } = await app.operate(resubmit, (it, { run }) =>
    it.runs.some(
      each =>
        each.name === run &&
        each.resubmittedFrom === first &&
        each.commit === head,
    ),
  );
  expect((await app.expectUnchanged(resubmit)).run).toBe(second);

  const terminate = { operation: 'terminate-run', run: second } as const;
  await app.untilRun(
    'it runs',
    ({ name: each, status }) => each === second && status === 'running',
  );
  await app.operate(terminate, it =>
    it.runs.some(each => each.name === second && each.status === 'failed'),
  );
  await app.expectUnchanged(terminate);
});

it('never mixed two pipelines of one namespace', async () => {
  await other.until('the other is done', runs('dev', 'initial'));
  const namesOf = ({ stream }: GoldenPath) =>
    new Set(
      stream.seen.flatMap(({ delivery }) => [
        ...delivery.runs.map(run => run.name),
        ...delivery.environments.map(({ argoCd }) => argoCd.name),
      ]),
    );
  const workflows = await portal.cluster.send(
    'GET',
    `/apis/argoproj.io/v1alpha1/namespaces/${namespace}/workflows`,
  );
  const label = 'app.kubernetes.io/name';
  for (const each of [app, other]) {
    expect([...namesOf(each)].sort()).toEqual(
      [
        ...workflows.items
          .filter(({ metadata }: any) => metadata.labels[label] === each.name)
          .map(({ metadata }: any) => metadata.name),
        `${each.name}-dev-cd`,
        `${each.name}-prod-cd`,
      ].sort(),
    );
  }
});

it('tells that a pipeline is deleted while it is watched', async () => {
  // Argo CD would bring it back.
  await portal.cluster.send(
    'DELETE',
    `/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/${other.name}-cicd`,
  );
  await portal.cluster.send(
    'DELETE',
    `/apis/kro.run/v1alpha1/namespaces/${namespace}/cicdpipelines/${other.name}-cicd-pipeline`,
  );
  await other.until(
    'it is being deleted',
    it => stageOf(it, 'pipeline')?.sentence.code === 'pipeline.deleting',
    90,
  );
  const gone = await other.until(
    'it is gone',
    it => stageOf(it, 'pipeline')?.status === 'missing',
    90,
  );
  expect(gone.environments).toEqual([]);
  expect(runs('dev', environmentOf(app.now, 'dev')!.image!.tag!)(app.now)).toBe(
    true,
  );
});
