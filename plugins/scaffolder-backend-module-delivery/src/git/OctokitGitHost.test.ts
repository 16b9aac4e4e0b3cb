import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { Answer, jsonServer } from '../__testUtils__/serve';
import { repositoryAddresses } from './GitHost';
import { integrationGitHosts } from './OctokitGitHost';

const server = jsonServer();

async function hostFor(provider: 'gitea' | 'github', answer: Answer) {
  const { url, seen } = await server.start(answer);
  const { host } = new URL(url);
  const integration =
    provider === 'gitea'
      ? { host, baseUrl: url, username: 'robot', password: 'very-secret' }
      : { host, apiBaseUrl: url, token: 'very-secret' };
  const hosts = integrationGitHosts(
    ScmIntegrations.fromConfig(
      new ConfigReader({ integrations: { [provider]: [integration] } }),
    ),
  );
  return { host: await hosts.get(host, 'golden-path'), hostname: host, seen };
}

const manifest = 'kind: CICDPipeline\n';
const content = Buffer.from(manifest).toString('base64');

const api =
  (prefix: string): Answer =>
  ({ path }) => {
    switch (path.slice(prefix.length)) {
      case '/orgs/golden-path':
      case '/users/golden-path':
        return { status: 200, body: { login: 'golden-path' } };
      case '/repos/golden-path/shop':
        return { status: 200, body: { name: 'shop' } };
      case '/repos/golden-path/shop/commits':
        return { status: 200, body: [{ sha: 'a' }] };
      case '/repos/golden-path/shop/contents/pipeline/cicdpipeline.yaml':
        return { status: 200, body: { type: 'file', content } };
      case '/repos/golden-path/empty':
        return { status: 200, body: { name: 'empty' } };
      case '/repos/golden-path/empty/commits':
        return { status: 409, body: { message: 'Git Repository is empty.' } };
      default:
        return { status: 404, body: { message: 'Not Found' } };
    }
  };

describe.each([
  { provider: 'gitea' as const, prefix: '/api/v1', auth: /^basic /i },
  {
    provider: 'github' as const,
    prefix: '',
    auth: /^(token|bearer) very-secret$/,
  },
])('a host of $provider', ({ provider, prefix, auth }) => {
  it('shows repositories as they are', async () => {
    const { host, seen } = await hostFor(provider, api(prefix));

    await host.checkOwner();
    expect(await host.repository('shop')).toEqual({
      commits: 1,
      pipelineManifest: manifest,
    });
    expect(await host.repository('empty')).toEqual({ commits: 0 });
    expect(await host.repository('absent')).toBeUndefined();

    for (const request of seen) {
      expect(request.method).toBe('GET');
      expect(request.headers.authorization).toMatch(auth);
    }
  });

  it.each([
    [404, 'InputError', /gitOwner "golden-path" is not an organisation/],
    [401, 'AuthenticationError', /refuses the credentials of integrations/],
    [403, 'NotAllowedError', /forbids the account/],
    [502, 'ServiceUnavailableError', /does not answer \(HTTP 502\)/],
  ])('explains an answer %d', async (status, name, message) => {
    const { host } = await hostFor(provider, () => ({ status }));
    const error = await host.checkOwner().catch(thrown => thrown);
    expect(error).toMatchObject({
      name,
      message: expect.stringMatching(message),
    });
    expect(error.message).not.toContain('very-secret');
  });

  it('explains silence', async () => {
    const { host, hostname } = await hostFor(provider, () => undefined);
    await expect(host.checkOwner()).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining(
        `${hostname} does not answer (other side closed)`,
      ),
    });
  });
});

it('explains a host without an integration', async () => {
  const hosts = integrationGitHosts(
    ScmIntegrations.fromConfig(new ConfigReader({})),
  );
  await expect(hosts.get('git.example.com', 'golden-path')).rejects.toThrow(
    /gitHost "git\.example\.com" is in neither integrations\.gitea nor integrations\.github/,
  );
});

it('makes the addresses of a repository', () => {
  expect(
    repositoryAddresses(
      {
        provider: 'gitea',
        protocol: 'http',
        hostname: '127.0.0.1:3000',
        owner: 'golden-path',
      },
      'shop',
    ),
  ).toEqual({
    repoUrl: '127.0.0.1:3000?owner=golden-path&repo=shop',
    pageUrl: 'http://127.0.0.1:3000/golden-path/shop',
    cloneUrl: 'http://127.0.0.1:3000/golden-path/shop.git',
    catalogInfoUrl:
      'http://127.0.0.1:3000/golden-path/shop/src/branch/main/catalog-info.yaml',
    sourceLocation: 'http://127.0.0.1:3000/golden-path/shop/src/branch/main/',
  });
});
