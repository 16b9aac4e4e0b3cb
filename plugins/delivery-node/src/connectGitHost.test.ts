import { generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { connectGitHost } from './connectGitHost';

const IN_AN_HOUR = new Date(Date.now() + 3_600_000).toISOString();
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
});

describe('a host where the portal is an app of GitHub', () => {
  let server: Server;
  let asked: string[];

  beforeEach(async () => {
    asked = [];
    server = createServer(({ method, url }, response) => {
      asked.push(`${method} ${url?.split('?')[0]}`);
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(answerTo(url ?? '')));
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  });

  afterEach(() => new Promise(resolve => server.close(resolve)));

  function answerTo(url: string): unknown {
    if (url.endsWith('/access_tokens')) {
      return {
        token: `token-of-${url.split('/')[3]}`,
        expires_at: IN_AN_HOUR,
        repository_selection: 'all',
      };
    }
    return url.startsWith('/app/installations')
      ? ['team', 'other'].map((login, index) => ({
          id: index + 1,
          account: { login },
        }))
      : {};
  }

  const integrations = () => {
    const { port } = server.address() as AddressInfo;
    return ScmIntegrations.fromConfig(
      new ConfigReader({
        integrations: {
          github: [
            {
              host: 'github.example',
              apiBaseUrl: `http://127.0.0.1:${port}`,
              apps: [
                {
                  appId: 7,
                  privateKey,
                  clientId: 'client',
                  clientSecret: 'unused',
                  webhookSecret: 'unused',
                },
              ],
            },
          ],
        },
      }),
    );
  };
  const tokens = () => asked.filter(each => each.endsWith('/access_tokens'));

  it('makes one token for each owner, however often it is connected to', async () => {
    const portal = integrations();
    for (const owner of ['team', 'team', 'other', 'team', 'other']) {
      const connection = await connectGitHost(portal, {
        host: 'github.example',
        owner,
      });
      expect(connection?.provider).toBe('github');
    }
    expect(tokens()).toEqual([
      'POST /app/installations/1/access_tokens',
      'POST /app/installations/2/access_tokens',
    ]);
  });

  it('shares no token between integrations', async () => {
    const target = { host: 'github.example', owner: 'team' };
    await connectGitHost(integrations(), target);
    await connectGitHost(integrations(), target);
    expect(tokens()).toHaveLength(2);
  });
});
