import { mockServices } from '@backstage/backend-test-utils';
import { deliveryFor } from '../__testUtils__/deliveryFor';
import {
  buildSteps,
  COMMIT,
  healthyPipeline,
  OLDER_COMMIT,
  pushBuild,
} from '../__testUtils__/objects';
import { noFacts } from '../delivery/facts';
import { locate } from '../delivery/locate';
import { entity } from '../__testUtils__/entity';
import type { Observation } from '../history/recordsOf';
import type { StepLogTail } from '../history/StepLogTails';
import { ManualClock } from '../kubernetes/__testing__/clocks';
import { statusError } from '../kubernetes/KubeError';
import { FakeLogCluster } from './__testUtils__/FakeLogCluster';
import { FailedStepLogs } from './FailedStepLogs';
import { stepPodOf } from './stepOf';
import { StepLogs } from './StepLogs';

const RUN = 'checkout-cicd-9f3c1';
const STEP = 'build-and-push';
const TIME = '2026-11-24T06:03:00.123456789Z';
const TOKEN = 'value-of-a-parameter';
const at = (time: string) => `2026-11-24T${time}Z`;

/** Tails in memory, for a database whose troubles a test decides. */
class MemoryTails {
  readonly kept = new Map<string, StepLogTail>();
  failure?: Error;

  async has({ node, finishedAt }: { node: string; finishedAt: string }) {
    return (this.kept.get(node)?.finishedAt ?? '') >= finishedAt;
  }

  async write(tail: StepLogTail) {
    if (this.failure) {
      throw this.failure;
    }
    this.kept.set(tail.node, tail);
  }

  async find(pipeline: string, { run, step }: { run: string; step: string }) {
    return [...this.kept.values()].find(
      each =>
        each.pipeline === pipeline &&
        each.run === run &&
        [each.node, each.step].includes(step),
    );
  }
}

