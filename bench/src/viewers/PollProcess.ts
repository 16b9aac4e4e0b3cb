import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What came of the requests of polling viewers. */
export interface Polls {
  answered: number;
  failed: number;
  /** Not sent, because the one before was still awaited. */
  skipped: number;
  /** In the last answer. */
  objects: number;
}

/** Viewers of Backstage's Kubernetes plugin, in a process of their own. */
export class PollProcess {
  readonly #child: ChildProcess;

  constructor(url: string, token: string, entityFile: string) {
    this.#child = fork(fileURLToPath(new URL('./polls.ts', import.meta.url)), [
      url,
      token,
      entityFile,
    ]);
  }

  /** Adds viewers, spread over one interval; each has asked once. */
  open(count: number): Promise<Polls> {
    return this.#ask({ open: count });
  }

  /** Since this was asked last. */
  polls(): Promise<Polls> {
    return this.#ask({});
  }

  stop(): void {
    this.#child.kill('SIGKILL');
  }

  async #ask(message: { open?: number }): Promise<Polls> {
    this.#child.send(message);
    const [answer] = await once(this.#child, 'message');
    return answer as Polls;
  }
}
