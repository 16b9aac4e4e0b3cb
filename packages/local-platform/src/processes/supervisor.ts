import { spawn, type ChildProcess } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  renameSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { lastLines } from './lastLines.ts';
import type { Probe } from './readiness.ts';
import type { Watchdog } from './watchdog.ts';

/** How to run one process of the platform. */
export interface ProcessSpec {
  name: string;
  /** Path of the program. */
  program: string;
  /** Name under which it is started, for programs that look at it. */
  argv0?: string;
  args: string[];
  env?: Record<string, string>;
  cwd?: string;
  /** Without one a process counts as ready when it has run for a second. */
  ready?: Probe;
}

export interface SupervisorOptions {
  logs: string;
  watchdog: Watchdog;
  /** A process ended without being asked to and is being restarted. */
  onCrash: (name: string, message: string, lastLines: string[]) => void;
  /** A restarted process is ready again. */
  onRecovered: (name: string) => void;
  /** A process was started, or started again. */
  onStarted: () => void;
}

const REPORTED_LINES = 20;
/** Long, for a machine that compiles meanwhile; a process that ends is noticed at once. */
const READY_MS = 300_000;
const PROBE_INTERVAL_MS = 200;
const FIRST_RESTART_MS = 1_000;
const MAX_RESTART_MS = 15_000;
/** After this long a crash is not counted as following the last one. */
const STABLE_MS = 60_000;
const STOP_MS = 8_000;

interface Running {
  spec: ProcessSpec;
  child: ChildProcess;
  exited: Promise<string>;
  startedAt: number;
}

/** Runs processes, each in a group of its own, restarts those that end and stops them all. */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #running = new Map<string, Running>();
  readonly #stopping = new AbortController();

  constructor(options: SupervisorOptions) {
    this.#options = options;
    mkdirSync(options.logs, { recursive: true });
  }

  /** Process ids by name. */
  get pids(): Record<string, number> {
    const entries = [...this.#running].flatMap(([name, { child }]) =>
      child.pid ? [[name, child.pid] as const] : [],
    );
    return Object.fromEntries(entries);
  }

  /** Starts a process, waits until it is ready and keeps it running from then on. */
  async start(spec: ProcessSpec): Promise<void> {
    this.#stopping.signal.throwIfAborted();
    const log = this.#log(spec.name);
    if (existsSync(log)) {
      renameSync(log, `${log}.1`);
    }
    const running = this.#spawn(spec);
    const ended = running.exited.then(how => {
      throw new Error(
        `${spec.name} ${how}:\n${lastLines(log, REPORTED_LINES).join('\n')}`,
      );
    });
    ended.catch(() => undefined);
    await Promise.race([this.#untilReady(spec), ended]);
    void this.#supervise(running);
  }

  /** Ends a process and does not restart it. */
  async stop(name: string): Promise<void> {
    const running = this.#running.get(name);
    this.#running.delete(name);
    if (running) {
      await this.#end(running);
    }
  }

  /** Ends all processes, the last started first. */
  async stopAll(): Promise<void> {
    this.#stopping.abort();
    const all = [...this.#running.values()].reverse();
    this.#running.clear();
    // The controllers first: they would complain about an API server that is gone.
    const [controllers, servers] = [
      all.filter(({ spec }) => !/^(etcd|kube-apiserver)$/.test(spec.name)),
      all.filter(({ spec }) => /^(etcd|kube-apiserver)$/.test(spec.name)),
    ];
    await Promise.all(controllers.map(running => this.#end(running)));
    for (const running of servers) {
      await this.#end(running);
    }
  }

  #log(name: string): string {
    return join(this.#options.logs, `${name}.log`);
  }

  #spawn(spec: ProcessSpec): Running {
    const log = openSync(this.#log(spec.name), 'a');
    const child = spawn(spec.program, spec.args, {
      argv0: spec.argv0,
      cwd: spec.cwd,
      env: { ...process.env, ...spec.env },
      detached: true,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    const { pid } = child;
    const exited = new Promise<string>(resolve => {
      child.on('error', error => resolve(`could not start: ${error.message}`));
      child.on('exit', (code, signal) => {
        resolve(signal ? `was killed by ${signal}` : `ended with ${code}`);
      });
    });
    if (pid) {
      this.#options.watchdog.add(pid);
      void exited.then(() => this.#options.watchdog.remove(pid));
    }
    const running = { spec, child, exited, startedAt: Date.now() };
    this.#running.set(spec.name, running);
    this.#options.onStarted();
    return running;
  }

  async #untilReady(spec: ProcessSpec): Promise<void> {
    if (!spec.ready) {
      await delay(1_000);
      return;
    }
    const deadline = Date.now() + READY_MS;
    while (!(await spec.ready())) {
      if (Date.now() > deadline) {
        throw new Error(
          `${spec.name} does not answer after ${
            READY_MS / 1000
          } s; read ${this.#log(spec.name)}`,
        );
      }
      await delay(PROBE_INTERVAL_MS, undefined, {
        signal: this.#stopping.signal,
      });
    }
  }

  async #supervise(first: Running): Promise<void> {
    const { spec } = first;
    let running = first;
    let pause = FIRST_RESTART_MS;
    for (;;) {
      const how = await running.exited;
      if (this.#running.get(spec.name) !== running) {
        return;
      }
      this.#killGroup(running, 'SIGKILL');
      if (Date.now() - running.startedAt > STABLE_MS) {
        pause = FIRST_RESTART_MS;
      }
      this.#options.onCrash(
        spec.name,
        `${spec.name} ${how}; starting it again`,
        lastLines(this.#log(spec.name), REPORTED_LINES),
      );
      try {
        await delay(pause, undefined, { signal: this.#stopping.signal });
        pause = Math.min(pause * 2, MAX_RESTART_MS);
        running = this.#spawn(spec);
        const again = running;
        void this.#untilReady(spec).then(
          () => {
            if (this.#running.get(spec.name) === again) {
              this.#options.onRecovered(spec.name);
            }
          },
          () => undefined,
        );
      } catch {
        return;
      }
    }
  }

  async #end(running: Running): Promise<void> {
    this.#killGroup(running, 'SIGTERM');
    const ended = await Promise.race([
      running.exited.then(() => true),
      delay(STOP_MS, false, { ref: false }),
    ]);
    // Also what the process itself has started and left behind.
    this.#killGroup(running, 'SIGKILL');
    if (!ended) {
      await running.exited;
    }
  }

  #killGroup(running: Running, signal: NodeJS.Signals): void {
    const { pid } = running.child;
    if (!pid) {
      return;
    }
    try {
      process.kill(-pid, signal);
    } catch {
      // Nothing of the group is left.
    }
  }
}
