import type { DeliveryInput } from '../delivery/deliveryOf';
import {
  environmentsOf,
  type EnvironmentState,
} from '../delivery/environments';
import type { ApplicationFacts, RunFacts } from '../delivery/facts';
import { pipelineKey } from './pipelineKey';
import { promotionOfKargo } from './promotions';
import type {
  DeploymentRecord,
  HealthRecord,
  HistoryRecord,
  RunRecord,
} from './records';

/** What history is read from: the facts that a Delivery is made of. */
export type Observation = Pick<DeliveryInput, 'located' | 'facts' | 'health'>;

interface Place {
  cluster: string;
  pipeline: string;
}

/** Phases of a Workflow that has ended. */
const ENDED = ['Succeeded', 'Failed', 'Error'];
/** Phases of an operation of Argo CD that brought nothing. */
const NOT_BROUGHT = ['Failed', 'Error'];

/**
 * Everything in the facts of one pipeline that is worth keeping: what has ended, and what
 * the health of its environments came to.
 */
export function recordsOf({
  located,
  facts,
  health,
}: Observation): HistoryRecord[] {
  if (located.problem) {
    return [];
  }
  const place = {
    cluster: located.location.cluster,
    pipeline: pipelineKey(located.location),
  };
  // What two kinds tell together is told by both only while both are live.
  const live = health.every(
    ({ state, feeds }) =>
      !feeds.some(stage => stage === 'deploy' || stage === 'run') ||
      state === 'live' ||
      state === 'not-installed',
  );
  return [
    ...facts.runs.flatMap(run => runOf(run, place)),
    ...environmentsOf(facts).flatMap(state =>
      environmentOf(state, place, live),
    ),
  ];
}

function runOf(run: RunFacts, place: Place): RunRecord[] {
  const { finishedAt, phase } = run;
  if (!finishedAt || !ENDED.includes(phase)) {
    return [];
  }
  const { progress: _, ...kept } = run;
  return [{ table: 'runs', ...place, ...kept, finishedAt }];
}

function environmentOf(
  state: EnvironmentState,
  place: Place,
  live: boolean,
): HistoryRecord[] {
  const { application, name: environment } = state;
  if (!application) {
    return [];
  }
  const of = {
    ...place,
    environment,
    application: application.name,
    applicationUid: application.uid,
  };
  return [
    ...succeeded(application, of, live ? state.image : undefined),
    ...failed(application, of),
    ...healthOf(application, of),
    ...promotionOfKargo(state, place),
  ];
}

type OfApplication = Omit<
  DeploymentRecord,
  'table' | 'id' | 'outcome' | 'finishedAt'
>;

function succeeded(
  application: ApplicationFacts,
  of: OfApplication,
  image: EnvironmentState['image'],
): DeploymentRecord[] {
  const newest = application.deployments.at(-1);
  return application.deployments.map(({ id, ...deployment }) => {
    // Only of the newest the image can be seen, and only while nothing newer is coming.
    const seen =
      id === newest?.id && isSettled(application) ? image : undefined;
    return {
      table: 'deployments',
      ...of,
      ...deployment,
      id: String(id),
      outcome: 'succeeded',
      commit: seen?.commit,
      imageTag: seen?.tag,
    };
  });
}

/** Argo CD keeps no history of syncs that failed, only the last operation. */
function failed(
  application: ApplicationFacts,
  of: OfApplication,
): DeploymentRecord[] {
  const { operation, operationStartedAt, operationFinishedAt } = application;
  if (
    !NOT_BROUGHT.includes(operation ?? '') ||
    !operationStartedAt ||
    !operationFinishedAt
  ) {
    return [];
  }
  return [
    {
      table: 'deployments',
      ...of,
      id: `failed ${operationStartedAt}`,
      outcome: 'failed',
      revision: application.operationRevision,
      message: application.operationMessage,
      by: application.operationBy,
      startedAt: operationStartedAt,
      finishedAt: operationFinishedAt,
    },
  ];
}

function healthOf(
  { health, healthSince }: ApplicationFacts,
  { cluster, pipeline, environment, applicationUid }: OfApplication,
): HealthRecord[] {
  return health && healthSince
    ? [
        {
          table: 'health_changes',
          cluster,
          pipeline,
          environment,
          applicationUid,
          health,
          since: healthSince,
        },
      ]
    : [];
}

function isSettled({ sync, operation }: ApplicationFacts): boolean {
  return (
    sync === 'Synced' && (operation === undefined || operation === 'Succeeded')
  );
}
