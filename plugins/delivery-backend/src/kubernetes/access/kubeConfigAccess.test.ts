import { createMockDirectory } from '@backstage/backend-test-utils';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import { stringify } from 'yaml';
import { ManualClock } from '../__testing__/clocks';
import { KubeConfigAccess } from './kubeConfigAccess';

const folder = createMockDirectory();
const file = folder.resolve('kubeconfig');
const clock = new ManualClock();

// The library is large: its first import is no part of a test.
beforeAll(() => import('@kubernetes/client-node'), 60_000);

beforeEach(() => folder.clear());

const kubeconfig = (user: object, cluster: object = {}) =>
  stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      { name: 'c', cluster: { server: 'https://127.0.0.1:6443', ...cluster } },
      { name: 'd', cluster: { server: 'https://127.0.0.1:7443/k8s/d/' } },
    ],
    users: [
      { name: 'u', user },
      { name: 'other', user: { token: 'other' } },
    ],
    contexts: [
      { name: 'first', context: { cluster: 'c', user: 'u' } },
      { name: 'second', context: { cluster: 'd', user: 'other' } },
    ],
    'current-context': 'first',
  });

const write = (user: object, cluster?: object) =>
  folder.addContent({ kubeconfig: kubeconfig(user, cluster) });

/** An exec plugin that counts how often it runs and prints what it is told to. */
function execPlugin(output: string) {
  const count = folder.resolve('count');
  const script = `printf x >> ${count}; printf '%s' '${output}'`;
  return { exec: { command: 'sh', args: ['-c', script] } };
}

const runs = () => readFileSync(folder.resolve('count'), 'utf8').length;

const credential = (status: object) =>
  JSON.stringify({
    apiVersion: 'client.authentication.k8s.io/v1',
    kind: 'ExecCredential',
    status,
  });

describe('a kubeconfig file', () => {
  it('is read at the first request, and may appear later', async () => {
    const access = new KubeConfigAccess({ file }, clock);
    await expect(access.connection()).rejects.toMatchObject({
      failure: 'credentials',
      message: `kubeconfig ${file} does not exist (yet)`,
    });
    write({ token: 'one' });
    const { server, headers, agent } = await access.connection();
    expect(server.href).toBe('https://127.0.0.1:6443/');
    expect(headers).toEqual({ Authorization: 'Bearer one' });
    expect(agent).toBeInstanceOf(https.Agent);
    access.close();
  });

  it('is read again when it changes', async () => {
    write({ token: 'one' });
    const access = new KubeConfigAccess({ file }, clock);
    const first = await access.connection();
    expect(await access.connection()).toBe(first);
    write({ token: 'number-two' });
    const second = await access.connection();
    expect(second.headers.Authorization).toBe('Bearer number-two');
    // The same TLS, so the same connections.
    expect(second.agent).toBe(first.agent);
  });

  it('gives the context that was chosen', async () => {
    write({ token: 'one' });
    const access = new KubeConfigAccess({ file, context: 'second' }, clock);
    const { server, headers } = await access.connection();
    expect(server.href).toBe('https://127.0.0.1:7443/k8s/d');
    expect(headers.Authorization).toBe('Bearer other');
  });

  it.each<[string, string, string]>([
    ['is empty', '\n', 'it is empty'],
    ['is not YAML', 'token: "canary\n: [', 'is not valid YAML'],
    ['is a list', '- canary', 'is not a kubeconfig'],
    ['is a number', '7', 'is not a kubeconfig'],
    ['has no context', 'users: []', 'it has no current context'],
    [
      'has no such context',
      kubeconfig({ token: 'canary' }).replace(/: first\n$/, ': third\n'),
      'it has no context "third" with a cluster; contexts: first, second',
    ],
    [
      'has no server',
      kubeconfig({ token: 'canary' }).replace(/server: .*/, 'canary: x'),
      'clusters[0].cluster.server is missing',
    ],
    [
      'has a server that is no URL',
      kubeconfig({ token: 'canary' }).replace(/server: .*/, 'server: nowhere'),
      'its server is not a URL',
    ],
  ])('that %s fails the request with a reason', async (_, text, reason) => {
    folder.addContent({ kubeconfig: text });
    const failure = new KubeConfigAccess({ file }, clock).connection();
    await expect(failure).rejects.toMatchObject({
      failure: 'credentials',
      message: expect.stringContaining(reason),
    });
    await expect(failure).rejects.not.toThrow(/canary/);
  });

  it('that names a missing file says which', async () => {
    write({ 'client-certificate': 'gone.pem', 'client-key': 'gone.key' });
    await expect(
      new KubeConfigAccess({ file }, clock).connection(),
    ).rejects.toThrow(
      `kubeconfig ${file}: ${folder.resolve('gone.pem')} does not exist`,
    );
  });
});

