import { say } from '@golden-path/plugin-delivery-common';
import type { ConditionFacts, ListenerFacts } from '../facts';
import type { StageContext, StageDraft } from './draft';
import { isActive } from './pipeline';

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
  return {
    status: 'succeeded',
    word: 'Deployed',
    sentence: say('trigger.listening'),
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
