import {
  say,
  type SentenceCode,
  type StageStatus,
} from '@golden-path/plugin-delivery-common';
import { holdsNothing, type EnvironmentState } from '../environments';
import type { OamFacts } from '../facts';
import { shortTag } from '../image';
import type { StageContext, StageDraft } from './draft';

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

/** How well what was deployed runs. */
export function runStage(
  environment: EnvironmentState,
  { facts }: StageContext,
): StageDraft {
  const { application, oamApplications, image } = environment;
  if (!application || holdsNothing(environment)) {
    return {
      status: 'waiting',
      sentence: say('run.nothing'),
      toldBy: 'deploy',
    };
  }
  const tag = image?.tag ?? facts.pipeline?.applicationName ?? application.name;
  const values = { tag: shortTag(tag) };

  // Argo CD tells what runs without KubeVela, or where nothing else is watched.
  if (
    application.oamApplications.length === 0 ||
    !application.destination.watched
  ) {
    const { status, code } =
      BY_ARGO_CD_HEALTH[application.health ?? ''] ?? UNKNOWN;
    return {
      toldBy: 'deploy',
      status,
      word: application.health,
      sentence: say(code, values),
      since: application.healthSince,
      diagnosis: diagnose(status, code, values),
    };
  }
  const oam = worst(oamApplications);
  if (!oam) {
    return { status: 'waiting', sentence: say('run.waiting') };
  }
  const { status, code } = tell(oam);
  return {
    status,
    word: oam.phase,
    sentence: say(code, values),
    since: status === 'succeeded' ? application.healthSince : undefined,
    diagnosis: diagnose(status, code, values, evidenceOf(oam)),
  };
}

function tell(oam: OamFacts): Told {
  if (oam.deleting) {
    return BY_OAM_PHASE.deleting;
  }
  if (!oam.phase) {
    return { status: 'waiting', code: 'run.notStarted' };
  }
  if (oam.outdated) {
    return BY_OAM_PHASE.rendering;
  }
  const told = BY_OAM_PHASE[oam.phase] ?? UNKNOWN;
  if (told.status === 'running' && oam.failedStep) {
    return BY_OAM_PHASE.workflowFailed;
  }
  return told.status === 'succeeded' && oam.services.some(s => !s.healthy)
    ? BY_OAM_PHASE.unhealthy
    : told;
}

const SEVERITY: readonly StageStatus[] = [
  'failed',
  'unknown',
  'suspended',
  'running',
  'waiting',
  'succeeded',
];

function worst(oamApplications: OamFacts[]): OamFacts | undefined {
  const severity = (oam: OamFacts) => SEVERITY.indexOf(tell(oam).status);
  return [...oamApplications].sort((a, b) => severity(a) - severity(b))[0];
}

function evidenceOf(oam: OamFacts): string | undefined {
  const { failedStep } = oam;
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
