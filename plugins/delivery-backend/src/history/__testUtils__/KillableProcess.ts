import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';

const main = path.join(__dirname, 'recorderMain.ts');

/** A recorder in a process of its own that may be killed at any moment. */
export class KillableProcess {
  #child: ChildProcess;
  #said = '';
  #recording = Promise.resolve();

  constructor(private readonly options: object) {
    this.#child = this.#start();
  }

  /** Resolves when the present one has seen what the cluster holds. */
  get recording(): Promise<void> {
    return this.#recording;
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
      await Promise.race([this.#recording, exited]);
      this.#child.kill('SIGTERM');
      await exited;
    }
    if (this.#child.exitCode !== 0) {
      throw new Error(
        `the recorder ended with ${this.#child.exitCode}: ${this.#said}`,
      );
    }
  }

  #start(): ChildProcess {
    const child = spawn(
      process.execPath,
      ['--import', '@backstage/cli/config/nodeTransform.cjs', main],
      {
        env: {
          ...process.env,
          HISTORY_RECORDER: JSON.stringify(this.options),
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    this.#recording = new Promise(resolve => {
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
