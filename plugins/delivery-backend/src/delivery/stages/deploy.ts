import { say } from '@golden-path/plugin-delivery-common';
import { holdsNothing, type EnvironmentState } from '../environments';
import type { ApplicationFacts, Facts } from '../facts';
import { shortTag } from '../image';
import { troubleOf } from '../trouble';
import { unnoticedTag } from '../unnoticed';
import type { StageContext, StageDraft } from './draft';
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
    diagnosis: { cause, evidence, nextStep: say('deploy.failed.next') },
  };
}

function onItsWay(
  environment: EnvironmentState,
  application: ApplicationFacts,
  facts: Facts,
): StageDraft | undefined {
  const values = { environment: environment.name };
  if (['Running', 'Terminating'].includes(application.operation ?? '')) {
    return {
      status: 'running',
      sentence: say('deploy.syncing', values),
      since: application.operationStartedAt,
    };
  }
  if (application.sync === 'OutOfSync') {
    return { status: 'waiting', sentence: say('deploy.outOfSync', values) };
  }
  const unnoticed = unnoticedTag(environment, facts);
  if (unnoticed) {
    return {
      status: 'waiting',
      sentence: say('deploy.notNoticed', { tag: shortTag(unnoticed) }),
    };
  }
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
