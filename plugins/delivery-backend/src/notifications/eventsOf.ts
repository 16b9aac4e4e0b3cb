import type { Delivery } from '@golden-path/plugin-delivery-common';
import {
  environmentsOf,
  type EnvironmentState,
} from '../delivery/environments';
import type { RunFacts } from '../delivery/facts';
import { failedStep } from '../delivery/runs';
import { pipelineKey } from '../history/pipelineKey';
import type { Observation } from '../history/recordsOf';
import type {
  BuildFailedEvent,
  DeliveryEvent,
  LiveEvent,
  PromotionWaitingEvent,
} from './deliveryEvents';

export interface EventOptions {
  /** How long a promotion may wait before it is told of, in milliseconds. */
  promotionWaitingAfterMs: number;
  /**
   * How long what is live must have been so, in milliseconds: the systems do not tell of
   * one change at one moment.
   */
  settleMs: number;
}

/**
 * What an entity's owners may be told of as it is now. The keys come from ids that the
 * clusters gave, so they are the same in every replica and after every restart.
 */
export function eventsOf(
  delivery: Delivery,
  { located, facts, health }: Observation,
  options: EventOptions,
): DeliveryEvent[] {
  if (located.problem) {
    return [];
  }
  const { location } = located;
  const of: Subject = {
    delivery,
    cluster: location.cluster,
    pipeline: pipelineKey(location),
    options,
  };
  const failed = ['setup', 'build'].flatMap(sort =>
    failedRun(
      facts.runs.filter(
        ({ purpose }) => (purpose === 'setup') === (sort === 'setup'),
      ),
      of,
    ),
  );
  // What several kinds tell together is true only while all of them are known.
  const isKnown = health.every(
    ({ state, feeds }) =>
      !['syncing', 'stale'].includes(state) ||
      !feeds.some(stage => ['deploy', 'run', 'promotion'].includes(stage)),
  );
  if (!isKnown) {
    return failed;
  }
  const environments = environmentsOf(facts);
  return [
    ...failed,
    ...live(environments.at(-1), of),
    ...environments.flatMap(environment => waiting(environment, of)),
  ];
}

interface Subject {
  delivery: Delivery;
  cluster: string;
  pipeline: string;
  options: EventOptions;
}

/**
 * What Argo Workflows writes of a run that somebody ended.
 *
 * @see https://github.com/argoproj/argo-workflows/blob/main/workflow/controller/operator.go
 */
const ENDED_BY_SOMEBODY = /^Stopped with strategy '/;

/** Of several runs only the last one to end counts: it tells how things stand. */
function failedRun(
  runs: readonly RunFacts[],
  { delivery: { entityRef }, cluster }: Subject,
): BuildFailedEvent[] {
  const last = runs.reduce<RunFacts | undefined>(
    (latest, run) => (endOf(run) > endOf(latest) ? run : latest),
    undefined,
  );
  const at = endOf(last);
  if (
    last?.status !== 'failed' ||
    at <= 0 ||
    ENDED_BY_SOMEBODY.test(last.message ?? '')
  ) {
    return [];
  }
  return [
    {
      kind: 'build-failed',
      // A run that is retried ends again.
      key: keyOf('build-failed', entityRef, cluster, last.uid, String(at)),
      entityRef,
      at,
      dueAt: at,
      run: { name: last.name, purpose: last.purpose, imageTag: last.imageTag },
      step: failedStep(last)?.name,
    },
  ];
}

function endOf(run?: RunFacts): number {
  return run?.finishedAt === undefined ? 0 : Date.parse(run.finishedAt);
}

/** The newest deployment of the last environment, as soon as it is healthy there. */
function live(
  environment: EnvironmentState | undefined,
  { delivery, cluster, pipeline, options }: Subject,
): LiveEvent[] {
  const { application, image, name = '' } = environment ?? {};
  const deployment = application?.deployments.at(-1);
  const stage = (kind: string) =>
    delivery.stages.find(({ id }) => id === `${kind}:${name}`)?.status;
  if (
    !application ||
    !deployment ||
    !image?.tag ||
    stage('deploy') !== 'succeeded' ||
    stage('run') !== 'succeeded' ||
    !['Succeeded', undefined].includes(application.operation)
  ) {
    return [];
  }
  const { entityRef } = delivery;
  const of = {
    cluster,
    applicationUid: application.uid,
    id: String(deployment.id),
  };
  // When it was deployed: health comes and goes without anything new being live.
  const at = Date.parse(deployment.finishedAt);
  return [
    {
      kind: 'live',
      key: keyOf('live', entityRef, ...Object.values(of), image.tag),
      entityRef,
      at,
      dueAt: (healthySince(environment) ?? at) + options.settleMs,
      environment: name,
      tag: image.tag,
      pipeline,
      deployment: of,
    },
  ];
}

/** What somebody may promote to an environment. */
function waiting(
  to: EnvironmentState,
  { delivery, cluster, pipeline, options }: Subject,
): PromotionWaitingEvent[] {
  const from = to.previous;
  const stage = delivery.stages.find(({ id }) => id === `promotion:${to.name}`);
  const since = healthySince(from);
  if (
    !from?.image?.tag ||
    since === undefined ||
    stage?.status !== 'waiting' ||
    // What was rolled back is not offered.
    stage.diagnosis?.operation?.operation !== 'promote'
  ) {
    return [];
  }
  const { entityRef } = delivery;
  const { tag } = from.image;
  return [
    {
      kind: 'promotion-waiting',
      key: keyOf(
        'promotion-waiting',
        entityRef,
        cluster,
        pipeline,
        from.name,
        to.name,
        tag,
      ),
      entityRef,
      at: since,
      dueAt: since + options.promotionWaitingAfterMs,
      pipeline,
      from: from.name,
      to: to.name,
      tag,
      held: to.image?.tag,
    },
  ];
}

/** Since when an environment is healthy with what it holds, as far as Argo CD tells. */
function healthySince(environment?: EnvironmentState): number | undefined {
  const { healthSince, deployments = [] } = environment?.application ?? {};
  const moments = [healthSince, deployments.at(-1)?.finishedAt]
    .filter(moment => moment !== undefined)
    .map(moment => Date.parse(moment));
  return moments.length > 0 ? Math.max(...moments) : undefined;
}

function keyOf(...ids: string[]): string {
  return JSON.stringify(ids);
}
