import { say } from '@golden-path/plugin-delivery-common';
import { detectionDelay } from '../detection';
import { holdsNothing, type EnvironmentState } from '../environments';
import type { ApplicationFacts, Facts } from '../facts';
import { shortTag } from '../image';
import { troubleOf } from '../trouble';
import { unnoticedTag } from '../unnoticed';
import type { StageContext, StageDraft } from './draft';
import { differingOf, drift, listed } from './drift';
import { kargoDeployment } from './kargo';
import { isActive } from './pipeline';

/** What Argo CD made of the manifests of an environment. */
export function deployStage(
  environment: EnvironmentState,
  { facts, links }: StageContext,
): StageDraft {
  const { application } = environment;
  if (!application) {
    return withoutApplication(environment, facts);
  }
  return {
    word: wordOf(application),
    links: links.application(application),
    ...(inTrouble(environment, application) ??
      onItsWay(environment, application, facts) ?? {
        status: 'succeeded',
        sentence: say('deploy.synced'),
        since: application.deployedAt,
      }),
  };
}

function withoutApplication(
  { name }: EnvironmentState,
  facts: Facts,
): StageDraft {
  const sentence = say('deploy.noApplication', { environment: name });
  return isActive(facts.pipeline)
    ? {
        status: 'missing',
        sentence,
        diagnosis: {
          cause: sentence,
          nextStep: say('deploy.noApplication.next', { environment: name }),
        },
      }
    : { status: 'waiting', sentence };
}

function wordOf({ sync, health }: ApplicationFacts): string | undefined {
  return [sync, health].filter(Boolean).join(' · ') || undefined;
}

function inTrouble(
  { name }: EnvironmentState,
  application: ApplicationFacts,
): StageDraft | undefined {
  const evidence = troubleOf(application);
  if (!evidence || application.operation === 'Running') {
    return undefined;
  }
  const cause = say('deploy.failed', { environment: name });
  return {
    status: 'failed',
    sentence: cause,
    since: application.operationFinishedAt,
    diagnosis: {
      cause,
      evidence: refusedOf(application) ?? evidence,
      nextStep: say('deploy.failed.next'),
    },
  };
}

function onItsWay(
  environment: EnvironmentState,
  application: ApplicationFacts,
  facts: Facts,
): StageDraft | undefined {
  const values = { environment: environment.name };
  if (application.deleting) {
    return { status: 'running', sentence: say('deploy.deleting', values) };
  }
  if (['Running', 'Terminating'].includes(application.operation ?? '')) {
    return syncing(environment, application);
  }
  if (application.refreshing) {
    return { status: 'running', sentence: say('deploy.refreshing') };
  }
  if (application.sync === 'OutOfSync') {
    return outOfSync(environment, application, facts);
  }
  return (
    (environment.previous ? undefined : kargoDeployment(environment, facts)) ??
    unnoticed(environment, facts) ??
    settled(environment, application)
  );
}

function syncing(
  { name }: EnvironmentState,
  application: ApplicationFacts,
): StageDraft {
  const { retry, operationMessage } = application;
  const since = application.operationStartedAt;
  if (!retry) {
    const sentence = say('deploy.syncing', { environment: name });
    return { status: 'running', sentence, since };
  }
  const { attempt, limit } = retry;
  const cause =
    limit === undefined
      ? say('deploy.retrying', { environment: name, attempt })
      : say('deploy.retryingOf', { environment: name, attempt, limit });
  return {
    status: 'running',
    sentence: cause,
    since,
    diagnosis: {
      cause,
      evidence: refusedOf(application) ?? operationMessage,
      nextStep: say('deploy.retrying.next'),
    },
  };
}

/** Either Git is ahead, or somebody changed the cluster: then the revision is the deployed one. */
function outOfSync(
  { name }: EnvironmentState,
  application: ApplicationFacts,
  facts: Facts,
): StageDraft {
  const drifted = drift(name, application, facts);
  if (drifted) {
    return drifted;
  }
  if (application.automated === false) {
    const cause = say('deploy.manual', { environment: name });
    const nextStep = say('deploy.manual.next');
    return {
      status: 'waiting',
      sentence: cause,
      diagnosis: {
        cause,
        evidence: listed(differingOf(application)),
        nextStep,
      },
    };
  }
  return {
    status: 'waiting',
    sentence: say('deploy.outOfSync', { environment: name }),
  };
}

function unnoticed(
  environment: EnvironmentState,
  facts: Facts,
): StageDraft | undefined {
  const commit = unnoticedTag(environment, facts);
  if (!commit) {
    return undefined;
  }
  const tag = shortTag(commit);
  const delay = detectionDelay(facts.detection);
  const cause =
    delay === undefined
      ? say('deploy.neverLooks', { tag })
      : say('deploy.notNoticed', { tag, delay });
  return {
    status: 'waiting',
    sentence: cause,
    diagnosis: {
      cause,
      nextStep: say(
        delay === undefined
          ? 'deploy.neverLooks.next'
          : 'deploy.notNoticed.next',
      ),
    },
  };
}

function settled(
  environment: EnvironmentState,
  application: ApplicationFacts,
): StageDraft | undefined {
  if (application.sync !== 'Synced') {
    return { status: 'waiting', sentence: say('deploy.notCompared') };
  }
  return holdsNothing(environment)
    ? {
        status: 'waiting',
        sentence: say(
          environment.previous
            ? 'deploy.nothing.promotion'
            : 'deploy.nothing.first',
        ),
      }
    : undefined;
}

/** What the cluster refused, by name. */
function refusedOf({ unsettledResources }: ApplicationFacts) {
  return listed(
    (unsettledResources ?? []).filter(
      ({ sync, message }) =>
        message && ['SyncFailed', 'Failed', 'Error'].includes(sync ?? ''),
    ),
  );
}
