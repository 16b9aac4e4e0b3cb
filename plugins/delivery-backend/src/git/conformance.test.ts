import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import {
  GithubDescription,
  type SeenRequest,
} from './__testUtils__/githubDescription';
import {
  readCommit,
  readComparison,
  readHead,
  readPullRequest,
} from './answers';
import type { GitRepository } from './GitRepository';
import { IntegrationRepositories } from './IntegrationRepositories';
import { RateLimitedError } from './RateLimitedError';

/*
 * What is asked of GitHub and what is read of its answers, by the description of its API
 * that it publishes itself.
 */
const github = new GithubDescription();

const COMMIT = 'get /repos/{owner}/{repo}/commits/{ref}';
const COMPARE = 'get /repos/{owner}/{repo}/compare/{basehead}';
const BRANCH = 'get /repos/{owner}/{repo}/branches/{branch}';
const CONTENT = 'get /repos/{owner}/{repo}/contents/{path}';
const REPOSITORY = 'get /repos/{owner}/{repo}';
const PULLS = 'get /repos/{owner}/{repo}/pulls';
const NEW_PULL = 'post /repos/{owner}/{repo}/pulls';
const WRITE = 'put /repos/{owner}/{repo}/contents/{path}';
const NEW_REF = 'post /repos/{owner}/{repo}/git/refs';
const MOVE_REF = 'patch /repos/{owner}/{repo}/git/refs/{ref}';

interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** The first example of each operation, as GitHub describes it, where a test says no other. */
function usualAnswer(id: string): Answer {
  const status = { [NEW_REF]: 201, [NEW_PULL]: 201 }[id] ?? 200;
  return {
    status,
    body: github.examples(id, status)[0][1],
  };
}

const exampleOf = (id: string, name: string) =>
  github.examples(id, 200).find(([each]) => each === name)?.[1];

