import { readFileSync } from 'node:fs';
import https, { Agent } from 'node:https';
import { now } from '../clock.ts';
import { serveClients, type Client } from './clients.ts';

/* Watches at the API server itself, as many as told: `rawWatches.ts KUBECONFIG PATH`. */
const [kubeconfig, path] = process.argv.slice(2);
const { clusters, users } = JSON.parse(readFileSync(kubeconfig, 'utf8'));
const { server, 'certificate-authority-data': ca } = clusters[0].cluster;
// One connection for each, as each client would have; the certificate is read once.
const agent = new Agent({
  ca: Buffer.from(ca, 'base64'),
  maxSockets: Infinity,
});

/** Follows one watch. Throws when it ends or is refused, which ends the process. */
function follow(client: Client): void {
  https.get(
    new URL(path, server),
    { agent, headers: { authorization: `Bearer ${users[0].user.token}` } },
    response => {
      if (response.statusCode !== 200) {
        throw new Error(`A watch was answered with ${response.statusCode}`);
      }
      response.on('data', (bytes: Buffer) => client.received(bytes, now()));
      response.on('close', () => {
        throw new Error('The watch of a client ended');
      });
    },
  );
}

serveClients(follow, '\n');
