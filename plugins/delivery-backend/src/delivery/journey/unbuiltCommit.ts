import type { Journey } from '@golden-path/plugin-delivery-common';
import { commitOf } from '../image';
import { branchesOf } from '../stages/trigger';
import { whyNotBuilt } from '../unbuilt';
import { toCommit } from './beyond';
import type { JourneyInput } from './journeysOf';

/** What needs no run of its own, and is the business of nobody. */
const OWN = 'push.ownCommit';
/** What is right without a run. */
const MEANT = ['push.deploymentOnly', 'push.otherBranch'];

/**
 * The newest commit that Argo CD saw in Git, where it started no run: its way ends there,
 * and why. Known only where its Git host tells of it.
 *
 * @param built - commits that have a run or are deployed, newest first
 */
export function unbuiltCommit(
  { facts, environments, beyond }: JourneyInput,
  built: ReadonlyArray<{ tag: string; at?: string }>,
): Journey | undefined {
  const [environment] = environments;
  const sha = commitOf(environment?.application?.revision);
  if (!sha || !beyond.past || built.some(({ tag }) => tag === sha)) {
    return undefined;
  }
  const about = beyond.commit(sha);
  if (!about) {
    return undefined;
  }
  const [branch] = branchesOf(facts);
  const path = environment?.application?.sources[0]?.path;
  const { cause } = whyNotBuilt(
    facts,
    {
      branch,
      authors: about.author === undefined ? [] : [about.author],
      paths: about.paths,
    },
    path?.includes('/') ? path.slice(0, path.lastIndexOf('/')) : undefined,
  );
  const isMeant = MEANT.includes(cause.code);
  if (cause.code === OWN || (!isMeant && !isCovered(about, built))) {
    return undefined;
  }
  const status = isMeant ? 'skipped' : 'missing';
  return {
    tag: sha,
    commit: sha,
    about: toCommit(about),
    status,
    current: 'run-started',
    startedAt: about.committedAt,
    steps: [
      { id: 'pushed', kind: 'pushed', status: 'succeeded' },
      { id: 'run-started', kind: 'run-started', status, sentence: cause },
    ],
  };
}

/** Whether a run of it would be known: of older commits runs may have been forgotten. */
function isCovered(
  { committedAt }: { committedAt?: string },
  built: ReadonlyArray<{ at?: string }>,
): boolean {
  const oldest = built.findLast(({ at }) => at !== undefined)?.at;
  return (
    committedAt !== undefined &&
    oldest !== undefined &&
    Date.parse(committedAt) > Date.parse(oldest)
  );
}
