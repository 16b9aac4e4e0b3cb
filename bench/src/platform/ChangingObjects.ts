import type { ApiServer } from '@golden-path/local-platform/src/cluster/ApiServer.ts';
import { markOf } from '../viewers/protocol.ts';
import { groupPath, type WrittenObject } from './resources.ts';

/** Changes the message of one Workflow. */
export async function changeMessage(
  api: ApiServer,
  { apiVersion, metadata }: WrittenObject,
  number: number,
): Promise<void> {
  await api.call({
    method: 'PATCH',
    path: `${groupPath(apiVersion)}/namespaces/${
      metadata.namespace
    }/workflows/${metadata.name}`,
    contentType: 'application/merge-patch+json',
    body: { status: { message: markOf(number) } },
  });
}

/** Goes on changing Workflows, one after the other, at an even pace. */
export class ChangingObjects {
  readonly #timer: NodeJS.Timeout;
  readonly #open = new Set<Promise<void>>();
  #changes = 0;
  #failed?: unknown;

  constructor(
    api: ApiServer,
    workflows: readonly WrittenObject[],
    perSecond: number,
  ) {
    const started = Date.now();
    let begun = 0;
    this.#timer = setInterval(() => {
      const due = Math.floor(((Date.now() - started) * perSecond) / 1_000);
      for (; begun < due; begun++) {
        const change = changeMessage(
          api,
          workflows[begun % workflows.length],
          begun,
        ).then(
          () => {
            this.#changes += 1;
          },
          error => {
            this.#failed ??= error;
          },
        );
        this.#open.add(change);
        void change.then(() => this.#open.delete(change));
      }
    }, 10);
  }

  /**
   * Waits for what is under way.
   *
   * @returns how many changes were made
   * @throws when one was refused
   */
  async stop(): Promise<number> {
    clearInterval(this.#timer);
    await Promise.all(this.#open);
    if (this.#failed) {
      throw this.#failed;
    }
    return this.#changes;
  }
}
