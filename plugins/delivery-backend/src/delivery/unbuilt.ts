import { say, type Diagnosis } from '@golden-path/plugin-delivery-common';
import type { Facts } from './facts';
import { branchesOf, deafListener } from './stages/trigger';

/** A push as its Git server knows it. */
export interface Push {
  /** Branch that was pushed to, without `refs/heads/`. */
  branch: string;
  /** Names of the authors of its commits. */
  authors: readonly string[];
  /** Paths that its commits touch, where they are known. */
  paths?: readonly string[];
}

/** Author of the commits that the pipeline makes itself. */
const OWN_AUTHOR = 'CI/CD Pipeline';

/**
 * Why a push started no run, as far as the objects of the trigger tell.
 *
 * @param deploymentPath - folder of the manifests, for example `deployment`
 */
export function whyNotBuilt(
  facts: Facts,
  push: Push,
  deploymentPath = 'deployment',
): Diagnosis {
  const branches = branchesOf(facts);
  const sensor = facts.listeners.find(({ kind }) => kind === 'Sensor');
  const folder = `${deploymentPath.replace(/^\.\/|\/$/g, '')}/`;
  if (!branches.includes(push.branch)) {
    return {
      cause: say('push.otherBranch', { branches, pushed: push.branch }),
      nextStep: say('push.otherBranch.next', { branches }),
    };
  }
  if (
    push.authors.length > 0 &&
    push.authors.every(author => author === OWN_AUTHOR)
  ) {
    return {
      cause: say('push.ownCommit'),
      nextStep: say('push.nothing.next'),
    };
  }
  if (
    push.paths &&
    push.paths.length > 0 &&
    push.paths.every(path => path.startsWith(folder))
  ) {
    return {
      cause: say('push.deploymentOnly'),
      nextStep: say('push.nothing.next'),
    };
  }
  const deaf = deafListener(facts);
  if (deaf) {
    const { kind, name, conditions, listening } = deaf;
    return {
      cause: say('push.notListening', { kind, name }),
      evidence:
        conditions.find(({ status }) => status !== 'True')?.message ??
        listening?.message,
      nextStep: say('push.notListening.next'),
    };
  }
  return sensor?.filter?.script && !push.paths
    ? {
        cause: say('push.filtered', { name: sensor.name }),
        nextStep: say('push.lost.next'),
      }
    : { cause: say('push.lost'), nextStep: say('push.lost.next') };
}
