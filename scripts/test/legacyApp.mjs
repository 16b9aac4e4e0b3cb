import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { buildApp } from '../portal/buildApp.mjs';

const TYPES = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
const CONFIG = /(<script type="backstage.io\/config">)[^]*?(<\/script>)/;

/**
 * Serves the portal on the old frontend system, with the backend of another one.
 *
 * @param portal.url - of the portal whose backend it uses
 * @param portal.log - file for what the build prints
 * @returns its address, and how to end it
 */
export async function startLegacyApp({ url, log }) {
  const dist = await buildApp(log, 'app-legacy');
  const server = createServer((incoming, outgoing) => {
    const path = normalize(new URL(incoming.url, 'http://localhost').pathname);
    const file = join(dist, path);
    if (path.startsWith('/api/')) {
      forward(incoming, outgoing, url);
    } else if (path.startsWith('/static/') && existsSync(file)) {
      outgoing.setHeader('content-type', TYPES[extname(file)] ?? 'text/plain');
      createReadStream(file).pipe(outgoing);
    } else {
      outgoing.setHeader('content-type', 'text/html');
      outgoing.end(page);
    }
  });
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  const own = `http://localhost:${server.address().port}`;
  const page = withConfig(readFileSync(join(dist, 'index.html'), 'utf8'), own);
  return {
    url: own,
    stop: () =>
      new Promise(done => {
        server.close(done);
        server.closeAllConnections();
      }),
  };
}

/** What was true where it was built is replaced, as app-backend does. */
function withConfig(html, url) {
  const data = {
    app: { title: 'Golden path', baseUrl: url },
    backend: { baseUrl: url },
    auth: { environment: 'development' },
    permission: { enabled: true },
  };
  const config = JSON.stringify([{ context: 'legacyApp', data }]);
  if (!CONFIG.test(html)) {
    throw new Error('the page that was built has no configuration to replace');
  }
  return html.replace(CONFIG, (_, open, close) => open + config + close);
}

function forward(incoming, outgoing, url) {
  const { method, headers } = incoming;
  const call = request(new URL(incoming.url, url), { method, headers });
  call.on('response', answer => {
    outgoing.writeHead(answer.statusCode, answer.headers);
    answer.pipe(outgoing);
  });
  call.on('error', () => outgoing.destroy());
  outgoing.on('close', () => call.destroy());
  incoming.pipe(call);
}
