import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Answer, Arrival, Command } from './protocol.ts';

const script = (name: string) =>
  fileURLToPath(new URL(`./${name}.ts`, import.meta.url));

/** Clients in a process of their own, so that they cost the measured ones nothing. */
export class ClientProcess {
  readonly #child: ChildProcess;
  readonly #failed: Promise<never>;

  /** Clients of a delivery's event stream. */
  static streams(url: string, token: string): ClientProcess {
    return new ClientProcess('streams', [url, token]);
  }

  /** Watches at the API server. */
  static rawWatches(kubeconfig: string, path: string): ClientProcess {
    return new ClientProcess('rawWatches', [kubeconfig, path]);
  }

  private constructor(name: string, args: string[]) {
    this.#child = fork(script(name), args);
    this.#failed = once(this.#child, 'exit').then(([code]) => {
      throw new Error(`The process of ${name} ended with ${code}`);
    });
    // Heard of by whoever asks next.
    this.#failed.catch(() => undefined);
  }

  /**
   * Opens clients and waits until each has got its first event.
   *
   * @returns the size of the last event in bytes
   */
  async open(count: number): Promise<number> {
    const answer = await this.#ask({ type: 'open', count });
    return answer.type === 'opened' ? answer.bytes : 0;
  }

  async arrivals(): Promise<Arrival[]> {
    const answer = await this.#ask({ type: 'take' });
    return answer.type === 'arrivals' ? answer.arrivals : [];
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const exited = once(this.#child, 'exit');
      this.#child.kill('SIGKILL');
      await exited;
    }
  }

  async #ask(command: Command): Promise<Answer> {
    this.#child.send(command);
    const [answer] = await Promise.race([
      once(this.#child, 'message'),
      this.#failed,
    ]);
    return answer as Answer;
  }
}
