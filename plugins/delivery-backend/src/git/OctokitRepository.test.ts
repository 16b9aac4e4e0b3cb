import { FakeGitHub } from './__testUtils__/FakeGitHub';
import { GithubDescription } from './__testUtils__/githubDescription';
import { COMMIT, COMPARE, CONTENT } from './__testUtils__/githubOperations';
import type { GitRepository } from './GitRepository';
import { RateLimitedError } from './RateLimitedError';

const github = new GithubDescription();

describe('a repository on GitHub', () => {
  let server: FakeGitHub;
  let repository: GitRepository;

  beforeEach(async () => {
    server = new FakeGitHub(github);
    repository = await server.start();
  });

  afterEach(() => server.stop());

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
    expect(server.idsAsked).toEqual([COMMIT]);
  });

  it.each([404, 422])('knows no commit where GitHub says %s', async status => {
    server.answers = () => ({
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
    server.answers = () => ({ status: 200, body: { ...example, commits } });
    expect(await repository.between('v1', 'v2')).toMatchObject({
      count: 1,
      commits: [{ sha: 'b'.repeat(40) }, { sha: 'a'.repeat(40) }],
    });
    server.answers = () => ({
      status: 200,
      body: { ...example, commits, total_commits: 250 },
    });
    server.asked.length = 0;
    expect(await repository.between('v1', 'v2')).toMatchObject({ count: 250 });
    expect(server.asked.map(({ query }) => query.page)).toEqual([
      undefined,
      '3',
    ]);
  });

  it('lists the files of a folder', async () => {
    const file = github.example(CONTENT, 200, 'response-if-content-is-a-file');
    const folder = github.example(
      CONTENT,
      200,
      'response-if-content-is-a-directory',
    );
    server.answers = (id, { path }) =>
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
    expect(server.asked.every(({ query }) => query.ref === 'main')).toBe(true);
  });

  it('takes haste for no lack of access', async () => {
    server.answers = () => ({
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
    server.answers = () => ({
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
