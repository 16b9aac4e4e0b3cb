import { writeWhole } from './files.ts';

/** How far one system of the platform is. */
export type SystemState =
  | 'waiting'
  | 'downloading'
  | 'building'
  | 'starting'
  | 'ready'
  | 'failed';

/** One line of `status.json`. */
export interface SystemStatus {
  name: string;
  title: string;
  state: SystemState;
  /** When the state began (ISO 8601). */
  since: string;
  /** How long this state usually takes on two cores. */
  expectedSeconds?: number;
  /** What it is doing or why it failed, in a sentence. */
  message?: string;
  /** The last lines of the log of a process that ended unexpectedly. */
  lastLines?: string[];
}

/** Content of `status.json`. */
export interface PlatformStatus {
  /** Process that runs the platform; none when it is down. */
  pid?: number;
  startedAt: string;
  systems: SystemStatus[];
  /** Process ids by process name; of one that is being restarted, the last. */
  processes: Record<string, number>;
}

export type SystemChange = Pick<SystemStatus, 'state'> &
  Partial<Pick<SystemStatus, 'expectedSeconds' | 'message' | 'lastLines'>>;

/** Holds the status of all systems, writes `status.json` at each change and tells who listens. */
export class StatusBoard {
  readonly #path: string;
  readonly #status: PlatformStatus;
  readonly #listener: (system: SystemStatus) => void;

  constructor(options: {
    path: string;
    systems: { name: string; title: string }[];
    onChange: (system: SystemStatus) => void;
  }) {
    this.#path = options.path;
    this.#listener = options.onChange;
    const now = new Date().toISOString();
    this.#status = {
      pid: process.pid,
      startedAt: now,
      systems: options.systems.map(({ name, title }) => ({
        name,
        title,
        state: 'waiting',
        since: now,
      })),
      processes: {},
    };
    this.#write();
  }

  get systems(): readonly SystemStatus[] {
    return this.#status.systems;
  }

  /** Replaces what is known about a system; `since` moves only when its state does. */
  set(name: string, change: SystemChange): void {
    const index = this.#status.systems.findIndex(
      system => system.name === name,
    );
    const before = this.#status.systems[index];
    if (!before) {
      throw new Error(`There is no system named ${name}`);
    }
    const after: SystemStatus = {
      name,
      title: before.title,
      since:
        before.state === change.state ? before.since : new Date().toISOString(),
      ...change,
    };
    this.#status.systems[index] = after;
    this.#write();
    this.#listener(after);
  }

  /** Replaces what is known about processes. */
  setProcesses(processes: Record<string, number>): void {
    this.#status.processes = processes;
    this.#write();
  }

  /** Says in `status.json` that nothing runs any more. */
  close(): void {
    delete this.#status.pid;
    this.#status.processes = {};
    const now = new Date().toISOString();
    this.#status.systems = this.#status.systems.map(({ name, title }) => ({
      name,
      title,
      state: 'waiting',
      since: now,
      message: 'The platform is down.',
    }));
    this.#write();
  }

  #write(): void {
    writeWhole(this.#path, `${JSON.stringify(this.#status, undefined, 2)}\n`);
  }
}
