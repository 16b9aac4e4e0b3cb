import { say } from '@golden-path/plugin-delivery-common';
import type { ConditionFacts, Facts, ListenerFacts } from '../facts';
import type { StageContext, StageDraft } from './draft';
import { isActive } from './pipeline';

/** The branch that the golden path builds. */
const USUAL_BRANCH = 'main';

/**
 * What waits for pushes. Argo Events never sets a condition `Ready`: a listener is
 * deployed when all of its conditions are true.
 */
export function triggerStage({ facts }: StageContext): StageDraft {
  const { listeners } = facts;
  const complete = ['EventSource', 'Sensor'].every(kind =>
    listeners.some(listener => listener.kind === kind),
  );
  if (!complete) {
    return isActive(facts.pipeline)
      ? {
          status: 'missing',
          sentence: say('trigger.missing'),
          diagnosis: {
            cause: say('trigger.missing'),
            nextStep: say('trigger.missing.next'),
          },
        }
      : { status: 'waiting', sentence: say('trigger.missing') };
  }
  for (const listener of listeners) {
    const failed = listener.conditions.find(({ status }) => status === 'False');
    if (failed) {
      return notDeployed(listener, failed);
    }
  }
  const starting = listeners.find(listener => !isDeployed(listener));
  if (starting) {
    return {
      status: 'running',
      sentence: say('trigger.starting', {
        kind: starting.kind,
        name: starting.name,
      }),
    };
  }
  const silent = listeners.find(isSilent);
  if (silent) {
    return notRunning(silent);
  }
  return {
    status: 'succeeded',
    word: 'Deployed',
    sentence: say('trigger.listening', { branches: branchesOf(facts) }),
    since: lastChange(listeners),
  };
}

function notDeployed(
  { kind, name }: ListenerFacts,
  { reason, message, since }: ConditionFacts,
): StageDraft {
  const cause = say('trigger.notDeployed', { kind, name });
  return {
    status: 'failed',
    word: reason,
    sentence: cause,
    since,
    diagnosis: {
      cause,
      evidence: message ?? reason,
      nextStep: say('trigger.notDeployed.next'),
    },
  };
}

/** Its Deployment is there, and none of its pods is. */
function isSilent({ listening }: ListenerFacts): boolean {
  return (
    listening !== undefined &&
    listening.desired > 0 &&
    listening.available === 0
  );
}

function notRunning({ kind, name, listening }: ListenerFacts): StageDraft {
  const cause = say('trigger.notRunning', { kind, name });
  // Without a message its pods are about to start.
  return listening?.message
    ? {
        status: 'failed',
        sentence: cause,
        diagnosis: {
          cause,
          evidence: listening.message,
          nextStep: say('trigger.notDeployed.next'),
        },
      }
    : { status: 'running', sentence: cause };
}

/** Branches whose pushes start a build, by the filter of the Sensor. */
export function branchesOf({ listeners }: Facts): string[] {
  const refs = listeners.flatMap(({ filter }) => filter?.refs ?? []);
  const branches = refs.map(ref => ref.replace(/^refs\/heads\//, ''));
  return branches.length > 0 ? branches : [USUAL_BRANCH];
}

/** The first listener that a push cannot get past. */
export function deafListener({ listeners }: Facts): ListenerFacts | undefined {
  return listeners.find(
    listener => !isDeployed(listener) || isSilent(listener),
  );
}

function isDeployed({ conditions }: ListenerFacts): boolean {
  return (
    conditions.length > 0 && conditions.every(({ status }) => status === 'True')
  );
}

function lastChange(listeners: ListenerFacts[]): string | undefined {
  return listeners
    .flatMap(({ conditions }) => conditions.flatMap(({ since }) => since ?? []))
    .sort()
    .at(-1);
}
