import type {
  GitCommit,
  GitComparison,
  GitFile,
  GitProposal,
  GitRepository,
} from '../../git/GitRepository';

/** A repository whose content a test decides. */
export class FakeRepository implements GitRepository {
  readonly name = 'golden-path/checkout';
  readonly proposals: Array<Parameters<GitRepository['propose']>[0]> = [];
  newest = '0'.repeat(40);

  /** @param revisions - content of files by revision; `main` is the default branch */
  constructor(
    readonly revisions: Record<string, Record<string, string>> = {},
  ) {}

  async head(): Promise<string> {
    return this.newest;
  }

  async folder(path: string, revision = 'main'): Promise<GitFile[]> {
    return Object.entries(this.revisions[revision] ?? {})
      .filter(([file]) => file.startsWith(`${path}/`))
      .map(([file, content]) => ({ path: file, content }));
  }

  async commit(): Promise<GitCommit | undefined> {
    return undefined;
  }

  async between(): Promise<GitComparison> {
    return { count: 0, commits: [] };
  }

  async propose(
    proposal: Parameters<GitRepository['propose']>[0],
  ): Promise<GitProposal> {
    const isOld = this.proposals.some(
      ({ branch }) => branch === proposal.branch,
    );
    this.proposals.push(proposal);
    return {
      url: 'https://git.example/golden-path/checkout/1',
      number: 1,
      isOld,
    };
  }
}
