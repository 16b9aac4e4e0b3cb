import { readFileSync } from 'node:fs';
import https, { Agent } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { serveClients } from './clients.ts';

/* Watches at the API server itself, as many as told: `rawWatches.ts KUBECONFIG PATH`. */
const [kubeconfig, path] = process.argv.slice(2);
const { clusters, users } = JSON.parse(readFileSync(kubeconfig, 'utf8'));
const { server, 'certificate-authority-data': ca } = clusters[0].cluster;
// One connection for each, as each client would have; the certificate is read once.
const agent = new Agent({
  ca: Buffer.from(ca, 'base64'),
  maxSockets: Infinity,
});

serveClients(
  () =>
    new Promise<IncomingMessage>((resolve, reject) => {
      https
        .get(
          new URL(path, server),
          {
            agent,
            headers: { authorization: `Bearer ${users[0].user.token}` },
          },
          resolve,
        )
        .on('error', reject);
    }),
  '\n',
);
