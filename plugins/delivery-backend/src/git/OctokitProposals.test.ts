import { FakeGitHub } from './__testUtils__/FakeGitHub';
import { GithubDescription } from './__testUtils__/githubDescription';
import {
  BRANCH,
  CONTENT,
  MOVE_REF,
  NEW_PULL,
  NEW_REF,
  PULLS,
  REPOSITORY,
  WRITE,
} from './__testUtils__/githubOperations';
import type { GitRepository } from './GitRepository';

const github = new GithubDescription();

describe('proposals on GitHub', () => {
  let server: FakeGitHub;
  let repository: GitRepository;

  beforeEach(async () => {
    server = new FakeGitHub(github);
    repository = await server.start();
  });

  afterEach(() => server.stop());

  it('proposes a change', async () => {
    const file = github.example(CONTENT, 200, 'response-if-content-is-a-file');
    server.answers = id =>
      id === CONTENT ? { status: 200, body: file } : undefined;
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
    expect(server.idsAsked).toEqual([
      REPOSITORY,
      PULLS,
      BRANCH,
      NEW_REF,
      CONTENT,
      WRITE,
      NEW_PULL,
    ]);
    expect(server.asked.find(({ id }) => id === WRITE)?.body).toMatchObject({
      sha: file.sha,
      branch: 'delivery/promote-checkout-prod-1',
    });
  });

  it('moves the branch that an earlier proposal left behind', async () => {
    const file = github.example(CONTENT, 200, 'response-if-content-is-a-file');
    server.answers = id =>
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
    expect(server.idsAsked).toEqual([
      REPOSITORY,
      PULLS,
      BRANCH,
      NEW_REF,
      PULLS,
      MOVE_REF,
      NEW_PULL,
    ]);
    const [, main] = github.examples(BRANCH, 200)[0];
    expect(server.asked.find(({ id }) => id === MOVE_REF)?.body).toEqual({
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
    expect(server.idsAsked).toEqual([PULLS]);
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
      const file = github.example(
        CONTENT,
        200,
        'response-if-content-is-a-file',
      );
      server.answers = id => {
        if (id === PULLS) {
          const isOpen = isThrough && server.idsAsked.includes(refused);
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
      expect(server.idsAsked).toEqual(expected);
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
});
