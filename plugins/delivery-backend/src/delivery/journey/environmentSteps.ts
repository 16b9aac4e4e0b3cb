import {
  say,
  type JourneyStep,
  type JourneyStepKind,
  type RecordedDeployment,
  type Sentence,
  type Stage,
} from '@golden-path/plugin-delivery-common';
import { askedPromotion } from '../askedPromotion';
import type { EnvironmentState } from '../environments';
import { shortTag } from '../image';
import type { Past } from './beyond';

/** What the steps of one commit are made from, beside its build. */
export interface Way {
  tag: string;
  /** Whether the manifest of the first environment names it. */
  isPublished: boolean;
  /** When it did so first. */
  publishedAt?: string;
  /** Whether another tag is of a newer commit. */
  isNewer(tag: string): boolean;
  /** What the stages of the document say. */
  stage(id: string): Stage | undefined;
  past?: Past;
}

type Told = Pick<JourneyStep, 'status' | 'at' | 'sentence' | 'links'>;

const NOT_YET: Told = { status: 'waiting' };

/** What the deploy stage says while Argo CD does not know of a manifest. */
const UNNOTICED: ReadonlySet<string> = new Set([
  'deploy.notNoticed',
  'deploy.neverLooks',
  'deploy.refreshing',
  'deploy.notCompared',
  'deploy.noApplication',
  'stage.noPipeline',
  'stage.syncing',
  'stage.forbidden',
  'stage.notInstalled',
  'stage.clusterUnreachable',
]);

/** What one environment makes of a commit. */
export function environmentSteps(
  environment: EnvironmentState,
  way: Way,
): JourneyStep[] {
  const held = whenHeld(environment, way);
  const arrival: JourneyStepKind = environment.previous
    ? 'promoted'
    : 'noticed';
  const told: Array<[JourneyStepKind, Told]> = held
    ? [
        [arrival, { status: 'succeeded', at: held.startedAt }],
        ['synced', { status: 'succeeded', at: held.finishedAt }],
        ...(held.isNow
          ? running(environment, held, way)
          : replaced(environment, held)),
      ]
    : [
        ...arriving(arrival, environment, way),
        ['rolled-out', NOT_YET],
        ['healthy', NOT_YET],
      ];
  const instead = held ? undefined : passedOver(environment, way);
  return told.map(([kind, step]) => ({
    id: `${kind}:${environment.name}`,
    kind,
    environment: environment.name,
    ...(instead ? { status: 'skipped', sentence: instead } : step),
  }));
}

interface Held {
  isNow: boolean;
  startedAt?: string;
  finishedAt?: string;
  healthyAt?: string;
}

/** From what the environment holds now, and from what the history has of it. */
function whenHeld(
  { name, image, application }: EnvironmentState,
  { tag, past, publishedAt }: Way,
): Held | undefined {
  const isNow = image?.tag === tag;
  // The first time counts; another sync of the same follows whenever a manifest changes.
  const recorded = past?.deployments
    .filter(
      each =>
        each.environment === name &&
        each.imageTag === tag &&
        each.outcome === 'succeeded',
    )
    .at(-1);
  if (!isNow && !recorded) {
    return undefined;
  }
  const first = recorded ?? firstDeployment(application, publishedAt);
  return {
    isNow,
    startedAt: first?.startedAt,
    finishedAt: first?.finishedAt,
    healthyAt: recorded?.healthyAt,
  };
}

/** Argo CD keeps no image with its deployments: the first after the manifest named it. */
function firstDeployment(
  application: EnvironmentState['application'],
  publishedAt?: string,
): Pick<RecordedDeployment, 'startedAt' | 'finishedAt'> | undefined {
  const { deployments = [] } = application ?? {};
  if (publishedAt !== undefined) {
    return deployments.find(
      ({ finishedAt }) => Date.parse(finishedAt) >= Date.parse(publishedAt),
    );
  }
  // Of several it cannot be told which one brought it.
  return deployments.length === 1 ? deployments[0] : undefined;
}

