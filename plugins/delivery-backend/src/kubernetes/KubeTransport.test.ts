import http from 'node:http';
import { AddressInfo } from 'node:net';
import { ClusterAccess, Connection } from './access/ClusterAccess';
import { HttpTransport, TransportLimits } from './KubeTransport';
import { FakeApiServer } from './__testing__/FakeApiServer';

// Real sockets on a machine that may be busy with other things.
jest.setTimeout(30_000);

const server = new FakeApiServer();
const transports: HttpTransport[] = [];

beforeAll(() => server.start());

afterEach(() => {
  transports.splice(0).forEach(transport => transport.close());
  server.token = undefined;
});

afterAll(() => server.stop());

function connect(access: ClusterAccess, limits?: TransportLimits) {
  const transport = new HttpTransport(access, limits);
  transports.push(transport);
  return transport;
}

function accessTo(url: string): ClusterAccess {
  const agent = new http.Agent({ keepAlive: true });
  return {
    connection: async () => ({ server: new URL(url), agent, headers: {} }),
    renew: () => {},
    close: () => agent.destroy(),
  };
}

/** Access whose token is replaced when it is renewed. */
function renewable(...tokens: string[]) {
  const connections = tokens.map(async token => ({
    ...(await server.access().connection()),
    headers: { Authorization: `Bearer ${token}` },
  }));
  const renewals: Connection[] = [];
  const access: ClusterAccess = {
    connection: () => connections[0],
    renew: failed => {
      renewals.push(failed);
      if (connections.length > 1) {
        connections.shift();
      }
    },
    close: () => {},
  };
  return { access, renewals };
}

it('reads many paths over few connections', async () => {
  const transport = connect(server.access());
  for (let number = 0; number < 100; number += 1) {
    await transport.get('/apis');
  }
  expect(server.openConnections).toBe(1);
});

it('does not mind that an idle connection was closed', async () => {
  const transport = connect(server.access());
  await transport.get('/apis');
  server.next('discovery', 'reset');
  expect(await transport.get('/apis')).toMatchObject({ kind: 'APIGroupList' });
  server.next('discovery', 'reset', 'reset');
  await expect(transport.get('/apis')).rejects.toMatchObject({
    failure: 'unreachable',
    message: 'connection to the API server broke',
  });
});

it('gives up an error whose words do not end', async () => {
  const endless = http.createServer((_, response) => {
    response.writeHead(403).write('{"message":"');
  });
  await new Promise<void>(resolve => {
    endless.listen(0, '127.0.0.1', resolve);
  });
  const { port } = endless.address() as AddressInfo;
  const transport = connect(accessTo(`http://127.0.0.1:${port}`), {
    answerMs: 50,
  });
  const { signal } = new AbortController();
  await expect(transport.stream('/apis', { signal })).rejects.toMatchObject({
    failure: 'unreachable',
  });
  endless.closeAllConnections();
  await new Promise(resolve => endless.close(resolve));
});

it('tries once more with renewed credentials when they are refused', async () => {
  server.token = 'new';
  const { access, renewals } = renewable('old', 'new');
  expect(await connect(access).get('/apis')).toMatchObject({
    kind: 'APIGroupList',
  });
  expect(renewals).toHaveLength(1);
});

it('does not try again when there are no other credentials', async () => {
  server.token = 'new';
  server.requests.unauthorized = 0;
  const { access } = renewable('old');
  await expect(connect(access).get('/apis')).rejects.toMatchObject({
    status: 401,
  });
  expect(server.requests.unauthorized).toBe(1);
});

it('fails when no answer comes in time, and when it does not end', async () => {
  server.next('discovery', 'hang');
  await expect(
    connect(server.access(), { answerMs: 20 }).get('/apis'),
  ).rejects.toMatchObject({ failure: 'timeout' });
  const dripping = http.createServer((_, response) => {
    const timer = setInterval(() => response.write(' '), 5);
    response.on('close', () => clearInterval(timer));
  });
  await new Promise<void>(resolve => {
    dripping.listen(0, '127.0.0.1', resolve);
  });
  const { port } = dripping.address() as AddressInfo;
  const access = accessTo(`http://127.0.0.1:${port}`);
  await expect(
    connect(access, { wholeMs: 50 }).get('/apis'),
  ).rejects.toMatchObject({
    failure: 'timeout',
    message: 'API server did not answer in full within 0.05 s',
  });
  await new Promise(resolve => dripping.close(resolve));
});

it('keeps the path of the server, and follows no redirect', async () => {
  const urls: string[] = [];
  const redirecting = http.createServer((request, response) => {
    urls.push(request.url!);
    response.writeHead(302, { location: server.url }).end();
  });
  await new Promise<void>(resolve => {
    redirecting.listen(0, '127.0.0.1', resolve);
  });
  const { port } = redirecting.address() as AddressInfo;
  const access = accessTo(`http://127.0.0.1:${port}/k8s/clusters/one/`);
  const before = server.urls.length;
  await expect(connect(access).get('/apis?a=b')).rejects.toMatchObject({
    failure: 'status',
    status: 302,
  });
  expect(urls).toEqual(['/k8s/clusters/one/apis?a=b']);
  expect(server.urls).toHaveLength(before);
  redirecting.closeAllConnections();
  await new Promise(resolve => redirecting.close(resolve));
});

it('never quotes an answer that it could not read', async () => {
  server.next('discovery', 'html');
  const failure = connect(server.access()).get('/apis?token=canary');
  await expect(failure).rejects.toMatchObject({ failure: 'protocol' });
  await expect(failure).rejects.not.toThrow(/error page|canary/);
});

it('ends when it is told to', async () => {
  server.next('discovery', 'hang');
  const abort = new AbortController();
  const failure = connect(server.access()).get('/apis', {
    signal: abort.signal,
  });
  setTimeout(() => abort.abort(), 10);
  await expect(failure).rejects.toMatchObject({ failure: 'unreachable' });
});
