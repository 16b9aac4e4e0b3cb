import type { Access } from '../access/prepareAccess.ts';
import type { Cluster } from '../cluster/Cluster.ts';
import type { PlatformFolder } from '../folder.ts';
import type { ProcessSpec } from '../processes/supervisor.ts';
import type { PlatformState } from '../state.ts';

/** What a system gets from the platform to come up. */
export interface SystemContext {
  folder: PlatformFolder;
  state: PlatformState;
  access: Access;
  /** Ends when the platform goes down. */
  signal: AbortSignal;
  /** Says in the status what the system is doing. */
  say(message: string): void;
  /** Reports trouble that does not keep the system from running. */
  warn(message: string): void;
  /** Path of a program of the catalogue, once it is built. */
  program(name: string): Promise<string>;
  /** Folder of the source of the Go module that a program of the catalogue is made from. */
  source(program: string, dependency: string): Promise<string>;
  /** Reads manifests; there when the npm packages are installed. */
  manifests(): Promise<typeof import('../cluster/manifests.ts')>;
  /** Starts a process and waits until it is ready. */
  run(spec: ProcessSpec): Promise<void>;
  /** Ends when the API server knows the kinds of every system. */
  kinds(): Promise<void>;
  /** The cluster, once its API server answers. */
  cluster(): Promise<Cluster>;
}

/** One line of the platform's status: some processes and what they need in the cluster. */
export interface System {
  name: string;
  title: string;
  /** Programs without which it cannot start. */
  programs: string[];
  /** Systems that must be ready before it starts. */
  after: string[];
  /** Seconds from built programs to ready. */
  expectedSeconds: number;
  /** Applies definitions of kinds and settings, as soon as there is an API server, built or not. */
  prepare?(context: SystemContext): Promise<void>;
  start(context: SystemContext): Promise<void>;
}
