import {
  say,
  type SentenceCode,
  type StageStatus,
} from '@golden-path/plugin-delivery-common';
import { entryOf } from '../entryOf';
import { holdsNothing, type EnvironmentState } from '../environments';
import type { ApplicationFacts, OamFacts } from '../facts';
import { shortTag } from '../image';
import type { StageContext, StageDraft } from './draft';
import { podTroubleOf } from './podTrouble';
import { rolloutDraft } from './rollout';

interface Told {
  status: StageStatus;
  code: SentenceCode;
}

/**
 * Phases of an OAM Application.
 *
 * @see https://github.com/kubevela/kubevela/blob/master/apis/core.oam.dev/common/types.go
 */
const BY_OAM_PHASE: Record<string, Told> = {
  starting: { status: 'running', code: 'run.rendering' },
  rendering: { status: 'running', code: 'run.rendering' },
  generatingPolicy: { status: 'running', code: 'run.rendering' },
  runningWorkflow: { status: 'running', code: 'run.rendering' },
  workflowSuspending: { status: 'suspended', code: 'run.suspended' },
  workflowTerminated: { status: 'failed', code: 'run.failed' },
  workflowFailed: { status: 'failed', code: 'run.failed' },
  unhealthy: { status: 'failed', code: 'run.unhealthy' },
  running: { status: 'succeeded', code: 'run.healthy' },
  deleting: { status: 'running', code: 'run.deleting' },
};

/** Health of an Argo CD Application, for what is deployed without KubeVela. */
const BY_ARGO_CD_HEALTH: Record<string, Told> = {
  Healthy: { status: 'succeeded', code: 'run.healthy' },
  Progressing: { status: 'running', code: 'run.starting' },
  Suspended: { status: 'suspended', code: 'run.suspended' },
  Degraded: { status: 'failed', code: 'run.unhealthy' },
  Missing: { status: 'waiting', code: 'run.waiting' },
};

const UNKNOWN: Told = { status: 'unknown', code: 'run.unknownState' };

const SEVERITY: readonly StageStatus[] = [
  'failed',
  'unknown',
  'suspended',
  'running',
  'waiting',
  'succeeded',
];

const severityOf = (status: StageStatus) => SEVERITY.indexOf(status);

/** How well what was deployed runs. */
export function runStage(
  environment: EnvironmentState,
  { facts }: StageContext,
): StageDraft {
  const { application, image } = environment;
  if (!application || holdsNothing(environment)) {
    return {
      status: 'waiting',
      sentence: say('run.nothing'),
      toldBy: 'deploy',
    };
  }
  const tag = shortTag(
    image?.tag ?? facts.pipeline?.applicationName ?? application.name,
  );
  const told =
    environment.oamApplications.length > 0 ||
    (application.oamApplications.length > 0 && application.destination.watched)
      ? toldByKubeVela(environment, application, tag)
      : notBefore(environment, toldByArgoCd(application, tag), tag);
  return explainedByPods(
    environment,
    explainedByRollouts(environment, told, tag),
  );
}

/** What runs without KubeVela, or where nothing else is watched. */
function toldByArgoCd(application: ApplicationFacts, tag: string): StageDraft {
  const { status, code } =
    entryOf(BY_ARGO_CD_HEALTH, application.health) ?? UNKNOWN;
  const sick = sickResourceOf(application);
  return {
    toldBy: 'deploy',
    status,
    word: application.health,
    sentence: say(code, { tag }),
    since: application.healthSince,
    diagnosis:
      sick && status === 'failed'
        ? {
            cause: say('run.degraded', {
              tag,
              resource: sick.name,
            }),
            evidence: sick.message,
            nextStep: say('run.unhealthy.next'),
          }
        : diagnose(status, code, { tag }),
  };
}

/** kro calls an instance ready as soon as everything is made; pods come later. */
function notBefore(
  { workloads }: EnvironmentState,
  told: StageDraft,
  tag: string,
): StageDraft {
  const isUnderWay = workloads.some(
    ({ ofInstance, rolledOut, ready, desired }) =>
      ofInstance && (!rolledOut || ready < desired),
  );
  return told.status === 'succeeded' && isUnderWay
    ? {
        ...told,
        status: 'running',
        sentence: say('run.starting', { tag }),
        since: undefined,
      }
    : told;
}

/**
 * The resource that decided the health: one of those that are listed with their health,
 * or, where Argo CD keeps that elsewhere, the one that it names in a message as
 * `Caused by apps/Deployment:namespace/name`.
 */
