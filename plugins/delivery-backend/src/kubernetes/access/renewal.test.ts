import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { readFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { createClusterWatch } from '../createClusterWatch';
import { HttpTransport } from '../KubeTransport';
import { ClusterWatch, KindRef } from '../types';
import { CertificateAuthority } from './__testUtils__/certificates';
import { fastClock } from '../__testing__/clocks';
import { FakeApiServer } from '../__testing__/FakeApiServer';
import { FakeResource } from '../__testing__/FakeResource';
import { deployments } from '../__testing__/kinds';
import { until } from '../__testing__/until';
import { ClusterSource } from './kubeConfig';
import { KubeConfigAccess } from './kubeConfigAccess';

// Real sockets on a machine that may be busy with other things.
jest.setTimeout(60_000);

const deployment: KindRef = { group: 'apps', kind: 'Deployment' };
const authority = new CertificateAuthority();
const folder = createMockDirectory();
const environment = { ...process.env };

let server: FakeApiServer;
let apps: FakeResource;
let watch: ClusterWatch | undefined;

// The library is large: its first import is no part of a test.
beforeAll(() => import('@kubernetes/client-node'), 60_000);

beforeEach(async () => {
  folder.clear();
  server = new FakeApiServer({ ca: authority.cert, ...authority.server() });
  apps = server.serve(deployments);
  await server.start();
});

afterEach(async () => {
  await watch?.stop();
  await server.stop();
  process.env = { ...environment };
});

function kubeconfig(user: object): ClusterSource {
  const cluster = {
    server: server.url,
    'certificate-authority-data': Buffer.from(authority.cert).toString(
      'base64',
    ),
  };
  folder.addContent({
    kubeconfig: stringify({
      clusters: [{ name: 'c', cluster }],
      users: [{ name: 'u', user }],
      contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
      'current-context': 'x',
    }),
  });
  return { file: folder.resolve('kubeconfig') };
}

/** Lets nobody in but the bearer of this token. */
function onlyToken(token: string, writeTo?: string): void {
  server.token = token;
  if (writeTo) {
    folder.addContent({ [writeTo]: `${token}\n` });
  }
}

/** Lets nobody in but whoever has this certificate. */
function onlyClient(name: string): void {
  const { cert, key } = authority.client(name);
  server.client = name;
  folder.addContent({ 'tls.crt': cert, 'tls.key': key });
}

const POD = 'pod/var/run/secrets/kubernetes.io/serviceaccount';

const accounts: Array<[string, () => ClusterSource, (name: string) => void]> = [
  [
    'a client certificate that is replaced on disk',
    () =>
      kubeconfig({ 'client-certificate': 'tls.crt', 'client-key': 'tls.key' }),
    onlyClient,
  ],
  [
    'a token file that is rotated',
    () => kubeconfig({ tokenFile: 'token' }),
    token => onlyToken(token, 'token'),
  ],
  [
    'a token in a kubeconfig that is replaced',
    () => kubeconfig({ token: server.token }),
    token => {
      onlyToken(token);
      kubeconfig({ token });
    },
  ],
  [
    "a pod's token that is rotated",
    () => {
      const { hostname, port } = new URL(server.url);
      process.env.KUBERNETES_SERVICE_HOST = hostname;
      process.env.KUBERNETES_SERVICE_PORT = port;
      folder.addContent({ [`${POD}/ca.crt`]: authority.cert });
      return { inCluster: true, root: folder.resolve('pod') };
    },
    token => onlyToken(token, `${POD}/token`),
  ],
  [
    'the token of an exec plugin',
    () =>
      kubeconfig({
        exec: {
          apiVersion: 'client.authentication.k8s.io/v1',
          command: 'sh',
          args: ['-c', `cat ${folder.resolve('credential')}`],
        },
      }),
    token => {
      onlyToken(token);
      folder.addContent({
        credential: JSON.stringify({
          kind: 'ExecCredential',
          // Long after the server has ended it: only the refusal tells.
          status: { token, expirationTimestamp: '2999-01-01T00:00:00Z' },
        }),
      });
    },
  ],
  [
    'issued tokens that the server ends early',
    () => ({
      server: server.url,
      caData: Buffer.from(authority.cert).toString('base64'),
      tokens: async () => ({ token: server.token!, lifetimeMs: 3_600_000 }),
    }),
    onlyToken,
  ],
];

it.each(accounts)(
  '%s: the watch goes on where it was',
  async (_, source, renew) => {
    renew('one');
    const clock = fastClock(20);
    const local = createClusterWatch({
      name: 'local',
      transport: new HttpTransport(new KubeConfigAccess(source(), clock)),
      logger: mockServices.logger.mock(),
      clock,
    });
    watch = local;
    local.acquire([deployment]);
    local.start();
    await until('live', () => local.kindStates()[0].state === 'live');

    for (const name of ['two', 'three']) {
      apps.put({ name: `before-${name}` });
      await until(
        'seen',
        () => !!local.objects.get(deployment, `before-${name}`),
      );
      renew(name);
      // An open watch is not asked again who it is.
      server.breakConnections();
      apps.put({ name });
      await until('seen', () => !!local.objects.get(deployment, name));
      await until('live', () => local.kindStates()[0].state === 'live');
    }
    expect(local.statistics()[0]).toMatchObject({ lists: 1, objects: 4 });
  },
);

it('an exec plugin is run again when its token has expired, before it is refused', async () => {
  const runs = () => readFileSync(folder.resolve('runs'), 'utf8').length;
  const expires = (ms: number) => {
    const expirationTimestamp = new Date(Date.now() + ms).toISOString();
    folder.addContent({
      credential: JSON.stringify({
        kind: 'ExecCredential',
        status: { token: 'one', expirationTimestamp },
      }),
    });
  };
  expires(600_000);
  const script = `printf x >> ${folder.resolve('runs')}; cat ${folder.resolve(
    'credential',
  )}`;
  const source = kubeconfig({ exec: { command: 'sh', args: ['-c', script] } });
  const clock = fastClock(1_000);
  const access = new KubeConfigAccess(source, clock);
  await access.connection();
  const past = async () => {
    const loadedAt = clock.monotonic();
    await until('a minute', () => clock.monotonic() - loadedAt > 61_000);
    return access.connection();
  };
  await past();
  expect(runs()).toBe(1);

  jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 601_000);
  try {
    await Promise.all([past(), past(), past()]);
  } finally {
    jest.restoreAllMocks();
  }
  expect(runs()).toBe(2);
  access.close();
});
