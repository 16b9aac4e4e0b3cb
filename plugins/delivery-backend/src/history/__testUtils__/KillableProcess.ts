import { spawn, type ChildProcess } from 'node:child_process';

/**
 * A program in a process of its own that may be killed at any moment. It finds its options
 * as JSON in `KILLABLE_OPTIONS`, writes a line when it is ready, and ends by SIGTERM.
 */
export class KillableProcess {
  #child: ChildProcess;
  #said = '';
  #ready = Promise.resolve();

  constructor(private readonly main: string, private readonly options: object) {
    this.#child = this.#start();
  }

  /** Resolves when the present one is ready. */
  get ready(): Promise<void> {
    return this.#ready;
  }

  /** Ends it as a power cut does, and starts the next one. */
  async kill(): Promise<void> {
    const exited = this.#exit();
    this.#child.kill('SIGKILL');
    await exited;
    this.#child = this.#start();
  }

  /** Ends it in good order. Throws where it does not end so, or ended before. */
  async stop(): Promise<void> {
    if (this.#child.exitCode === null) {
      const exited = this.#exit();
      // While it starts, it does not know yet what SIGTERM asks for.
      await Promise.race([this.#ready, exited]);
      this.#child.kill('SIGTERM');
      await exited;
    }
    if (this.#child.exitCode !== 0) {
      throw new Error(
        `${this.main} ended with ${this.#child.exitCode}: ${this.#said}`,
      );
    }
  }

  #start(): ChildProcess {
    const child = spawn(
      process.execPath,
      ['--import', '@backstage/cli/config/nodeTransform.cjs', this.main],
      {
        env: {
          ...process.env,
          KILLABLE_OPTIONS: JSON.stringify(this.options),
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    this.#ready = new Promise(resolve => {
      child.stdout?.once('data', () => resolve());
    });
    child.stderr?.setEncoding('utf8').on('data', text => {
      this.#said += text;
    });
    return child;
  }

  async #exit(): Promise<void> {
    await new Promise(resolve => this.#child.once('exit', resolve));
  }
}
