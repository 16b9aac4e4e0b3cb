import { createServer } from 'node:net';
import { StepError } from '../bootstrap/step.mjs';

function isFree(port) {
  return new Promise(resolve => {
    const server = createServer()
      .once('error', () => resolve(false))
      .once('listening', () => server.close(() => resolve(true)))
      .listen(port, '127.0.0.1');
  });
}

/** Throws when something else already listens where the portal wants to. */
export async function assertFree(ports) {
  for (const port of ports) {
    if (!(await isFree(port))) {
      throw new StepError(
        `Port ${port} of this machine is in use`,
        `end what listens on ${port} (perhaps an earlier npm start) and try again`,
      );
    }
  }
}

/** A loopback port that nothing listens on. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
      .once('error', reject)
      .listen(0, '127.0.0.1', () => {
        const { port } = server.address();
        server.close(() => resolve(port));
      });
  });
}
