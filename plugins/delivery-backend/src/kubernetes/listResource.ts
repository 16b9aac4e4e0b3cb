import { z } from 'zod';
import { KubeError } from './KubeError';
import { KubeTransport } from './KubeTransport';

const page = z.object({
  metadata: z.object({
    resourceVersion: z.string().min(1),
    continue: z.string().optional(),
  }),
  items: z.array(z.unknown()).nullish(),
});

export interface ListOptions {
  transport: KubeTransport;
  /** Path and query for `limit` and `continue`. */
  path(query: { limit?: number; continue?: string }): string;
  accept?: string;
  signal: AbortSignal;
  /** Objects per page. Default: 500. */
  pageSize?: number;
}

/** A consistent list: what there was at one resourceVersion. */
export interface Listed<T> {
  resourceVersion: string;
  objects: T[];
}

/**
 * Lists page by page, so that neither side holds everything at once. When the
 * snapshot behind the pages has expired (410), lists once more in one piece.
 *
 * @param keep - turns what was sent into what is kept; undefined drops it
 * @throws KubeError
 */
export async function listResource<T>(
  options: ListOptions,
  keep: (raw: unknown) => T | undefined,
): Promise<Listed<T>> {
  try {
    return await listPages(options, keep, options.pageSize ?? 500);
  } catch (error) {
    if (error instanceof KubeError && error.status === 410) {
      return listPages(options, keep, undefined);
    }
    throw error;
  }
}

async function listPages<T>(
  options: ListOptions,
  keep: (raw: unknown) => T | undefined,
  limit: number | undefined,
): Promise<Listed<T>> {
  const { transport, path, accept, signal } = options;
  const objects: T[] = [];
  let token: string | undefined;
  for (;;) {
    const raw = await transport.get(path({ limit, continue: token }), {
      accept,
      signal,
    });
    const parsed = page.safeParse(raw);
    if (!parsed.success) {
      throw new KubeError(
        'protocol',
        `list of the API server is malformed: ${
          z.prettifyError(parsed.error).split('\n')[0]
        }`,
      );
    }
    for (const item of parsed.data.items ?? []) {
      const kept = keep(item);
      if (kept !== undefined) {
        objects.push(kept);
      }
    }
    token = parsed.data.metadata.continue;
    if (!token) {
      return {
        resourceVersion: parsed.data.metadata.resourceVersion,
        objects,
      };
    }
  }
}
