import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('./watchdog.sh', import.meta.url));

/** Sees to it that no process outlives the platform, even when the platform is killed. */
export class Watchdog {
  readonly #groups = new Set<number>();
  #child: ChildProcessByStdio<Writable, null, null> | undefined;
  #closed = false;

  constructor() {
    this.#start();
  }

  /** Ends this group of processes when the platform is gone. */
  add(group: number): void {
    this.#groups.add(group);
    this.#tell(`add ${group}`);
  }

  remove(group: number): void {
    this.#groups.delete(group);
    this.#tell(`remove ${group}`);
  }

  close(): void {
    this.#closed = true;
    this.#child?.stdin.end();
  }

  #start(): void {
    // A group of its own: Ctrl-C in the terminal must not reach it.
    const child = spawn('/bin/sh', [SCRIPT], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    this.#child = child;
    // Writing to a watchdog that has just been killed fails; its successor is told everything.
    child.stdin.on('error', () => undefined);
    child.on('exit', () => {
      if (!this.#closed) {
        this.#start();
      }
    });
    child.unref();
    for (const group of this.#groups) {
      this.#tell(`add ${group}`);
    }
  }

  #tell(line: string): void {
    this.#child?.stdin.write(`${line}\n`);
  }
}
