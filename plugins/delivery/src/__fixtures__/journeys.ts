import type {
  Commit,
  Delivery,
  Journey,
  JourneyStep,
} from '@golden-path/plugin-delivery-common';
import { say } from '@golden-path/plugin-delivery-common';
import { recorded } from './recorded';

const MINUTE = 60_000;

const EARLIER: Commit = {
  sha: '41d07e2c5b3a99f0d1e2f3a4b5c6d7e8f9a0b1c2',
  title: 'Add totals per line',
  author: 'Grace Hopper',
  url: 'https://git.example/orders/commit/41d07e2',
};

/**
 * What runs in dev was pushed an hour ago and can be promoted: with what the Git host
 * tells of commits, the ways of two of them, and a past that can be gone back to.
 */
export function readyToPromote(moment: number): Delivery {
  const before = recorded('healthy-dev', moment);
  const [dev, ...others] = before.environments;
  const commit: Commit = {
    sha: dev.image!.commit!,
    title: 'Round totals per line',
    author: 'Ada Lovelace',
    url: 'https://git.example/orders/commit/9dfa727',
  };
  const runs = before.runs.map(run => ({ ...run, usualSeconds: 182 }));
  return {
    ...before,
    operable: true,
    runs,
    stages: before.stages.map(stage =>
      stage.kind === 'promotion'
        ? {
            ...stage,
            diagnosis: {
              cause: say('promotion.first', {
                tag: commit.sha,
                to: stage.environment!,
              }),
              nextStep: say('promotion.ready.next', { to: stage.environment! }),
              operation: {
                operation: 'promote',
                environment: stage.environment!,
              },
              routine: true,
            },
          }
        : stage,
    ),
    environments: [
      {
        ...dev,
        commit,
        ahead: { of: 'prod', count: 3, commits: [commit, EARLIER] },
        argoCd: {
          ...dev.argoCd,
          automated: true,
          history: [
            { id: 2, revision: '2'.repeat(40), deployedAt: at(moment, 55) },
            {
              id: 1,
              revision: '1'.repeat(40),
              deployedAt: at(moment, 300),
              initiatedBy: 'ada',
            },
          ],
        },
      },
      ...others,
    ],
    journeys: [
      journeyOf(commit, runs[0].name, moment),
      firstBuild(runs.at(-1)!.name),
    ],
  };
}

function journeyOf(about: Commit, run: string, moment: number): Journey {
  const done = (
    kind: JourneyStep['kind'],
    seconds: number,
    environment?: string,
  ): JourneyStep => ({
    id: environment ? `${kind}:${environment}` : kind,
    kind,
    environment,
    status: 'succeeded',
    at: at(moment, 60 - seconds / 60),
  });
  return {
    tag: about.sha,
    commit: about.sha,
    about,
    run,
    status: 'waiting',
    current: 'promoted:prod',
    startedAt: at(moment, 60),
    steps: [
      {
        ...done('pushed', 0),
        links: [{ title: 'Gitea', url: about.url! }],
      },
      done('run-started', 4),
      done('built', 186),
      done('in-registry', 190),
      done('manifest-bumped', 196),
      { ...done('noticed', 0), at: undefined },
      done('synced', 364, 'dev'),
      done('healthy', 400, 'dev'),
      {
        id: 'promoted:prod',
        kind: 'promoted',
        environment: 'prod',
        status: 'waiting',
        sentence: say('journey.promotionAsked'),
      },
    ],
  };
}

/** Its times are forgotten, and it was overtaken. */
function firstBuild(run: string): Journey {
  return {
    tag: 'initial',
    run,
    status: 'skipped',
    steps: [
      { id: 'built', kind: 'built', status: 'succeeded' },
      {
        id: 'synced:dev',
        kind: 'synced',
        environment: 'dev',
        status: 'skipped',
        sentence: say('journey.overtaken', {
          tag: '9dfa727',
          environment: 'dev',
        }),
      },
    ],
  };
}

function at(moment: number, minutesAgo: number): string {
  return new Date(moment - minutesAgo * MINUTE).toISOString();
}