describe('credentials', () => {
  it('from a token file are read again after a minute, or when they are refused', async () => {
    write({ tokenFile: 'token', token: 'less' });
    folder.addContent({ token: 'one\n' });
    const access = new KubeConfigAccess({ file }, clock);
    const first = await access.connection();
    expect(first.headers.Authorization).toBe('Bearer one');
    folder.addContent({ token: 'two\n' });
    expect(await access.connection()).toBe(first);
    clock.advance(6_000);
    access.renew(first, true);
    const second = await access.connection();
    expect(second.headers.Authorization).toBe('Bearer two');
    // A late failure of the first says nothing about the second.
    clock.advance(6_000);
    access.renew(first, true);
    expect(await access.connection()).toBe(second);
    folder.addContent({ token: 'three\n' });
    clock.advance(60_000);
    access.renew(second, true);
    expect((await access.connection()).headers.Authorization).toBe(
      'Bearer three',
    );
  });

  it('from an exec plugin cost one process, however many ask', async () => {
    write(execPlugin(credential({ token: 'from-exec' })));
    const access = new KubeConfigAccess({ file }, clock);
    const [first, ...others] = await Promise.all(
      Array.from({ length: 20 }, () => access.connection()),
    );
    expect(first.headers.Authorization).toBe('Bearer from-exec');
    expect(new Set(others)).toEqual(new Set([first]));
    // Refused at once: running it again would bring the same.
    access.renew(first, true);
    await access.connection();
    expect(runs()).toBe(1);
    clock.advance(6_000);
    access.renew(first, true);
    await access.connection();
    expect(runs()).toBe(2);
  });

  it('from an exec plugin that fails are missing with its first words', async () => {
    write({
      exec: {
        command: 'sh',
        args: ['-c', 'echo "please log in" >&2; echo more >&2; exit 1'],
      },
    });
    await expect(
      new KubeConfigAccess({ file }, clock).connection(),
    ).rejects.toThrow(`kubeconfig ${file}: please log in`);
    write({ exec: { command: 'no-such-program' } });
    await expect(
      new KubeConfigAccess({ file }, clock).connection(),
    ).rejects.toThrow(/no-such-program/);
    write(execPlugin('token=canary'));
    const failure = new KubeConfigAccess({ file }, clock).connection();
    await expect(failure).rejects.toThrow(
      `kubeconfig ${file}: the exec plugin did not print an ExecCredential`,
    );
    await expect(failure).rejects.not.toThrow(/canary/);
  });

  it('as client certificates change the agent, and leave open connections alone', async () => {
    write({ 'client-certificate': 'tls.crt', 'client-key': 'tls.key' });
    folder.addContent({ 'tls.crt': 'certificate 1', 'tls.key': 'key 1' });
    const access = new KubeConfigAccess({ file }, clock);
    const first = await access.connection();
    expect((first.agent as https.Agent).options).toMatchObject({
      cert: Buffer.from('certificate 1'),
      key: Buffer.from('key 1'),
    });
    const destroyed = jest.spyOn(first.agent, 'destroy');
    folder.addContent({ 'tls.crt': 'certificate 2', 'tls.key': 'key 2' });
    clock.advance(61_000);
    const second = await access.connection();
    expect(second.agent).not.toBe(first.agent);
    expect((second.agent as https.Agent).options).toMatchObject({
      cert: Buffer.from('certificate 2'),
    });
    expect(destroyed).not.toHaveBeenCalled();
  });

  it('may be given as values', async () => {
    const access = new KubeConfigAccess({
      server: 'https://127.0.0.1:6443',
      skipTLSVerify: true,
      token: 'given',
    });
    const { headers, agent } = await access.connection();
    expect(headers.Authorization).toBe('Bearer given');
    expect((agent as https.Agent).options.rejectUnauthorized).toBe(false);
  });

  it.each<[string, Error, string]>([
    [
      'with a reason',
      new Error('Could not load credentials from any providers'),
      'cluster credentials: Could not load credentials from any providers',
    ],
    [
      'without what was answered',
      new SyntaxError('Unexpected token in "canary"'),
      'cluster credentials: what issues them did not answer in JSON',
    ],
  ])('that cannot be issued are missing %s', async (_, error, message) => {
    const tokens = jest.fn().mockRejectedValue(error);
    const access = new KubeConfigAccess({
      server: 'https://127.0.0.1:6443',
      tokens,
    });
    await expect(access.connection()).rejects.toMatchObject({
      failure: 'credentials',
      message,
    });
    tokens.mockResolvedValue({ token: 'issued', lifetimeMs: 60_000 });
    const { headers } = await access.connection();
    expect(headers.Authorization).toBe('Bearer issued');
  });

  it('of a pod are missing outside of one', async () => {
    await expect(
      new KubeConfigAccess({
        inCluster: true,
        root: folder.path,
      }).connection(),
    ).rejects.toMatchObject({
      failure: 'credentials',
      message: `the pod's own account: ${folder.resolve(
        'var/run/secrets/kubernetes.io/serviceaccount/ca.crt',
      )} does not exist`,
    });
  });
});
