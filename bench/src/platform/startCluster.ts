import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { startLocalPlatform } from '@golden-path/local-platform';
import { ApiServer } from '@golden-path/local-platform/src/cluster/ApiServer.ts';

const SERVERS = ['etcd', 'kube-apiserver'];

/** An API server with every kind of the golden path, and no controller that acts. */
export interface BenchCluster {
  /** As the administrator. */
  api: ApiServer;
  /** Paths of kubeconfig files. */
  kubeconfigs: { administrator: string; reader: string };
  stop(): Promise<void>;
}

/** Starts a fresh cluster in a folder of its own. */
export async function startCluster(
  directory: string,
  say: (message: string) => void,
): Promise<BenchCluster> {
  const dir = join(directory, 'platform');
  rmSync(dir, { recursive: true, force: true });
  say('starting etcd and the API server');
  // kro makes the kind CICDPipeline; then it has nothing more to do here.
  const platform = await startLocalPlatform({ dir, only: ['golden-path'] });
  try {
    await platform.ready();
    for (const name of Object.keys(platform.pids())) {
      if (!SERVERS.includes(name)) {
        await platform.halt(name);
      }
    }
    const { administrator, reader } = platform.kubeconfigs;
    return {
      api: new ApiServer(administrator),
      kubeconfigs: { administrator, reader },
      stop: () => platform.stop(),
    };
  } catch (error) {
    await platform.stop();
    throw error;
  }
}
