import { platformFolder } from './folder.ts';
import { Platform } from './Platform.ts';
import type { SystemStatus } from './status.ts';

export interface LocalPlatformOptions {
  /** Folder for everything the platform keeps. Made when missing; what an earlier platform left there is used. */
  dir: string;
  /**
   * Names of the systems to run, as `status` shows them; those that they need run too, and of the others only the kinds
   * are installed. Default: all.
   */
  only?: readonly string[];
  /** Called at each change of a system's status. */
  onStatus?: (system: SystemStatus) => void;
  onWarning?: (message: string) => void;
}

/** A platform that runs until it is stopped. */
export interface LocalPlatform {
  /** Paths of kubeconfig files, one per account. Valid from the beginning; the API server may come later. */
  kubeconfigs: { administrator: string; reader: string; operator: string };
  /** Path of the configuration that Backstage loads on top of its own. */
  appConfig: string;
  /** Git server and the account that owns the repositories. */
  git: { url: string; username: string; password: string };
  systems(): readonly SystemStatus[];
  /** Process ids by process name. */
  pids(): Record<string, number>;
  /**
   * Waits for one system, or for all.
   *
   * @throws when it cannot come up, with the reason
   */
  ready(system?: string): Promise<void>;
  /** Waits until each system is ready or has failed. */
  settled(): Promise<void>;
  /** Ends one process, by its name in `pids()`, and does not restart it. */
  halt(process: string): Promise<void>;
  /** Ends every process. */
  stop(): Promise<void>;
}

/**
 * Starts a local platform. Returns as soon as its files are written; programs are built and systems started meanwhile.
 *
 * @throws when a platform runs in the folder already
 */
export async function startLocalPlatform(
  options: LocalPlatformOptions,
): Promise<LocalPlatform> {
  const folder = platformFolder(options.dir);
  const platform = await Platform.start({ ...options, folder });
  return {
    kubeconfigs: {
      administrator: folder.kubeconfig,
      reader: folder.readerKubeconfig,
      operator: folder.operatorKubeconfig,
    },
    appConfig: folder.appConfig,
    git: {
      url: `http://127.0.0.1:${platform.state.ports.gitea}`,
      ...platform.state.git,
    },
    systems: () => platform.systems,
    pids: () => platform.pids,
    ready: system => platform.ready(system),
    settled: () => platform.settled(),
    halt: process => platform.halt(process),
    stop: () => platform.stop(),
  };
}
