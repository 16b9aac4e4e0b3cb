import type { EnvironmentState } from './environments';
import type { Facts } from './facts';
import { newestPublished, publishedAt } from './runs';

/**
 * The tag that was committed for the first environment after Argo CD's last deployment
 * there: it looks at Git every few minutes only. A deployment that began later and holds
 * another tag was meant so, for example after a revert.
 */
export function unnoticedTag(
  environment: EnvironmentState,
  facts: Facts,
): string | undefined {
  const published = environment.previous ? undefined : newestPublished(facts);
  const at = published && publishedAt(published);
  if (!at || published.imageTag === environment.image?.tag) {
    return undefined;
  }
  const last = environment.application?.lastDeployStartedAt;
  return last === undefined || Date.parse(last) < Date.parse(at)
    ? published.imageTag
    : undefined;
}
