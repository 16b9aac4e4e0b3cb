import { join, resolve } from 'node:path';

/** Paths of everything that one local platform keeps. */
export interface PlatformFolder {
  root: string;
  /** Kubeconfig of the administrator. */
  kubeconfig: string;
  /** Kubeconfig of the plugin's read-only account. */
  readerKubeconfig: string;
  /** Kubeconfig of the plugin's operator account. */
  operatorKubeconfig: string;
  /** Configuration that Backstage loads on top of its own. */
  appConfig: string;
  status: string;
  state: string;
  /** Process id of the platform that uses the folder. */
  lock: string;
  logs: string;
  /** Data and settings of one process. */
  data(name: string): string;
}

export function platformFolder(root: string): PlatformFolder {
  const path = resolve(root);
  return {
    root: path,
    kubeconfig: join(path, 'kubeconfig'),
    readerKubeconfig: join(path, 'kubeconfig-reader'),
    operatorKubeconfig: join(path, 'kubeconfig-operator'),
    appConfig: join(path, 'app-config.yaml'),
    status: join(path, 'status.json'),
    state: join(path, 'state.json'),
    lock: join(path, 'platform.pid'),
    logs: join(path, 'logs'),
    data: name => join(path, 'data', name),
  };
}
