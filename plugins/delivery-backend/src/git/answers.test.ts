import { GithubDescription } from './__testUtils__/githubDescription';
import {
  BRANCH,
  COMMIT,
  COMPARE,
  NEW_PULL,
  PULLS,
} from './__testUtils__/githubOperations';
import {
  readCommit,
  readComparison,
  readHead,
  readPullRequest,
} from './answers';

/* What is read of GitHub's answers, by the description of its API that it publishes itself. */
const github = new GithubDescription();

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