describe('requests to GitHub', () => {
  let server: Server;
  let repository: GitRepository;
  let asked: Array<SeenRequest & { id: string }>;
  let problems: unknown[];
  let answers: (id: string, request: SeenRequest) => Answer | undefined;

  beforeEach(async () => {
    asked = [];
    problems = [];
    answers = () => undefined;
    server = createServer(async (incoming, response) => {
      try {
        const chunks: Buffer[] = [];
        for await (const chunk of incoming) {
          chunks.push(chunk);
        }
        const text = Buffer.concat(chunks).toString();
        const url = new URL(incoming.url ?? '', 'http://localhost');
        const request = {
          method: incoming.method ?? '',
          path: decodeURIComponent(url.pathname),
          query: Object.fromEntries(url.searchParams),
          body: text ? JSON.parse(text) : undefined,
        };
        const described = github.check(request);
        asked.push({ ...request, id: described.id });
        const answer =
          answers(described.id, request) ?? usualAnswer(described.id);
        if (!github.answersWith(described, answer.status)) {
          throw new Error(`${described.id} never answers ${answer.status}`);
        }
        response.writeHead(answer.status, {
          'content-type': 'application/json; charset=utf-8',
          ...answer.headers,
        });
        response.end(answer.body && JSON.stringify(answer.body));
      } catch (error) {
        problems.push(error);
        response.writeHead(500).end();
      }
    });
    await new Promise<void>(resolve =>
      server.listen(0, '127.0.0.1', () => resolve()),
    );
    const { port } = server.address() as AddressInfo;
    const host = `127.0.0.1:${port}`;
    const integrations = ScmIntegrations.fromConfig(
      new ConfigReader({
        integrations: {
          github: [{ host, apiBaseUrl: `http://${host}`, token: 'for-tests' }],
        },
      }),
    );
    repository = await new IntegrationRepositories(integrations).byUrl(
      `http://${host}/octocat/Hello-World`,
    );
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
    if (problems.length > 0) {
      throw problems[0];
    }
  });

  const idsAsked = () => asked.map(({ id }) => id);

  it('tells of a commit', async () => {
    const [, example] = github.examples(COMMIT, 200)[0];
    expect(await repository.commit(example.sha)).toEqual({
      sha: example.sha,
      title: 'Fix all the bugs',
      author: 'Monalisa Octocat',
      avatarUrl: example.author.avatar_url,
      committedAt: '2011-04-14T16:00:49.000Z',
      url: example.html_url,
      paths: ['file1.txt'],
    });
    expect(idsAsked()).toEqual([COMMIT]);
  });

  it.each([404, 422])('knows no commit where GitHub says %s', async status => {
    answers = () => ({
      status,
      body: { message: 'No commit found', documentation_url: 'https://docs' },
    });
    expect(await repository.commit('f'.repeat(40))).toBeUndefined();
  });

  it('compares, and takes the newest where there are many', async () => {
    const [, example] = github.examples(COMPARE, 200)[0];
    const commits = ['a', 'b'].map(letter => ({
      ...example.commits[0],
      sha: letter.repeat(40),
    }));
    answers = () => ({ status: 200, body: { ...example, commits } });
    expect(await repository.between('v1', 'v2')).toMatchObject({
      count: 1,
      commits: [{ sha: 'b'.repeat(40) }, { sha: 'a'.repeat(40) }],
    });
    answers = () => ({
      status: 200,
      body: { ...example, commits, total_commits: 250 },
    });
    asked = [];
    expect(await repository.between('v1', 'v2')).toMatchObject({ count: 250 });
    expect(asked.map(({ query }) => query.page)).toEqual([undefined, '3']);
  });

  it('lists the files of a folder', async () => {
    const file = exampleOf(CONTENT, 'response-if-content-is-a-file');
    const folder = exampleOf(CONTENT, 'response-if-content-is-a-directory');
    answers = (id, { path }) =>
      id === CONTENT
        ? { status: 200, body: path.endsWith('/deployment') ? folder : file }
        : undefined;
    const files = await repository.folder('deployment', 'main');
    expect(files).toEqual([
      {
        path: folder.find(({ type }: { type: string }) => type === 'file').path,
        content: Buffer.from(file.content, 'base64').toString(),
      },
    ]);
    expect(asked.every(({ query }) => query.ref === 'main')).toBe(true);
  });

  it('proposes a change', async () => {
    const file = exampleOf(CONTENT, 'response-if-content-is-a-file');
    answers = id => (id === CONTENT ? { status: 200, body: file } : undefined);
    const proposal = await repository.propose({
      branch: 'delivery/promote-checkout-prod-1',
      title: 'Promote',
      body: 'Asked for',
      files: [{ path: 'deployment/prod/application.yaml', content: 'a: 1\n' }],
    });
    const [, made] = github.examples(NEW_PULL, 201)[0];
    expect(proposal).toEqual({
      url: made.html_url,
      number: made.number,
      isOld: false,
    });
    expect(idsAsked()).toEqual([
      REPOSITORY,
      PULLS,
      BRANCH,
      NEW_REF,
      CONTENT,
      WRITE,
      NEW_PULL,
    ]);
    expect(asked.find(({ id }) => id === WRITE)?.body).toMatchObject({
      sha: file.sha,
      branch: 'delivery/promote-checkout-prod-1',
    });
  });

  it('moves the branch that an earlier proposal left behind', async () => {
    const file = exampleOf(CONTENT, 'response-if-content-is-a-file');
    answers = id =>
      ({
        [CONTENT]: { status: 200, body: file },
        [NEW_REF]: { status: 422, body: { message: 'Reference exists' } },
      }[id]);
    await repository.propose({
      branch: 'delivery/promote-checkout-prod-1',
      title: 'Promote',
      body: 'Asked for',
      files: [],
    });
    expect(idsAsked()).toEqual([
      REPOSITORY,
      PULLS,
      BRANCH,
      NEW_REF,
      PULLS,
      MOVE_REF,
      NEW_PULL,
    ]);
    const [, main] = github.examples(BRANCH, 200)[0];
    expect(asked.find(({ id }) => id === MOVE_REF)?.body).toEqual({
      sha: main.commit.sha,
      force: true,
    });
  });

  it('finds what was proposed before', async () => {
    const [, [open]] = github.examples(PULLS, 200)[0];
    expect(
      await repository.propose({
        branch: open.head.ref,
        base: 'main',
        title: 'Promote',
        body: 'Asked for',
        files: [],
      }),
    ).toEqual({ url: open.html_url, number: open.number, isOld: true });
    expect(idsAsked()).toEqual([PULLS]);
  });

  describe('at the same time as somebody else', () => {
    const [, [open]] = github.examples(PULLS, 200)[0];
    const path = 'deployment/prod/application.yaml';
    const propose = () =>
      repository.propose({
        branch: open.head.ref,
        base: 'main',
        title: 'Promote',
        body: 'Asked for',
        files: [{ path, content: 'a: 1\n' }],
      });
    /** GitHub refuses it, by when the others may be through. */
    const refuse = (refused: string, isThrough: boolean) => {
      const file = exampleOf(CONTENT, 'response-if-content-is-a-file');
      answers = id => {
        if (id === PULLS) {
          const isOpen = isThrough && idsAsked().includes(refused);
          return { status: 200, body: isOpen ? [open] : [] };
        }
        return id === refused
          ? { status: 422, body: { message: 'Validation Failed' } }
          : { [CONTENT]: { status: 200, body: file } }[id];
      };
    };

    it.each([
      [
        'left where its branch is made',
        NEW_REF,
        [PULLS, BRANCH, NEW_REF, PULLS],
      ],
      [
        'found when it is open',
        NEW_PULL,
        [PULLS, BRANCH, NEW_REF, CONTENT, WRITE, NEW_PULL, PULLS],
      ],
    ])('theirs is %s', async (_what, refused, expected) => {
      refuse(refused, true);
      expect(await propose()).toEqual({
        url: open.html_url,
        number: open.number,
        isOld: true,
      });
      expect(idsAsked()).toEqual(expected);
    });

    it.each([
      [WRITE, `${path} of octocat/Hello-World`],
      [NEW_PULL, `Branch ${open.head.ref} of octocat/Hello-World`],
    ])('%s is to be tried again', async (refused, what) => {
      refuse(refused, false);
      await expect(propose()).rejects.toMatchObject({
        name: 'ConflictError',
        message: `${what} was changed at the same time; try again`,
      });
    });
  });

  it('takes haste for no lack of access', async () => {
    answers = () => ({
      status: 403,
      headers: { 'retry-after': '30' },
      body: { message: 'You have exceeded a secondary rate limit' },
    });
    const refused = await repository.folder('a', 'main').catch(e => e);
    expect(refused).toBeInstanceOf(RateLimitedError);
    expect(refused.waitMs).toBe(30_000);
    expect(refused.message).toMatch(/has answered as often as it does/);
  });

  it('hears how long GitHub wants to be left alone', async () => {
    answers = () => ({
      status: 403,
      body: {
        message: 'API rate limit exceeded',
        documentation_url: 'https://docs',
      },
      headers: {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 600),
      },
    });
    const refused = await repository.folder('deployment', 'main').catch(e => e);
    expect(refused).toBeInstanceOf(RateLimitedError);
    expect(refused.waitMs).toBeGreaterThan(590_000);
    expect(refused.waitMs).toBeLessThanOrEqual(601_000);
    expect(refused.message).not.toContain('for-tests');
  });
});

