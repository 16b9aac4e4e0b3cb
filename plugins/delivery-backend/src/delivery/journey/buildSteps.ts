import {
  say,
  type JourneyStep,
  type JourneyStepKind,
  type Sentence,
} from '@golden-path/plugin-delivery-common';
import type { RunFacts } from '../facts';
import { commitOf } from '../image';
import { currentStep, failedStep, publishedAt } from '../runs';

/** A run, from the cluster or from the history. */
export type BuildRun = Omit<RunFacts, 'progress'>;

/** Name of the step that builds the image and pushes it to the registry. */
const BUILD_STEP = 'build-and-push';

/** From the push to the new manifest in Git. */
export function buildSteps(tag: string, run: BuildRun | undefined) {
  const pushed: JourneyStep[] = commitOf(tag)
    ? [
        {
          id: 'pushed',
          kind: 'pushed',
          status: 'succeeded',
          // A push starts its run within a second; who starts one by hand pushed before.
          at: run?.purpose === 'build' ? run.createdAt : undefined,
        },
      ]
    : [];
  return [...pushed, ...(run ? runSteps(run) : forgotten())];
}

/** An image that is deployed was built, also where nobody remembers when. */
function forgotten(): JourneyStep[] {
  return [
    {
      id: 'run-started',
      kind: 'run-started',
      status: 'succeeded',
      sentence: say('journey.runForgotten'),
    },
    ...(['built', 'in-registry', 'manifest-bumped'] as const).map(
      (kind): JourneyStep => ({ id: kind, kind, status: 'succeeded' }),
    ),
  ];
}

function runSteps(run: BuildRun): JourneyStep[] {
  const pushedAt = imageAt(run);
  const done: Array<[kind: JourneyStepKind, at: string | undefined]> = [
    [
      'run-started',
      run.status === 'waiting' ? undefined : run.startedAt ?? run.createdAt,
    ],
    ['built', pushedAt],
    ['in-registry', pushedAt],
    ['manifest-bumped', publishedAt(run)],
  ];
  const at = done.findIndex(([, moment]) => moment === undefined);
  return done.map(([kind, moment], index): JourneyStep => {
    if (at === -1 || index < at) {
      return { id: kind, kind, status: 'succeeded', at: moment };
    }
    return index === at
      ? { id: kind, kind, status: run.status, sentence: whatRunDoes(run) }
      : { id: kind, kind, status: 'waiting' };
  });
}

/** The builder pushes the image as soon as it is built, in one step. */
function imageAt(run: BuildRun): string | undefined {
  const build = run.steps.find(({ name }) => name === BUILD_STEP);
  return build?.status === 'succeeded'
    ? build.finishedAt ?? run.finishedAt ?? run.startedAt
    : publishedAt(run);
}

function whatRunDoes(run: BuildRun): Sentence {
  const values = { run: run.name };
  const at = { ...values, step: currentStep(run)?.name ?? run.name };
  switch (run.status) {
    case 'failed': {
      const step = failedStep(run);
      return step
        ? say('build.failedAt', { ...values, step: step.name })
        : say('build.failed', values);
    }
    case 'running':
      return run.steps.length === 0
        ? say('build.pending', values)
        : say('build.running', at);
    case 'suspended':
      return say('build.suspended', at);
    case 'waiting':
      return say('build.pending', values);
    default:
      return say('build.unknownState', values);
  }
}