function running(
  environment: EnvironmentState,
  held: Held,
  way: Way,
): Array<[JourneyStepKind, Told]> {
  const stage = way.stage(`run:${environment.name}`);
  const now: Told = {
    status: stage?.status ?? 'unknown',
    sentence: stage?.status === 'succeeded' ? undefined : stage?.sentence,
  };
  if (now.status === 'succeeded') {
    const at =
      held.healthyAt ??
      later(environment.application?.healthSince, held.finishedAt);
    return [
      ['rolled-out', { status: 'succeeded' }],
      ['healthy', { status: 'succeeded', at }],
    ];
  }
  return isRolledOut(environment)
    ? [
        ['rolled-out', { status: 'succeeded' }],
        ['healthy', now],
      ]
    : [
        ['rolled-out', now],
        ['healthy', NOT_YET],
      ];
}

/** Health that did not change with the deployment is older than it. */
function later(since?: string, than?: string): string | undefined {
  return since !== undefined &&
    than !== undefined &&
    Date.parse(since) < Date.parse(than)
    ? than
    : since;
}

/** Everything was applied, and nothing of an older version is left. */
function isRolledOut({
  oamApplications,
  rollouts,
  workloads,
}: EnvironmentState): boolean {
  const isByKubeVela = oamApplications.length > 0;
  return (
    oamApplications.length + rollouts.length + workloads.length > 0 &&
    oamApplications.every(
      ({ phase = '', outdated, refused }) =>
        ['running', 'unhealthy'].includes(phase) && !outdated && !refused,
    ) &&
    rollouts.every(({ rollout }) => rollout.phase === 'Healthy') &&
    workloads.every(
      ({ stuck, rolledOut }) => !stuck && (isByKubeVela || rolledOut),
    )
  );
}

function replaced(
  environment: EnvironmentState,
  { healthyAt }: Held,
): Array<[JourneyStepKind, Told]> {
  const end: Told = healthyAt
    ? { status: 'succeeded', at: healthyAt }
    : { status: 'skipped', sentence: insteadOf(environment) };
  return [
    ['rolled-out', { ...end, at: undefined }],
    ['healthy', end],
  ];
}

/** What stands before the sync, and the sync itself. */
function arriving(
  arrival: JourneyStepKind,
  environment: EnvironmentState,
  way: Way,
): Array<[JourneyStepKind, Told]> {
  if (environment.previous) {
    return [
      [arrival, promotion(environment, environment.previous, way)],
      ['synced', NOT_YET],
    ];
  }
  const stage = way.stage(`deploy:${environment.name}`);
  if (!way.isPublished || !stage) {
    return [
      [arrival, NOT_YET],
      ['synced', NOT_YET],
    ];
  }
  const told = { status: stage.status, sentence: stage.sentence };
  if (stage.status === 'succeeded') {
    return [
      [arrival, NOT_YET],
      ['synced', NOT_YET],
    ];
  }
  return UNNOTICED.has(stage.sentence.code)
    ? [
        [arrival, told],
        ['synced', NOT_YET],
      ]
    : [
        [arrival, { status: 'succeeded' }],
        ['synced', told],
      ];
}

function promotion(
  { name }: EnvironmentState,
  previous: EnvironmentState,
  way: Way,
): Told {
  if (previous.image?.tag !== way.tag) {
    return NOT_YET;
  }
  const asked = askedPromotion(way.past, name, way.tag);
  const stage = way.stage(`promotion:${name}`);
  if (asked && stage?.status === 'waiting') {
    return {
      status: 'waiting',
      sentence: say('journey.promotionAsked'),
      links: [{ title: 'Pull request', url: asked.pullRequest }],
    };
  }
  // It may be done for another tag, of which the stage speaks then.
  return stage && stage.status !== 'succeeded'
    ? { status: stage.status, sentence: stage.sentence }
    : NOT_YET;
}

/** Why it will not come there: a newer commit is there, or where it would come from. */
function passedOver(
  environment: EnvironmentState,
  way: Way,
): Sentence | undefined {
  const { previous } = environment;
  if (isOvertaken(environment, way)) {
    return insteadOf(environment);
  }
  return previous && previous.image?.tag !== way.tag
    ? passedOver(previous, way)
    : undefined;
}

function isOvertaken({ image }: EnvironmentState, way: Way): boolean {
  return (
    image?.tag !== undefined && image.tag !== way.tag && way.isNewer(image.tag)
  );
}

function insteadOf({ name, image }: EnvironmentState): Sentence {
  return say('journey.overtaken', {
    tag: shortTag(image?.tag ?? ''),
    environment: name,
  });
}
