import {
  say,
  type Run,
  type Step,
  type UsualDuration,
} from '@golden-path/plugin-delivery-common';
import type { EnvironmentState } from './environments';
import type { Facts, RunFacts } from './facts';
import type { Past } from './journey/beyond';
import { linksOf, type LinkBases } from './links';

/** More would make the document long without telling more. */
const MAXIMUM_RUNS = 50;
const MAXIMUM_STEPS = 500;

/** Name of the step that commits the new image to the manifest of the first environment. */
const UPDATE_STEP = 'update-deployment';

/**
 * The part of the document about runs.
 *
 * @param usual - how long runs usually take, as far as is known
 */
export function toRuns(
  runs: readonly RunFacts[],
  bases: LinkBases,
  usual: readonly UsualDuration[] = [],
): Run[] {
  return runs.slice(0, MAXIMUM_RUNS).map(({ uid: _, ...run }) => ({
    ...run,
    usualSeconds: usual.find(({ purpose }) => purpose === run.purpose)?.seconds,
    ...firstSteps(run),
    links: [...linksOf(bases).run(run), ...linksOf(bases).commit(run.commit)],
  }));
}

function firstSteps({ name, steps, stepsNote }: Omit<RunFacts, 'uid'>) {
  return steps.length <= MAXIMUM_STEPS
    ? { steps, stepsNote }
    : {
        steps: steps.slice(0, MAXIMUM_STEPS),
        stepsNote: say('steps.cut', {
          run: name,
          count: steps.length,
          shown: MAXIMUM_STEPS,
        }),
      };
}

/** The newest run that builds. */
export function newestBuild(facts: Facts): RunFacts | undefined {
  return facts.runs.find(isBuild);
}

/** The newest set-up run. */
export function setupRun(facts: Facts): RunFacts | undefined {
  return facts.runs.find(({ purpose }) => purpose === 'setup');
}

/** The newest build whose image is in the registry and named in Git. */
export function newestPublished(facts: Facts): RunFacts | undefined {
  return facts.runs.find(
    run => isBuild(run) && run.imageTag !== undefined && publishedAt(run),
  );
}

/**
 * When the image of a run was committed to the manifest.
 *
 * @returns `undefined` while it is not
 */
export function publishedAt(run: RunFacts): string | undefined {
  const update = run.steps.find(({ name }) => name === UPDATE_STEP);
  if (update?.status === 'succeeded') {
    return update.finishedAt ?? run.finishedAt;
  }
  return run.status === 'succeeded' ? run.finishedAt : undefined;
}

/**
 * The tag that the first environment got from a build that is no longer kept: runs are
 * forgotten after an hour or two, the first build is not.
 *
 * @param newest - of the builds that are kept
 * @returns `undefined` where that one is newer
 */
export function forgottenTag(
  {
    facts,
    environments,
    past,
  }: {
    facts: Facts;
    environments: readonly EnvironmentState[];
    past?: Past;
  },
  newest: RunFacts | undefined = newestBuild(facts),
): string | undefined {
  const [environment] = environments;
  const commit = environment?.image?.commit;
  if (!commit || facts.runs.some(run => run.commit === commit)) {
    return undefined;
  }
  const came = firstCame(environment, past);
  const deployed = environment.application?.lastDeployStartedAt;
  // That Argo CD synced last may have been for another reason than a new image.
  const isOver = newest?.finishedAt !== undefined;
  const since = came ?? (isOver || !newest ? deployed : undefined);
  return since && (!newest || Date.parse(newest.createdAt) < Date.parse(since))
    ? commit
    : undefined;
}

/** When an environment got the image that it has for the first time, as far as is known. */
function firstCame(
  { name, image }: EnvironmentState,
  past: Past | undefined,
): string | undefined {
  return past?.deployments
    .filter(
      ({ environment, imageTag, outcome }) =>
        environment === name &&
        imageTag === image?.tag &&
        outcome === 'succeeded',
    )
    .map(({ startedAt, finishedAt }) => startedAt ?? finishedAt)
    .reduce<string | undefined>(
      (first, each) =>
        first && Date.parse(first) <= Date.parse(each) ? first : each,
      undefined,
    );
}

/** The step that a run failed at; what a hook does after it decides nothing. */
export function failedStep(run: RunFacts): Step | undefined {
  const failed = run.steps.filter(({ status }) => status === 'failed');
  return failed.find(({ hook }) => !hook) ?? failed[0];
}

/** The step that a run is at; a daemon only runs beside it. */
export function currentStep(run: RunFacts): Step | undefined {
  const steps = run.steps.filter(({ daemon }) => !daemon);
  return (
    (run.status === 'suspended'
      ? steps.find(({ status }) => status === 'suspended')
      : steps.find(({ status }) => status === 'running')) ??
    steps.find(({ status }) => status === 'waiting') ??
    run.steps.at(-1)
  );
}

function isBuild({ purpose }: RunFacts): boolean {
  return purpose !== 'setup';
}