describe('FailedStepLogs', () => {
  let cluster: FakeLogCluster;
  let tails: MemoryTails;
  let clock: ManualClock;
  let logs: StepLogs;
  let keeper: FailedStepLogs;

  const failed = deliveryFor([
    ...healthyPipeline(OLDER_COMMIT),
    pushBuild(COMMIT, 'Failed', buildSteps(STEP, 'Failed', 'main: exit 1')),
  ]);
  const observation = (values: object = {}): Observation => ({
    located: locate(entity().metadata.annotations, ['local']),
    facts: {
      ...noFacts(),
      runs: failed.runs.map(run => ({ ...run, uid: run.name, ...values })),
    },
    health: [],
  });
  const settle = () => new Promise(resolve => setTimeout(resolve, 50));
  const read = async (delivery = failed, step = STEP) => {
    const log = await logs.open(
      delivery,
      {
        run: RUN,
        step,
        tailLines: 1_000,
        previous: false,
        follow: false,
      },
      new AbortController().signal,
    );
    const texts: string[] = [];
    for await (const lines of log.lines()) {
      texts.push(...lines.map(({ text }) => text));
    }
    return texts;
  };

  beforeEach(() => {
    cluster = new FakeLogCluster();
    cluster.workflow = {
      spec: {
        arguments: { parameters: [{ name: 'git-token', value: TOKEN }] },
      },
    };
    const [pod] = stepPodOf(failed, { run: RUN, step: STEP }).names;
    cluster.putPod(pod, RUN);
    cluster.log = `${TIME} cloning with ${TOKEN}\n${TIME} exit 1\n`;
    tails = new MemoryTails();
    clock = new ManualClock();
    logs = new StepLogs(new Map([['local', cluster]]), tails);
    keeper = new FailedStepLogs({
      logs,
      tails,
      clock,
      logger: mockServices.logger.mock(),
      retentionMs: Infinity,
    });
  });

  afterEach(() => keeper.stop());

  it('keeps what the step that failed said last, without what is secret', async () => {
    keeper.observe(observation());
    await settle();
    const [kept, ...others] = tails.kept.values();
    expect(others).toEqual([]);
    expect(kept).toMatchObject({
      cluster: 'local',
      pipeline:
        'local/cicdpipeline.kro.run/team-checkout/checkout-cicd-pipeline',
      run: RUN,
      step: STEP,
      container: 'main',
      lines: [
        { time: at('06:03:00.123'), text: 'cloning with ***' },
        { text: 'exit 1' },
      ],
      isCut: false,
    });
    expect(JSON.stringify(kept)).not.toContain(TOKEN);
  });

  it('reads each once, however often it is observed and by however many', async () => {
    keeper.observe(observation());
    keeper.observe(observation());
    await settle();
    keeper.observe(observation());
    await settle();
    const asked = () => cluster.asked.filter(path => /\/log\?/.test(path));
    expect(asked()).toHaveLength(1);
    const other = new FailedStepLogs({
      logs,
      tails,
      clock,
      logger: mockServices.logger.mock(),
      retentionMs: Infinity,
    });
    other.observe(observation());
    await settle();
    await other.stop();
    expect(asked()).toHaveLength(1);
  });

  it('keeps no more than 64 KiB, of the end', async () => {
    cluster.log = Array.from(
      { length: 1_500 },
      (_, line) => `${TIME} ${line} ${'x'.repeat(100)}\n`,
    ).join('');
    keeper.observe(observation());
    await settle();
    const [kept] = tails.kept.values();
    expect(kept.isCut).toBe(true);
    expect(kept.lines.at(-1)?.text).toMatch(/^1499 /);
    const bytes = kept.lines.reduce(
      (sum, { text, time = '' }) => sum + text.length + time.length,
      0,
    );
    expect(bytes).toBeLessThanOrEqual(64 * 1024);
    expect(bytes).toBeGreaterThan(60 * 1024);
  });

  it('tries again when cluster or database do not answer, and not for ever', async () => {
    cluster.failure = statusError(503, { message: 'away' });
    keeper.observe(observation());
    await settle();
    cluster.failure = undefined;
    tails.failure = new Error('connection refused');
    clock.advance(20_000);
    await settle();
    expect(tails.kept.size).toBe(0);
    tails.failure = undefined;
    clock.advance(40_000);
    await settle();
    expect(tails.kept.size).toBe(1);
    expect(clock.pending).toEqual([]);
  });

  it.each<[string, () => void, object]>([
    ['whose pod is gone', () => (cluster.pod = undefined), {}],
    ['of a run that goes on', () => {}, { status: 'running' }],
  ])('keeps nothing of a step %s', async (_, prepare, values) => {
    prepare();
    keeper.observe(observation(values));
    await settle();
    expect(tails.kept.size).toBe(0);
    expect(clock.pending).toEqual([]);
  });

  it('is what is read when the pod is gone, and the run too', async () => {
    keeper.observe(observation());
    await settle();
    expect(await read()).toEqual(['cloning with ***', 'exit 1']);
    cluster.pod = undefined;
    const kept = [
      'The pod is gone. These lines were kept when the step failed.',
      'cloning with ***',
      'exit 1',
    ];
    expect(await read()).toEqual(kept);
    expect(await read({ ...failed, runs: [] })).toEqual(kept);
  });

  it('is not read of another pipeline, another step, or one that was retried', async () => {
    keeper.observe(observation());
    await settle();
    cluster.pod = undefined;
    const elsewhere = {
      ...failed,
      location: { ...failed.location, instanceNamespace: 'team-other' },
    };
    const retried = {
      ...failed,
      runs: failed.runs.map(run => ({
        ...run,
        steps: run.steps.map(step => ({
          ...step,
          status: 'succeeded' as const,
        })),
      })),
    };
    await expect(read(elsewhere)).rejects.toThrow(/gone with its pod/);
    await expect(read(retried)).rejects.toThrow(/gone with its pod/);
    // An attempt has the same id when the whole run is retried.
    const [{ node, finishedAt }] = tails.kept.values();
    const attempted = (status: 'failed' | 'succeeded') => ({
      ...failed,
      runs: failed.runs.map(run => ({
        ...run,
        steps: run.steps.map(step => ({
          ...step,
          id: `retried/${step.id}`,
          status,
          attempts:
            step.name === STEP
              ? [{ id: node, phase: 'Error', status, finishedAt }]
              : undefined,
        })),
      })),
    });
    expect(await read(attempted('failed'), node)).toContain('exit 1');
    await expect(read(attempted('succeeded'), node)).rejects.toThrow(
      /gone with its pod/,
    );
    await expect(read({ ...failed, runs: [] }, 'run-tests')).rejects.toThrow(
      /There is no run/,
    );
  });
});
