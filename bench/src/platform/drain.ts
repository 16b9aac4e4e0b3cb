import type { ApiServer } from '@golden-path/local-platform/src/cluster/ApiServer.ts';
import { now } from '../clock.ts';
import { listPath, type WatchedResource } from './resources.ts';

/** What plain lists gave, and how long they took. */
export interface Drained {
  milliseconds: number;
  objects: number;
}

interface Page {
  metadata: { continue?: string };
  items: unknown[];
}

/**
 * Lists what the delivery backend watches, all kinds at once, page by page,
 * parsed and let go: the least that anybody could do who wants to know it.
 */
export async function drain(
  api: ApiServer,
  resources: readonly WatchedResource[],
): Promise<Drained> {
  const started = now();
  const counts = await Promise.all(resources.map(it => drainOne(api, it)));
  return {
    milliseconds: now() - started,
    objects: counts.reduce((sum, count) => sum + count, 0),
  };
}

async function drainOne(
  api: ApiServer,
  resource: WatchedResource,
): Promise<number> {
  let objects = 0;
  let token: string | undefined;
  do {
    const page: Page = await api.call<Page>({
      method: 'GET',
      path: listPath(resource, {
        limit: '500',
        ...(token && { continue: token }),
      }),
    });
    objects += page.items.length;
    token = page.metadata.continue;
  } while (token);
  return objects;
}
