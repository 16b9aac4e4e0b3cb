import {
  say,
  type Journey,
  type JourneyStep,
  type Stage,
} from '@golden-path/plugin-delivery-common';
import type { EnvironmentState } from '../environments';
import type { Facts } from '../facts';
import { commitOf } from '../image';
import { publishedAt } from '../runs';
import { toCommit, type Beyond } from './beyond';
import { buildSteps, type BuildRun } from './buildSteps';
import { environmentSteps, type Way } from './environmentSteps';
import { unbuiltCommit } from './unbuiltCommit';

/** Older ones than these only where an environment holds them. */
const MAXIMUM_JOURNEYS = 10;

export interface JourneyInput {
  facts: Facts;
  /** In the order of promotion. */
  environments: readonly EnvironmentState[];
  /** Stages of the document. */
  stages: readonly Stage[];
  beyond: Beyond;
}

/** A commit that was built or is deployed. */
interface Traveller {
  tag: string;
  run?: BuildRun;
  /** When it began, as far as is known. */
  at?: string;
}

const IMPLIED: ReadonlySet<string> = new Set(['waiting', 'unknown', 'skipped']);

/** What nobody knows the time of is old. */
const timeOf = (moment?: string) => (moment ? Date.parse(moment) : 0);

const isBefore = (moment?: string, other?: string) =>
  timeOf(moment) < timeOf(other);

const byNewest = (a: BuildRun, b: BuildRun) =>
  timeOf(b.createdAt) - timeOf(a.createdAt);

/** The ways of the newest commits, newest first. */
export function journeysOf(input: JourneyInput): Journey[] {
  const all = travellers(input);
  const held = new Set(input.environments.map(({ image }) => image?.tag));
  const shown = all.filter(
    ({ tag }, index) => index < MAXIMUM_JOURNEYS || held.has(tag),
  );
  const journeys = shown.map(traveller => journeyOf(traveller, all, input));
  const unbuilt = unbuiltCommit(input, all);
  if (!unbuilt) {
    return journeys;
  }
  const place = journeys.findIndex(
    ({ startedAt }) => !isBefore(unbuilt.startedAt, startedAt),
  );
  return journeys.toSpliced(place === -1 ? journeys.length : place, 0, unbuilt);
}

function travellers({ facts, environments, beyond }: JourneyInput) {
  const { past } = beyond;
  const found = new Map<string, Traveller>();
  const runs: BuildRun[] = [...facts.runs, ...(past?.runs ?? [])].filter(
    ({ purpose }) => purpose !== 'setup',
  );
  for (const run of runs.sort(byNewest)) {
    if (run.imageTag !== undefined && !found.has(run.imageTag)) {
      found.set(run.imageTag, { tag: run.imageTag, run, at: run.createdAt });
    }
  }
  for (const { image, application, previous } of environments) {
    if (image?.tag !== undefined && !found.has(image.tag)) {
      const { tag } = image;
      const first = past?.deployments
        .filter(({ imageTag }) => imageTag === tag)
        .at(-1);
      const at =
        first?.startedAt ??
        first?.finishedAt ??
        beyond.commit(tag)?.committedAt ??
        // Further environments get a commit long after it was built.
        (previous ? undefined : application?.lastDeployStartedAt);
      found.set(tag, { tag, at });
    }
  }
  return [...found.values()].sort(
    (a, b) => timeOf(b.at) - timeOf(a.at) || a.tag.localeCompare(b.tag),
  );
}

function journeyOf(
  { tag, run, at }: Traveller,
  all: readonly Traveller[],
  { environments, stages, beyond }: JourneyInput,
): Journey {
  const rank = all.findIndex(each => each.tag === tag);
  const build = buildSteps(tag, run);
  const way: Way = {
    tag,
    isPublished: build.every(({ status }) => status === 'succeeded'),
    publishedAt: run && publishedAt(run),
    isNewer: other => {
      const place = all.findIndex(each => each.tag === other);
      return place !== -1 && place < rank;
    },
    stage: id => stages.find(stage => stage.id === id),
    past: beyond.past,
  };
  const steps = settle(
    [
      ...build,
      ...environments.flatMap(environment =>
        environmentSteps(environment, way),
      ),
    ],
    rank === 0,
  );
  const about = beyond.commit(commitOf(tag) ?? '');
  return {
    tag,
    commit: commitOf(tag),
    about: about && toCommit(about),
    run: run?.name,
    ...whereItIs(steps),
    startedAt: at,
    steps,
  };
}

/**
 * What comes after implies what comes before, whether or not somebody remembers it; and
 * what follows a failure does not happen once a newer commit was built.
 */
function settle(steps: readonly JourneyStep[], isNewest: boolean) {
  const last = steps.findLastIndex(({ status }) => status === 'succeeded');
  const failed = steps.findIndex(({ status }) => status === 'failed');
  return steps.map((step, index): JourneyStep => {
    const { sentence: _, ...rest } = step;
    if (index < last && IMPLIED.has(step.status)) {
      return { ...rest, status: 'succeeded' };
    }
    return step.status === 'waiting' &&
      !isNewest &&
      failed !== -1 &&
      index > failed
      ? { ...rest, status: 'skipped', sentence: say('journey.afterFailure') }
      : step;
  });
}

function whereItIs(
  steps: readonly JourneyStep[],
): Pick<Journey, 'status' | 'current'> {
  const at =
    steps.find(
      ({ status }) => status !== 'succeeded' && status !== 'skipped',
    ) ?? steps.find(({ status }) => status === 'skipped');
  return { status: at?.status ?? 'succeeded', current: at?.id };
}
