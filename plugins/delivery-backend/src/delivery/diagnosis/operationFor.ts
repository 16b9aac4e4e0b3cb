import type {
  Diagnosis,
  OperationRequest,
  Stage,
} from '@golden-path/plugin-delivery-common';
import { entryOf } from '../entryOf';
import type { ApplicationFacts, RunFacts } from '../facts';
import { newestBuild, setupRun } from '../runs';
import type { StageContext } from '../stages/draft';

type Choice = (
  stage: Stage,
  context: StageContext,
) => OperationRequest | undefined;

const refresh: Choice = ({ environment }) =>
  environment === undefined ? undefined : { operation: 'refresh', environment };

const sync: Choice = ({ environment }) =>
  environment === undefined ? undefined : { operation: 'sync', environment };

/** Argo CD takes no newer commit while it tries an older one again. */
const terminate: Choice = ({ environment }) =>
  environment === undefined
    ? undefined
    : { operation: 'terminate-sync', environment };

const promote: Choice = ({ environment }) =>
  environment === undefined ? undefined : { operation: 'promote', environment };

const resume: Choice = () => ({ operation: 'resume-pipeline' });

const again = (run: RunFacts | undefined): OperationRequest | undefined =>
  run && {
    // Of steps that are not in the Workflow itself none can be retried.
    operation: run.stepsNote ? 'resubmit-run' : 'retry-run',
    run: run.name,
  };

/** By the cause of the diagnosis. */
const CHOICES: Record<string, Choice> = {
  'pipeline.setupFailed': (_, { facts }) => again(setupRun(facts)),
  'pipeline.setupFailedAt': (_, { facts }) => again(setupRun(facts)),
  'pipeline.suspended': resume,
  'pipeline.suspendedChanged': resume,
  'build.failed': (_, { facts }) => again(newestBuild(facts)),
  'build.failedAt': (_, { facts }) => again(newestBuild(facts)),
  'deploy.notCompared': refresh,
  'deploy.notNoticed': refresh,
  'deploy.neverLooks': refresh,
  'deploy.retrying': terminate,
  'deploy.retryingOf': terminate,
  'deploy.manual': sync,
  'deploy.failed': syncOrLookAgain,
  'deploy.drifted': undoDrift,
  'deploy.driftedMore': undoDrift,
  'deploy.notHealed': sync,
  'deploy.notHealedMore': sync,
  'promotion.ready': promoteForward,
  'promotion.first': promote,
  'promotion.kargoReady': promote,
  'promotion.kargoFailed': promote,
};

/** The operation that does the next step of a diagnosis, where one helps. */
export function operationFor(
  stage: Stage,
  { cause }: Diagnosis,
  context: StageContext,
): OperationRequest | undefined {
  const choice =
    entryOf(CHOICES, cause.code) ??
    (stage.kind === 'run' && stage.status === 'failed' ? rollBack : undefined);
  return choice?.(stage, context);
}

/**
 * To the newest deployment that was healthy, of those that Argo CD remembers. Where the
 * same image was healthy before, something else is wrong, which an earlier one would not
 * mend.
 */
function rollBack(
  { environment: name }: Stage,
  { environments, past }: StageContext,
): OperationRequest | undefined {
  const { application, image } =
    environments.find(environment => environment.name === name) ?? {};
  if (!name || !application || !image) {
    return undefined;
  }
  // Newest first.
  const healthy = (past?.deployments ?? []).filter(
    deployment =>
      deployment.applicationUid === application.uid &&
      deployment.healthyAt !== undefined &&
      deployment.imageTag !== undefined,
  );
  const earlier = healthy.find(each =>
    application.deployments.some(({ id }) => String(id) === each.id),
  );
  return earlier && healthy.every(({ imageTag }) => imageTag !== image.tag)
    ? {
        operation: 'rollback',
        environment: name,
        deployment: Number(earlier.id),
      }
    : undefined;
}

/** After a rollback the environment before may hold what is older. */
function promoteForward(stage: Stage, context: StageContext) {
  const { environments, facts, past } = context;
  const to = environments.find(({ name }) => name === stage.environment);
  const builds = [...facts.runs, ...(past?.runs ?? [])];
  const [from, held] = [to?.previous, to].map(environment =>
    builds.find(({ imageTag }) => imageTag === environment?.image?.tag),
  );
  if (!held || held.purpose === 'initial-build') {
    return promote(stage, context);
  }
  // Only the first build is kept for longer than those that came after it.
  const isOlder =
    !from || Date.parse(from.createdAt) < Date.parse(held.createdAt);
  return isOlder ? undefined : promote(stage, context);
}

/** Argo CD may do so by itself. */
function undoDrift(stage: Stage, context: StageContext) {
  return applicationOf(stage, context)?.selfHeals
    ? undefined
    : sync(stage, context);
}

/** Without manifests to compare with there is nothing to sync. */
function syncOrLookAgain(stage: Stage, context: StageContext) {
  const unreadable = applicationOf(stage, context)?.problems.some(
    ({ type }) => type === 'ComparisonError',
  );
  return (unreadable ? refresh : sync)(stage, context);
}

function applicationOf(
  stage: Stage,
  { environments }: StageContext,
): ApplicationFacts | undefined {
  return environments.find(({ name }) => name === stage.environment)
    ?.application;
}
