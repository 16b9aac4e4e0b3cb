import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import type { GitRepository } from './GitRepository';
import { IntegrationRepositories } from './IntegrationRepositories';

/*
 * What Gitea does otherwise than GitHub when something is proposed; the platform tests
 * ask a real one.
 */
describe('a proposal to Gitea', () => {
  const branch = 'delivery/promote-checkout-prod-1';
  const pull = (number: number, ref: string, repository = 1) => ({
    number,
    html_url: `https://git.example/pulls/${number}`,
    head: { ref, repo: { id: repository } },
    base: { ref: 'main', repo: { id: 1 } },
  });
  const ours = {
    number: 3,
    url: 'https://git.example/pulls/3',
    isOld: true,
  };

  let server: Server;
  let repository: GitRepository;
  let asked: string[];
  /** Open pull requests, by page: it decides how many are on one, and filters none. */
  let pages: () => object[][];
  /** Statuses of what is asked otherwise; 201 unless told. */
  let statuses: Record<string, number>;

  beforeEach(async () => {
    asked = [];
    pages = () => [];
    statuses = {};
    server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(
        request.url ?? '',
        'http://localhost',
      );
      const what = `${request.method} ${pathname.split('/')[6]}`;
      asked.push(what);
      const isList = what === 'GET pulls';
      const page = pages()[Number(searchParams.get('page') ?? 1) - 1] ?? [];
      response.writeHead(isList ? 200 : statuses[what] ?? 201, {
        'content-type': 'application/json',
      });
      response.end(JSON.stringify(isList ? page : { number: 9 }));
    });
    await new Promise<void>(resolve =>
      server.listen(0, '127.0.0.1', () => resolve()),
    );
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const gitea = [
      { host, baseUrl: `http://${host}`, username: 'a', password: 'b' },
    ];
    repository = await new IntegrationRepositories(
      ScmIntegrations.fromConfig(new ConfigReader({ integrations: { gitea } })),
    ).byUrl(`http://${host}/golden-path/checkout`);
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });

  const propose = () =>
    repository.propose({
      branch,
      base: 'main',
      title: 'Promote',
      body: 'Asked for',
      files: [],
    });

  it('is found on whatever page, and is not that of a fork', async () => {
    pages = () => [
      [pull(5, 'renovate/a'), pull(4, branch, 2)],
      [pull(3, branch), pull(2, 'renovate/b')],
    ];
    expect(await propose()).toEqual(ours);
    expect(asked).toEqual(['GET pulls', 'GET pulls']);
  });

  it.each(['POST branches', 'POST pulls'])(
    'is theirs who made it before "%s"',
    async refused => {
      statuses = { [refused]: 409 };
      pages = () => (asked.includes(refused) ? [[pull(3, branch)]] : []);
      expect(await propose()).toEqual(ours);
      expect(asked.slice(asked.indexOf(refused))).toEqual([
        refused,
        'GET pulls',
      ]);
    },
  );

  it('is put off where it has answered enough', async () => {
    statuses = { 'POST branches': 429 };
    await expect(propose()).rejects.toThrow(/has answered as often as it does/);
  });
});
