import type { Beyond } from '../delivery/journey/beyond';
import type { Facts } from '../delivery/facts';
import type { Location } from '../delivery/locate';
import type { CommitCache } from '../git/CommitCache';
import type { KnownPast } from '../history/KnownPast';
import { pipelineKey } from '../history/pipelineKey';

/**
 * Tells what no cluster knows of a pipeline.
 *
 * @param later - called when more is known; without it nobody is asked
 */
export type BeyondOf = (
  subject: { facts: Facts; location: Location },
  later?: () => void,
) => Beyond;

/** From the Git hosts and from the history, whatever of it is in memory. */
export function beyondClusters(
  commits: Pick<CommitCache, 'commit' | 'between'>,
  past: Pick<KnownPast, 'of'>,
): BeyondOf {
  return ({ facts, location }, later) => {
    const urls = repositoriesOf(facts, location);
    return {
      commit: sha =>
        sha && urls.length > 0 ? commits.commit(urls, sha, later) : undefined,
      between: (base, head) =>
        urls.length > 0 ? commits.between(urls, base, head, later) : undefined,
      past: facts.pipeline && past.of(pipelineKey(location), later),
    };
  };
}

/** The one with the manifests, which the pipeline builds too, then that of the entity. */
function repositoriesOf(
  { applications }: Facts,
  { repositoryUrl }: Location,
): string[] {
  const urls = applications.flatMap(
    ({ sources }) => sources[0]?.repository ?? [],
  );
  return [...new Set([...urls, ...(repositoryUrl ? [repositoryUrl] : [])])];
}
