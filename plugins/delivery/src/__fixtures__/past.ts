import type {
  Delivery,
  DeploymentHistory,
  Dora,
  DoraFigures,
  RecordedDeployment,
  RecordedPromotion,
  RecordedRun,
  RunHistory,
} from '@golden-path/plugin-delivery-common';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** The same numbers each time, between 0 and 1. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

const iso = (time: number) => new Date(time).toISOString();

/**
 * What the backend would have written down of a delivery in the months before: its own
 * finished runs as the newest, and made ones before them.
 *
 * @param delivery - whose runs are repeated
 * @param now - milliseconds since 1970
 */
export function pastOf(
  delivery: Delivery,
  now = Date.now(),
): { runs: RunHistory; deployments: DeploymentHistory } {
  const throwDice = dice(7);
  const own = delivery.runs.flatMap(({ links, progress, ...run }) =>
    run.finishedAt
      ? [{ ...run, finishedAt: run.finishedAt, uid: `own-${run.name}` }]
      : [],
  );
  const model =
    own.find(
      ({ purpose, status }) => purpose === 'build' && status === 'succeeded',
    ) ?? own[0];
  const failedModel = own.find(({ status }) => status === 'failed') ?? model;
  const runs: RecordedRun[] = own.map(withDuration);
  const deployments: RecordedDeployment[] = [];
  const promotions: RecordedPromotion[] = [];
  for (let day = 1; day < 88 && model; day++) {
    const isWeekend = new Date(now - day * DAY).getDay() % 6 === 0;
    const pushes = isWeekend ? 0 : Math.floor(throwDice() * 4);
    for (let push = 0; push < pushes; push++) {
      const begin = now - day * DAY - Math.floor(throwDice() * 480) * MINUTE;
      const id = `${day}-${push}`;
      const commit = `${(day * 7919 + push * 104_729).toString(16)}`
        .padEnd(40, 'a1b2c3d4')
        .slice(0, 40);
      const fails = throwDice() < 0.14;
      const took = (fails ? 0.3 + throwDice() : 0.8 + throwDice() * 0.6) * 190;
      const end = begin + took * 1_000;
      runs.push(
        withDuration({
          ...(fails ? failedModel : model),
          uid: `made-${id}`,
          purpose: 'build',
          name: `${delivery.location.instanceName}-${id}`,
          commit,
          imageTag: commit,
          phase: fails ? 'Failed' : 'Succeeded',
          status: fails ? 'failed' : 'succeeded',
          createdAt: iso(begin),
          startedAt: iso(begin),
          finishedAt: iso(end),
        }),
      );
      if (!fails) {
        deployments.push(deployment('dev', id, commit, end + MINUTE));
        if (throwDice() < 0.4) {
          promotions.push({
            id: `https://git.example.com/pulls/${id}`,
            from: 'dev',
            to: 'prod',
            commit,
            by: 'alice',
            requestedAt: iso(end + 20 * MINUTE),
          });
          const broken = throwDice() < 0.12;
          deployments.push(
            deployment('prod', id, commit, end + 40 * MINUTE, broken),
          );
        }
      }
    }
  }
  const newestFirst = (a: { finishedAt: string }, b: { finishedAt: string }) =>
    Date.parse(b.finishedAt) - Date.parse(a.finishedAt);
  deployments.sort(newestFirst);
  return {
    runs: {
      runs: runs.sort(newestFirst),
      usualDurations: [{ purpose: 'build', seconds: 196, samples: 20 }],
    },
    deployments: {
      deployments,
      last: ['dev', 'prod'].flatMap(
        name =>
          deployments.find(
            ({ environment, outcome }) =>
              environment === name && outcome === 'succeeded',
          ) ?? [],
      ),
      promotions,
    },
  };
}

function withDuration(run: RecordedRun): RecordedRun {
  const { startedAt, finishedAt } = run;
  return startedAt
    ? {
        ...run,
        durationSeconds:
          (Date.parse(finishedAt) - Date.parse(startedAt)) / 1_000,
      }
    : run;
}

function deployment(
  environment: string,
  id: string,
  commit: string,
  time: number,
  fails = false,
): RecordedDeployment {
  return {
    environment,
    application: `orders-${environment}-cd`,
    applicationUid: environment,
    id,
    outcome: fails ? 'failed' : 'succeeded',
    commit,
    revision: commit,
    message: fails ? 'one or more objects failed to apply' : undefined,
    finishedAt: iso(time),
    healthyAt: fails ? undefined : iso(time + MINUTE),
  };
}

/** Figures of a window that ends now, as for a team that delivers well. */
export function dora({
  days = 30,
  parts,
}: { days?: number; parts?: number } = {}): Dora {
  const to = Date.now();
  const from = to - days * DAY;
  const whole: DoraFigures = {
    window: { from: iso(from), to: iso(to), observedDays: days },
    deploymentFrequency: { perDay: 2.4, deployments: Math.round(2.4 * days) },
    leadTimeForChanges: {
      medianSeconds: 4_320,
      samples: Math.round(2.4 * days),
    },
    changeFailureRate: {
      ratio: 0.0556,
      failed: 4,
      changes: Math.round(2.4 * days),
    },
    timeToRestore: { medianSeconds: 1_080, samples: 3 },
    unrestored: 1,
  };
  if (parts === undefined) {
    return whole;
  }
  const throwDice = dice(days);
  return {
    ...whole,
    trend: Array.from({ length: parts }, (_, index) => {
      const perDay = 1.2 + throwDice() * 2 + index / parts;
      const changes = Math.max(1, Math.round((perDay * days) / parts));
      const failed = throwDice() < 0.3 ? 1 : 0;
      return {
        window: {
          from: iso(from + ((to - from) * index) / parts),
          to: iso(from + ((to - from) * (index + 1)) / parts),
          observedDays: days / parts,
        },
        deploymentFrequency: { perDay, deployments: changes },
        leadTimeForChanges: {
          medianSeconds: 3_000 + throwDice() * 3_600,
          samples: changes,
        },
        changeFailureRate: { ratio: failed / changes, failed, changes },
        timeToRestore: failed
          ? { medianSeconds: 600 + throwDice() * 900, samples: 1 }
          : undefined,
        unrestored: 0,
      };
    }),
  };
}

/** Figures of one entity of many: some deliver often, some have hardly begun. */
export function doraOf(entityRef: string, days = 30): DoraFigures {
  const throwDice = dice(
    [...entityRef].reduce((sum, it) => sum + it.charCodeAt(0), 0),
  );
  const { window, ...figures } = dora({ days });
  const perDay = throwDice() * 3;
  if (throwDice() < 0.2) {
    return { window, unrestored: 0 };
  }
  const changes = Math.max(1, Math.round(perDay * days));
  const failed = Math.round(changes * throwDice() * 0.2);
  return {
    ...figures,
    window,
    deploymentFrequency: { perDay: changes / days, deployments: changes },
    leadTimeForChanges: {
      medianSeconds: 600 + throwDice() * 90_000,
      samples: changes,
    },
    changeFailureRate: { ratio: failed / changes, failed, changes },
    timeToRestore: failed
      ? { medianSeconds: 300 + throwDice() * 9_000, samples: failed }
      : undefined,
    unrestored: 0,
  };
}
