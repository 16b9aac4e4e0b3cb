import { mkdirSync } from 'node:fs';
import { prepareAccess, type Access } from './access/prepareAccess.ts';
import type { Cluster } from './cluster/Cluster.ts';
import { npmPackagesInstalled } from './dependencies.ts';
import type { PlatformFolder } from './folder.ts';
import { releaseLock, takeLock } from './lock.ts';
import { Supervisor } from './processes/supervisor.ts';
import { Watchdog } from './processes/watchdog.ts';
import { PROGRAMS, programNamed } from './programs/catalogue.ts';
import { sourceFolder } from './programs/go.ts';
import { buildInOrder, type ProgramQueue } from './programs/queue.ts';
import { prepareState, type PlatformState } from './state.ts';
import { StatusBoard, type SystemStatus } from './status.ts';
import { SYSTEMS } from './systems/index.ts';
import type { System, SystemContext } from './systems/System.ts';

export interface PlatformOptions {
  folder: PlatformFolder;
  /** Systems to run; of the others only the kinds are installed. Default: all. */
  only?: readonly string[];
  onStatus?: (system: SystemStatus) => void;
  /** Trouble that stops nothing. */
  onWarning?: (message: string) => void;
}

interface Progress {
  /** Ends when the system is ready, or fails as it does. */
  ready: Promise<void>;
  prepared: Promise<void>;
}

const LEFTOVERS_MS = 10_000;

const messageOf = (error: unknown) =>
  error instanceof Error ? error.message : String(error);

/**
 * The named systems and those that they come after.
 *
 * @throws when there is no such system
 */
function chosen(only?: readonly string[]): readonly System[] {
  if (!only) {
    return SYSTEMS;
  }
  const names = new Set<string>();
  const add = (name: string) => {
    const system = SYSTEMS.find(it => it.name === name);
    if (!system) {
      const all = SYSTEMS.map(it => it.name).join(', ');
      throw new Error(`There is no system named "${name}"; there are ${all}`);
    }
    names.add(name);
    system.after.forEach(add);
  };
  only.forEach(add);
  return SYSTEMS.filter(({ name }) => names.has(name));
}

/** A platform that is coming up or up. */
export class Platform {
  readonly state: PlatformState;
  readonly #options: PlatformOptions;
  readonly #access: Access;
  readonly #systems: readonly System[];
  readonly #board: StatusBoard;
  readonly #watchdog = new Watchdog();
  readonly #supervisor: Supervisor;
  readonly #stopping = new AbortController();
  readonly #queue: ProgramQueue;
  readonly #progress = new Map<string, Progress>();
  readonly #systemOfProcess = new Map<string, string>();
  readonly #crashed = new Set<string>();
  readonly #sources = new Map<string, Promise<string>>();
  #cluster: Promise<Cluster> | undefined;

  /** Takes the folder, writes kubeconfigs and the portal's configuration, and starts everything in the background. */
  static async start(options: PlatformOptions): Promise<Platform> {
    const { folder } = options;
    mkdirSync(folder.root, { recursive: true, mode: 0o700 });
    const { left } = takeLock(folder.lock);
    try {
      // The watchdog of a platform that was killed may still be ending its processes.
      const patience = left ? LEFTOVERS_MS : 0;
      const state = await prepareState(folder.state, patience);
      return new Platform(options, state, prepareAccess(folder, state));
    } catch (error) {
      releaseLock(folder.lock);
      throw error;
    }
  }

