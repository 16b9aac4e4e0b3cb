import { say } from '@golden-path/plugin-delivery-common';
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
    case 'forbidden': {
      const cause = say('stage.forbidden', { kind, system, cluster });
      return {
        status: 'unknown',
        sentence: cause,
        diagnosis: {
          cause,
          evidence: reason,
          nextStep: say('stage.forbidden.next'),
        },
      };
    }
    case 'not-installed': {
      const cause = say('stage.notInstalled', { system, cluster });
      return {
        status: 'unknown',
        sentence: cause,
        diagnosis: {
          cause,
          evidence: reason,
          nextStep: say('stage.notInstalled.next'),
        },
      };
    }
    default: {
      if (state === 'syncing') {
        return {
          status: 'unknown',
          sentence: say('stage.syncing', { cluster }),
        };
      }
      const cause = say('stage.clusterUnreachable', { cluster });
      return {
        status: 'unknown',
        sentence: cause,
        diagnosis: {
          cause,
          evidence: reason,
          nextStep: say('stage.clusterUnreachable.next'),
        },
      };
    }
  }
}
