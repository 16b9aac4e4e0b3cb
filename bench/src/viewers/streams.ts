import http, { type IncomingMessage } from 'node:http';
import { serveClients } from './clients.ts';

/* Clients of the delivery plugin's event stream, as many as told: `streams.ts URL TOKEN`. */
const [url, token] = process.argv.slice(2);

serveClients(
  () =>
    new Promise<IncomingMessage>((resolve, reject) => {
      http
        .get(
          url,
          { agent: false, headers: { authorization: `Bearer ${token}` } },
          resolve,
        )
        .on('error', reject);
    }),
  '\n\n',
);
