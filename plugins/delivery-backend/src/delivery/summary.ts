import {
  say,
  type Delivery,
  type Sentence,
  type Stage,
  type StageStatus,
} from '@golden-path/plugin-delivery-common';
import type { EnvironmentState } from './environments';
import type { Facts, RunFacts } from './facts';
import { commitOf, shortTag } from './image';
import { newestBuild, newestPublished } from './runs';

type Summary = Delivery['summary'];

/** Statuses that speak for themselves, the most urgent first. */
const URGENT: readonly StageStatus[] = ['failed', 'missing', 'suspended'];

/** How it stands as a whole. */
export function summarise(
  stages: readonly Stage[],
  environments: readonly EnvironmentState[],
  facts: Facts,
): Summary {
  return (
    urgent(stages) ??
    onTheWay(stages, environments, facts) ??
    first(stages, ['unknown']) ??
    settled(stages, environments)
  );
}

function urgent(stages: readonly Stage[]): Summary | undefined {
  return URGENT.map(status => first(stages, [status])).find(Boolean);
}

function first(
  stages: readonly Stage[],
  statuses: readonly StageStatus[],
): Summary | undefined {
  const stage = stages.find(({ status }) => statuses.includes(status));
  return (
    stage && {
      status: stage.status,
      sentence:
        stage.sentence.code === 'pipeline.notFound'
          ? say('summary.missing')
          : stage.sentence,
      stage: stage.id,
    }
  );
}

/** Something moves: the pipeline, a build, or a commit that is not everywhere yet. */
function onTheWay(
  stages: readonly Stage[],
  environments: readonly EnvironmentState[],
  facts: Facts,
): Summary | undefined {
  const moving = stages.find(
    ({ status, sentence }) =>
      status === 'running' ||
      sentence.code === 'deploy.notNoticed' ||
      sentence.code === 'deploy.outOfSync' ||
      sentence.code === 'build.pending',
  );
  if (!moving) {
    return undefined;
  }
  const build = newestBuild(facts);
  return {
    status: 'running',
    sentence: build
      ? movingSentence(moving, build, environments, facts)
      : say('summary.firstBuild'),
    stage: moving.id,
  };
}

function movingSentence(
  moving: Stage,
  build: RunFacts,
  environments: readonly EnvironmentState[],
  facts: Facts,
): Sentence {
  if (moving.kind === 'build') {
    return build.purpose === 'initial-build'
      ? say('summary.firstBuildRunning')
      : onTheWayTo(environments[0]?.name, build.imageTag) ?? moving.sentence;
  }
  const to = environments.find(({ name }) => name === moving.environment);
  // What Git asks for is known before what the environment holds.
  const tag = to?.previous
    ? to.image?.tag ?? to.previous.image?.tag
    : newestPublished(facts)?.imageTag ?? to?.image?.tag;
  return onTheWayTo(to?.name, tag) ?? moving.sentence;
}

function onTheWayTo(environment?: string, tag?: string): Sentence | undefined {
  if (environment === undefined || tag === undefined) {
    return undefined;
  }
  return commitOf(tag)
    ? say('summary.onTheWay', { commit: shortTag(tag), environment })
    : say('summary.imageOnTheWay', { tag, environment });
}

/** Nothing moves: what runs where. */
function settled(
  stages: readonly Stage[],
  environments: readonly EnvironmentState[],
): Summary {
  const tag = environments.find(({ image }) => image?.tag)?.image?.tag;
  const running = environments.filter(
    ({ name, image }) =>
      image?.tag === tag &&
      stages.some(
        stage => stage.id === `run:${name}` && stage.status === 'succeeded',
      ),
  );
  return tag !== undefined && running.length > 0
    ? {
        status: 'succeeded',
        sentence: say(
          commitOf(tag) ? 'summary.healthy' : 'summary.imageHealthy',
          {
            tag: shortTag(tag),
            environments: running.map(({ name }) => name),
          },
        ),
      }
    : { status: 'waiting', sentence: say('summary.waiting') };
}
