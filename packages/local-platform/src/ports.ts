import { createServer, type Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** Every port that the platform listens on, all on 127.0.0.1. */
export const PORT_NAMES = [
  'etcd',
  'etcdPeer',
  'apiServer',
  'controllerManager',
  'scheduler',
  'kubelet',
  'kroHealth',
  'redis',
  'repoServer',
  'repoServerMetrics',
  'applicationController',
  'argoCdWebhooks',
  'eventsController',
  'kubevelaHealth',
  'kubevelaMetrics',
  'gitea',
  'webhooks',
] as const;

export type PortName = (typeof PORT_NAMES)[number];
export type Ports = Record<PortName, number>;

const HOST = '127.0.0.1';

function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, HOST, () => resolve(server));
  });
}

function close(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve());
  });
}

async function isFree(port: number): Promise<boolean> {
  try {
    await close(await listen(port));
    return true;
  } catch {
    return false;
  }
}

async function becomesFree(port: number, deadline: number): Promise<boolean> {
  while (!(await isFree(port))) {
    if (Date.now() >= deadline) {
      return false;
    }
    await delay(100);
  }
  return true;
}

/**
 * Keeps the ports that are known and free, and finds new ones for the rest.
 *
 * @param known - ports of an earlier start; addresses stay the same when they can
 * @param patienceMs - how long to wait for known ports that are taken
 */
export async function choosePorts(
  known: Partial<Ports>,
  patienceMs = 0,
): Promise<Ports> {
  const deadline = Date.now() + patienceMs;
  const chosen: Partial<Ports> = {};
  const held: Server[] = [];
  try {
    for (const name of PORT_NAMES) {
      const before = known[name];
      if (before !== undefined && (await becomesFree(before, deadline))) {
        chosen[name] = before;
        continue;
      }
      // Held until all are chosen, so that no two names get the same port.
      const server = await listen(0);
      held.push(server);
      const address = server.address();
      if (address === null || typeof address === 'string') {
        throw new Error('The system gave no port on 127.0.0.1');
      }
      chosen[name] = address.port;
    }
  } finally {
    await Promise.all(held.map(close));
  }
  return chosen as Ports;
}
