import { z } from 'zod';
import { Clock } from './clock';
import { KubeError } from './KubeError';
import { KubeTransport } from './KubeTransport';
import { KindRef } from './types';

/** How an API server serves a kind. */
export interface Resource {
  /** As in objects: `argoproj.io/v1alpha1`, or `v1` for the core group. */
  apiVersion: string;
  version: string;
  plural: string;
  namespaced: boolean;
}

const groupList = z.object({
  kind: z.literal('APIGroupList'),
  groups: z.array(
    z.object({
      name: z.string(),
      versions: z.array(z.object({ version: z.string() })),
      preferredVersion: z.object({ version: z.string() }).optional(),
    }),
  ),
});

const resourceList = z.object({
  kind: z.literal('APIResourceList'),
  resources: z
    .array(
      z.object({
        name: z.string(),
        kind: z.string(),
        namespaced: z.boolean(),
        verbs: z.array(z.string()).nullish(),
      }),
    )
    .nullish(),
});

/** Documents younger than this answer every question of the moment, such as all kinds at start. */
const FRESH_MS = 60_000;

interface Document {
  fetchedAt: number;
  content: Promise<unknown>;
}

/**
 * Asks an API server how it serves kinds, never guesses. Documents are kept and
 * shared: many kinds cost `/apis` once and each group version once.
 *
 * "Not served" is concluded from the server's own list of groups, not from a 404,
 * which a proxy in front of it may give as well.
 */
export class Discovery {
  readonly #documents = new Map<string, Document>();

  constructor(
    private readonly transport: KubeTransport,
    private readonly clock: Clock,
  ) {}

  /**
   * The preferred version that serves the kind for list and watch, else any other
   * that does.
   *
   * @param maxAgeMs - how old an answer may be
   * @returns undefined when the cluster does not have this kind
   * @throws KubeError when the API server cannot say
   */
  async resolve(
    kind: KindRef,
    maxAgeMs: number = FRESH_MS,
  ): Promise<Resource | undefined> {
    for (const version of await this.#versions(kind.group, maxAgeMs)) {
      const found = (await this.#resources(kind.group, version, maxAgeMs)).find(
        resource =>
          resource.kind === kind.kind &&
          // `workflows/status` and the like are of the same kind.
          !resource.name.includes('/') &&
          ['list', 'watch'].every(verb => resource.verbs?.includes(verb)),
      );
      if (found) {
        return {
          apiVersion: kind.group ? `${kind.group}/${version}` : version,
          version,
          plural: found.name,
          namespaced: found.namespaced,
        };
      }
    }
    return undefined;
  }

  /** Forgets all answers, also those under way: the cluster has changed. */
  invalidate(): void {
    this.#documents.clear();
  }

  async #versions(group: string, maxAgeMs: number): Promise<string[]> {
    if (group === '') {
      return ['v1'];
    }
    const list = await this.#document('/apis', groupList, maxAgeMs);
    const found = list.groups.find(({ name }) => name === group);
    const versions = found?.versions.map(({ version }) => version) ?? [];
    const preferred = found?.preferredVersion?.version;
    return preferred
      ? [preferred, ...versions.filter(version => version !== preferred)]
      : versions;
  }

  async #resources(group: string, version: string, maxAgeMs: number) {
    const path = group
      ? `/apis/${encodeURIComponent(group)}/${encodeURIComponent(version)}`
      : `/api/${version}`;
    try {
      const list = await this.#document(path, resourceList, maxAgeMs);
      return list.resources ?? [];
    } catch (error) {
      // Removed since the groups were listed.
      if (error instanceof KubeError && error.status === 404) {
        return [];
      }
      throw error;
    }
  }

  async #document<T>(
    path: string,
    schema: z.ZodType<T>,
    maxAgeMs: number,
  ): Promise<T> {
    const now = this.clock.monotonic();
    let document = this.#documents.get(path);
    if (!document || now - document.fetchedAt > maxAgeMs) {
      document = { fetchedAt: now, content: this.transport.get(path) };
      this.#documents.set(path, document);
      const current = document;
      current.content.catch(() => {
        // A failure is told to those who wait for it, and to nobody after.
        if (this.#documents.get(path) === current) {
          this.#documents.delete(path);
        }
      });
    }
    const parsed = schema.safeParse(await document.content);
    if (!parsed.success) {
      this.#documents.delete(path);
      throw new KubeError(
        'protocol',
        `${path} of the API server is not Kubernetes discovery: ${
          z.prettifyError(parsed.error).split('\n')[0]
        }`,
      );
    }
    return parsed.data;
  }
}
