import { say } from '@golden-path/plugin-delivery-common';
import type { Sentence } from '@golden-path/plugin-delivery-common';
import type { KindHealth } from './facts';
import type { StageDraft } from './stages/draft';

/**
 * Corrects a stage by how well the kinds that tell it are known: what cannot be read is
 * not claimed, and what is old says so.
 *
 * @param health - of the kinds that the stage cannot be told without
 * @param found - whether the pipeline was ever seen; if not, a lost connection hides it
 */
export function withHealth(
  draft: StageDraft,
  health: readonly KindHealth[],
  found: boolean,
): StageDraft {
  const unreadable = health.find(
    ({ state }) => state !== 'live' && (state !== 'stale' || !found),
  );
  if (unreadable) {
    return unknownBecause(unreadable);
  }
  const stale = health.filter(({ state }) => state === 'stale');
  const [oldest] = stale.map(({ since }) => since).sort();
  return oldest ? { ...draft, staleSince: oldest } : draft;
}

function unknownBecause(health: KindHealth): StageDraft {
  const { system, cluster, kind, reason, state } = health;
  switch (state) {
    case 'forbidden':
      return unknown(
        say('stage.forbidden', { kind, system, cluster }),
        say('stage.forbidden.next'),
        reason,
      );
    case 'not-installed':
      return unknown(
        say('stage.notInstalled', { system, cluster }),
        say('stage.notInstalled.next'),
        reason,
      );
    case 'syncing':
      return { status: 'unknown', sentence: say('stage.syncing', { cluster }) };
    default:
      return unknown(
        say('stage.clusterUnreachable', { cluster }),
        say('stage.clusterUnreachable.next'),
        reason,
      );
  }
}

function unknown(
  cause: Sentence,
  nextStep: Sentence,
  evidence?: string,
): StageDraft {
  return {
    status: 'unknown',
    sentence: cause,
    diagnosis: { cause, evidence, nextStep },
  };
}
