import { COMMIT, OLDER_COMMIT } from '../__testUtils__/objects';
import { goldenPath, manifest } from './__testUtils__/goldenPath';

describe('a promotion', () => {
  const request = { operation: 'promote', environment: 'prod' } as const;

  it('is a pull request, and one only', async () => {
    const { perform, repository, record } = goldenPath();
    expect(await perform(request)).toMatchObject({
      outcome: 'accepted',
      sentence: { code: 'operation.promote' },
      link: { url: 'https://git.example/golden-path/checkout/1' },
    });
    expect(repository.proposals[0]).toMatchObject({
      title: `Promote prod to ${COMMIT.slice(0, 7)}`,
      body: expect.stringContaining('user:default/ada'),
      files: [
        {
          path: 'deployment/prod/application.yaml',
          content: manifest(COMMIT),
        },
      ],
    });
    expect(await perform(request)).toMatchObject({
      outcome: 'unchanged',
      sentence: { code: 'operation.promote.open' },
    });
    // History has it once, too.
    expect(record.mock.calls.flatMap(([promotions]) => promotions)).toEqual([
      expect.objectContaining({
        id: 'https://git.example/golden-path/checkout/1',
        from: 'dev',
        to: 'prod',
        commit: COMMIT,
        by: 'user:default/ada',
      }),
    ]);
  });

  it('brings what runs, where Git asks for something newer already', async () => {
    const { perform, repository, record } = goldenPath();
    repository.revisions.main['deployment/dev/application.yaml'] =
      manifest(OLDER_COMMIT);
    await perform(request);
    expect(repository.proposals[0].files).toEqual([
      {
        path: 'deployment/prod/application.yaml',
        content: manifest(COMMIT),
      },
    ]);
    expect(record).toHaveBeenCalledWith([
      expect.objectContaining({ commit: COMMIT, imageTag: COMMIT }),
    ]);
  });

  it('is refused where something else runs than the user was shown', async () => {
    const { perform, repository } = goldenPath();
    await expect(perform({ ...request, tag: OLDER_COMMIT })).rejects.toThrow(
      `"dev" holds ${COMMIT} by now, no longer ${OLDER_COMMIT}`,
    );
    expect(repository.proposals).toEqual([]);
    expect(await perform({ ...request, tag: COMMIT })).toMatchObject({
      outcome: 'accepted',
    });
  });

  it('is none where Git holds the image already', async () => {
    const { perform, repository } = goldenPath();
    repository.revisions.main['deployment/prod/application.yaml'] =
      manifest(COMMIT);
    expect(await perform(request)).toMatchObject({
      outcome: 'unchanged',
      sentence: { code: 'operation.promote.done' },
    });
    expect(repository.proposals).toEqual([]);
  });

  it('explains a folder that names no such image', async () => {
    const { perform, repository } = goldenPath();
    repository.revisions.main['deployment/prod/application.yaml'] =
      'image: another:1\n';
    await expect(perform(request)).rejects.toThrow(
      'No manifest in "deployment/prod" of golden-path/checkout names an image',
    );
  });

  it('has nothing to bring to the first environment', async () => {
    await expect(
      goldenPath().perform({ ...request, environment: 'dev' }),
    ).rejects.toThrow('"dev" is the first environment');
  });
});