function sickResourceOf({
  unsettledResources,
  health,
  healthMessage,
}: ApplicationFacts): { name: string; message?: string } | undefined {
  const listed = unsettledResources?.find(each => each.health === health);
  if (listed) {
    return { name: `${listed.kind} ${listed.name}`, message: listed.message };
  }
  const [, kind, name] =
    /^Caused by (?:[^/:]*\/)?([^/:]+):(?:[^/]*\/)?([^/]+)$/.exec(
      healthMessage ?? '',
    ) ?? [];
  return kind && name
    ? { name: `${kind} ${name}`, message: healthMessage }
    : undefined;
}

function toldByKubeVela(
  { oamApplications }: EnvironmentState,
  application: ApplicationFacts,
  tag: string,
): StageDraft {
  const oam = worst(oamApplications);
  if (!oam) {
    return { status: 'waiting', sentence: say('run.waiting') };
  }
  const { status, code } = tell(oam);
  return {
    status,
    word: oam.phase,
    sentence: say(code, { tag }),
    since: status === 'succeeded' ? application.healthSince : undefined,
    diagnosis: diagnose(status, code, { tag }, evidenceOf(oam)),
  };
}

/**
 * A Rollout knows more of a new version on its way than who only sees that it is not
 * there yet. What cannot even be rendered is no matter of a Rollout.
 */
function explainedByRollouts(
  { rollouts }: EnvironmentState,
  told: StageDraft,
  tag: string,
): StageDraft {
  const draft = rollouts
    .flatMap(rollout => rolloutDraft(rollout, tag) ?? [])
    .sort((a, b) => severityOf(a.status) - severityOf(b.status))
    .at(0);
  const isCertain = told.sentence.code === 'run.failed';
  return draft && !isCertain ? { ...draft, toldBy: told.toldBy } : told;
}

/** The last words of a container say more than "not healthy". */
function explainedByPods(
  { pods, workloads }: EnvironmentState,
  told: StageDraft,
): StageDraft {
  const trouble = podTroubleOf(pods);
  // KubeVela looks again after minutes; its "healthy" does not outlive the pods'.
  const isOutdated =
    told.status === 'succeeded' &&
    trouble?.status === 'failed' &&
    workloads.some(({ ready, desired }) => ready < desired);
  if (!isOutdated && !['failed', 'running', 'waiting'].includes(told.status)) {
    return told;
  }
  if (trouble && told.sentence.code !== 'run.failed') {
    const status = told.status === 'failed' ? 'failed' : trouble.status;
    // What passes by itself explains only what is not there yet.
    return {
      ...told,
      status,
      sentence: status === 'failed' ? trouble.diagnosis.cause : told.sentence,
      since: trouble.since ?? told.since,
      diagnosis: trouble.diagnosis,
    };
  }
  const stuck = workloads.find(workload => workload.stuck);
  return stuck && !told.diagnosis?.evidence
    ? {
        ...told,
        diagnosis: {
          cause: say('run.stuck', {
            workload: `${stuck.kind} ${stuck.name}`,
            tag: String(told.sentence.values?.tag ?? ''),
          }),
          evidence: stuck.stuck,
          nextStep: say('run.unhealthy.next'),
        },
      }
    : told;
}

function tell(oam: OamFacts): Told {
  if (oam.deleting) {
    return BY_OAM_PHASE.deleting;
  }
  if (!oam.phase) {
    return { status: 'waiting', code: 'run.notStarted' };
  }
  // It stays in its phase for ever, because it tries again.
  if (oam.refused) {
    return BY_OAM_PHASE.workflowFailed;
  }
  if (oam.outdated) {
    return BY_OAM_PHASE.rendering;
  }
  const told = entryOf(BY_OAM_PHASE, oam.phase) ?? UNKNOWN;
  if (told.status === 'running' && oam.failedStep) {
    return BY_OAM_PHASE.workflowFailed;
  }
  return told.status === 'succeeded' && oam.services.some(s => !s.healthy)
    ? BY_OAM_PHASE.unhealthy
    : told;
}

function worst(oamApplications: OamFacts[]): OamFacts | undefined {
  return [...oamApplications].sort(
    (a, b) => severityOf(tell(a).status) - severityOf(tell(b).status),
  )[0];
}

function evidenceOf(oam: OamFacts): string | undefined {
  const { failedStep } = oam;
  if (oam.refused) {
    return oam.refused;
  }
  if (failedStep?.message) {
    return `${failedStep.name}: ${failedStep.message}`;
  }
  const service = oam.services.find(({ healthy }) => !healthy);
  return service?.message
    ? `${service.name}: ${service.message}`
    : oam.message ?? service?.name;
}

function diagnose(
  status: StageStatus,
  code: SentenceCode,
  values: Record<string, string>,
  evidence?: string,
): StageDraft['diagnosis'] {
  return status === 'failed'
    ? {
        cause: say(code, values),
        evidence,
        nextStep: say(
          code === 'run.failed' ? 'run.failed.next' : 'run.unhealthy.next',
        ),
      }
    : undefined;
}