describe('answers of GitHub', () => {
  const readers: Array<
    [id: string, status: number, read: (body: any) => void]
  > = [
    [COMMIT, 200, readCommit],
    ['get /repos/{owner}/{repo}/commits', 200, list => list.map(readCommit)],
    [COMPARE, 200, body => readComparison(body, 'github')],
    [BRANCH, 200, readHead],
    [PULLS, 200, list => list.map(readPullRequest)],
    ['get /repos/{owner}/{repo}/pulls/{pull_number}', 200, readPullRequest],
    [NEW_PULL, 201, readPullRequest],
  ];

  it.each(readers)('every example of %s is read', (id, status, read) => {
    const examples = github.examples(id, status);
    expect(examples.length).toBeGreaterThan(0);
    examples.forEach(([, body]) => read(body));
  });

  it.each([
    ['commit', 'sha'],
    ['commit', 'commit.message'],
    ['commit-comparison', 'total_commits'],
    ['commit-comparison', 'commits.sha'],
    ['branch-with-protection', 'commit.sha'],
    ['pull-request', 'number'],
    ['pull-request', 'html_url'],
    ['pull-request-simple', 'number'],
    ['pull-request-simple', 'html_url'],
    ['pull-request-simple', 'head.ref'],
    ['pull-request-simple', 'base.repo.id'],
    ['content-file', 'content'],
    ['content-file', 'sha'],
    ['content-directory', 'type'],
    ['content-directory', 'path'],
    ['full-repository', 'default_branch'],
  ])('%s always has %s, which is read', (schema, property) => {
    expect(github.demands(schema, property)).toBe(true);
  });

  it('would be missed otherwise', () => {
    expect(github.demands('commit', 'files')).toBe(false);
    expect(() =>
      github.check({ method: 'GET', path: '/repos/a/b/no-such', query: {} }),
    ).toThrow(/describes no/);
    expect(() =>
      github.check({
        method: 'GET',
        path: '/repos/a/b/pulls',
        query: { x: '1' },
      }),
    ).toThrow(/no query parameter "x"/);
    expect(() =>
      github.check({
        method: 'POST',
        path: '/repos/a/b/git/refs',
        query: {},
        body: { ref: 'refs/heads/a' },
      }),
    ).toThrow(/required property 'sha'/);
  });
});
