import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFile } from 'node:fs/promises';
import { stringify } from 'yaml';
import type { Marks } from './Marks';

/** A cluster of the configuration that cannot be read, and what its entity shows of it. */
export interface BadPlace {
  name: string;
  kubeconfig: string;
  /** What the reason of its kinds must say: it proves that this was the failure. */
  reason: RegExp;
}

/**
 * Clusters with secrets in their kubeconfigs that fail in every way: no connection,
 * refused, a broken file, a failing program, a server that repeats what it was sent.
 */
export async function badPlaces(options: {
  marks: Marks;
  server: string;
  file(name: string): string;
}): Promise<{ places: BadPlace[]; close(): void }> {
  const { marks, server, file } = options;
  const places: BadPlace[] = [];

  const place = async (
    name: string,
    content: string | { cluster: object; user: object },
    reason: RegExp,
  ) => {
    const kubeconfig = file(`kubeconfig-${name}`);
    await writeFile(
      kubeconfig,
      typeof content === 'string' ? content : kubeconfigOf(content),
    );
    places.push({ name, kubeconfig, reason });
  };
  const token = (of: string) => marks.plant(`token of cluster ${of}`);
  const insecure = { 'insecure-skip-tls-verify': true };

  await place(
    'unreachable',
    {
      cluster: {
        server: `https://ci:${marks.plant(
          'password in a server URL',
        )}@127.0.0.1:1/${marks.plant('path of a server URL')}`,
        ...insecure,
      },
      user: { token: token('unreachable') },
    },
    /ECONNREFUSED|cannot be reached/,
  );
  await place(
    'refused',
    { cluster: { server, ...insecure }, user: { token: token('refused') } },
    /401/,
  );
  await place(
    'broken',
    `users: [{name: a, user: {token: ${token('broken')}}\n  - ]: }`,
    /not valid YAML/,
  );
  await place(
    'nonsense',
    stringify({ users: token('nonsense'), clusters: [token('nonsense')] }),
    /kubeconfig/,
  );
  await place(
    'program',
    {
      cluster: { server, ...insecure },
      user: {
        exec: {
          apiVersion: 'client.authentication.k8s.io/v1',
          command: 'sh',
          args: ['-c', `echo 'token: ${token('program')}' >&2; exit 3`],
          env: [{ name: 'TOKEN', value: token('program (environment)') }],
          interactiveMode: 'Never',
        },
      },
    },
    /kubeconfig/,
  );
  await place(
    'chatty-program',
    {
      cluster: { server, ...insecure },
      user: {
        exec: {
          apiVersion: 'client.authentication.k8s.io/v1',
          command: 'echo',
          args: [token('chatty program')],
          interactiveMode: 'Never',
        },
      },
    },
    /did not print an ExecCredential/,
  );
  await place(
    'bad-key',
    {
      cluster: { server, ...insecure },
      user: {
        'client-certificate-data': Buffer.from(token('certificate')).toString(
          'base64',
        ),
        'client-key-data': Buffer.from(token('key')).toString('base64'),
      },
    },
    /./,
  );
  const echo = await echoServer();
  await place(
    'echo',
    {
      cluster: { server: echo.url, ...insecure },
      user: { token: token('echo') },
    },
    /500/,
  );
  return { places, close: echo.close };
}

function kubeconfigOf({ cluster, user }: { cluster: object; user: object }) {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'place', cluster }],
    users: [{ name: 'place', user }],
    contexts: [{ name: 'place', context: { cluster: 'place', user: 'place' } }],
    'current-context': 'place',
  });
}

/** As a badly made proxy: it answers with the whole request, the token in several ways. */
async function echoServer() {
  const server = http.createServer((request, response) => {
    const { authorization = '' } = request.headers;
    const token = authorization.replace('Bearer ', '');
    response.writeHead(500, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({
        kind: 'Status',
        message: `no session ${token} (${JSON.stringify(request.headers)})`,
        reason: `token ${token}`,
        details: { token },
      }),
    );
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