  private constructor(
    options: PlatformOptions,
    state: PlatformState,
    access: Access,
  ) {
    this.#options = options;
    this.state = state;
    this.#access = access;
    this.#systems = chosen(options.only);
    this.#board = new StatusBoard({
      path: options.folder.status,
      systems: [...this.#systems],
      onChange: system => options.onStatus?.(system),
    });
    this.#supervisor = new Supervisor({
      logs: options.folder.logs,
      watchdog: this.#watchdog,
      onCrash: (process, message, lastLines) => {
        this.#crashed.add(process);
        this.#board.set(this.#systemOf(process), {
          state: 'starting',
          message,
          lastLines,
        });
      },
      onRecovered: process => this.#recovered(process),
      onStarted: () => this.#board.setProcesses(this.#supervisor.pids),
    });
    const { signal } = this.#stopping;
    this.#queue = buildInOrder({
      signal,
      programs: PROGRAMS.filter(({ name }) =>
        this.#systems.some(system => system.programs.includes(name)),
      ),
      onProgress: (program, progress) => {
        for (const system of this.#systems) {
          if (system.programs.includes(program.name)) {
            this.#board.set(system.name, progress);
          }
        }
      },
    });
    for (const system of SYSTEMS) {
      this.#launch(system);
    }
  }

  get systems(): readonly SystemStatus[] {
    return this.#board.systems;
  }

  get pids(): Record<string, number> {
    return this.#supervisor.pids;
  }

  /** Waits for one system, or for all of them. Fails as the system does. */
  async ready(name?: string): Promise<void> {
    if (name === undefined) {
      const all = [...this.#progress.values()].map(entry => entry.ready);
      await Promise.all(all);
      return;
    }
    const progress = this.#progress.get(name);
    if (!progress) {
      throw new Error(`There is no system named ${name}`);
    }
    await progress.ready;
  }

  /** Waits until each system is ready or has failed. */
  async settled(): Promise<void> {
    const all = [...this.#progress.values()].map(entry => entry.ready);
    await Promise.allSettled(all);
  }

  /** The cluster, as its administrator, once its API server answers. */
  cluster(): Promise<Cluster> {
    this.#cluster ??= this.ready('kubernetes').then(async () => {
      await npmPackagesInstalled(this.#stopping.signal);
      const module = await import('./cluster/Cluster.ts');
      return new module.Cluster(this.#options.folder.kubeconfig);
    });
    return this.#cluster;
  }

  /** Ends one process and does not restart it. */
  halt(process: string): Promise<void> {
    return this.#supervisor.stop(process);
  }

  /** Ends every process and gives the folder free. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#supervisor.stopAll();
    this.#watchdog.close();
    this.#board.close();
    releaseLock(this.#options.folder.lock);
  }

  #source(program: string, dependency: string): Promise<string> {
    const known =
      this.#sources.get(dependency) ??
      sourceFolder(programNamed(program).module, dependency);
    this.#sources.set(dependency, known);
    return known;
  }

  /** A system is ready again when all of its processes are. */
  #recovered(process: string): void {
    this.#crashed.delete(process);
    const system = this.#systemOf(process);
    if (![...this.#crashed].some(it => this.#systemOf(it) === system)) {
      this.#board.set(system, { state: 'ready' });
    }
  }

  #systemOf(process: string): string {
    return this.#systemOfProcess.get(process) ?? process;
  }

  async #kinds(): Promise<void> {
    const all = [...this.#progress.values()].map(entry => entry.prepared);
    await Promise.all(all);
  }

  #launch(system: System): void {
    const context = this.#contextOf(system);
    // Only when the map of all systems is complete.
    const prepared = Promise.resolve().then(() => system.prepare?.(context));
    const ready = this.#systems.includes(system)
      ? this.#bringUp(system, context, prepared)
      : prepared;
    // Whoever waits for it hears of a failure; the status shows it in any case.
    prepared.catch(() => undefined);
    ready.catch(() => undefined);
    this.#progress.set(system.name, { prepared, ready });
  }

  async #bringUp(
    system: System,
    context: SystemContext,
    prepared: Promise<void>,
  ): Promise<void> {
    const { name, programs, expectedSeconds } = system;
    const built = Promise.all(programs.map(context.program));
    // It may fail while something else is waited for below, which is no reason to end the platform.
    built.catch(() => undefined);
    try {
      await prepared;
      await Promise.all(system.after.map(it => this.ready(it)));
      const starting = built.then(() => {
        this.#board.set(name, { state: 'starting', expectedSeconds });
      });
      // Not after it: some of what a system does needs no program.
      await Promise.all([starting, system.start(context)]);
      this.#board.set(name, { state: 'ready' });
    } catch (error) {
      if (!this.#stopping.signal.aborted) {
        this.#board.set(name, { state: 'failed', message: messageOf(error) });
      }
      throw error;
    }
  }

  #contextOf(system: System): SystemContext {
    const { folder, onWarning } = this.#options;
    return {
      folder,
      state: this.state,
      access: this.#access,
      signal: this.#stopping.signal,
      kinds: () => this.#kinds(),
      say: message =>
        this.#board.set(system.name, { state: 'starting', message }),
      warn: message => onWarning?.(`${system.title}: ${message}`),
      program: program => this.#queue.program(program),
      source: (program, dependency) => this.#source(program, dependency),
      run: spec => {
        this.#systemOfProcess.set(spec.name, system.name);
        return this.#supervisor.start(spec);
      },
      manifests: async () => {
        await npmPackagesInstalled(this.#stopping.signal);
        return import('./cluster/manifests.ts');
      },
      cluster: () => this.cluster(),
    };
  }
}
