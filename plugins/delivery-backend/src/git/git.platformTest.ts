import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import {
  gitea,
  giteaUrl,
  mergePullRequest,
  platformConfig,
} from './__testUtils__/gitea';
import { IntegrationRepositories } from './IntegrationRepositories';

/* The Git host of the local platform, through its integration as the portal has it. */
const name = `git-room-${Date.now().toString(36)}`;
const url = `${giteaUrl}/golden-path/${name}`;

const write = (path: string, content: string, message: string) =>
  gitea('POST', `/repos/golden-path/${name}/contents/${path}`, {
    content: Buffer.from(content).toString('base64'),
    branch: 'main',
    message,
    author: { name: 'Ada', email: 'ada@example.com' },
  });

const repositories = new IntegrationRepositories(
  ScmIntegrations.fromConfig(new ConfigReader(platformConfig)),
);

beforeAll(async () => {
  await gitea('POST', '/orgs/golden-path/repos', {
    name,
    auto_init: true,
    default_branch: 'main',
  });
  await write('deployment/dev/application.yaml', 'image: a:1\n', 'Begin');
  await write('deployment/dev/notes.md', 'notes\n', 'Notes\n\nAt length.');
});

afterAll(() => gitea('DELETE', `/repos/golden-path/${name}`));

it('reads commits and folders', async () => {
  const repository = await repositories.byUrl(`${url}.git`);
  expect(repository.name).toBe(`golden-path/${name}`);
  const head = await repository.head();
  expect(await repository.commit(head)).toEqual({
    sha: head,
    title: 'Notes',
    author: 'Ada',
    committedAt: expect.stringMatching(/^20\d\d-.*Z$/),
    url: `${url}/commit/${head}`,
    avatarUrl: undefined,
    paths: ['deployment/dev/notes.md'],
  });
  expect(await repository.commit('0'.repeat(40))).toBeUndefined();
  expect(await repository.folder('deployment/dev')).toEqual([
    { path: 'deployment/dev/application.yaml', content: 'image: a:1\n' },
    { path: 'deployment/dev/notes.md', content: 'notes\n' },
  ]);
  expect(await repository.folder('nowhere')).toEqual([]);
  await expect(repository.head('nowhere')).rejects.toThrow(
    `golden-path/${name} has no branch "nowhere"`,
  );
});

it('tells what one commit has that another lacks, newest first', async () => {
  const repository = await repositories.byUrl(url);
  const base = await repository.head();
  await write('a.txt', 'a', 'First');
  await write('b.txt', 'b', 'Second');
  const between = await repository.between(base, await repository.head());
  expect(between.count).toBe(2);
  expect(between.commits.map(({ title }) => title)).toEqual([
    'Second',
    'First',
  ]);
});

it('proposes the same once, and anew after it was closed', async () => {
  const repository = await repositories.byUrl(url);
  const path = 'deployment/dev/application.yaml';
  const propose = () =>
    repository.propose({
      branch: 'delivery/promote-shop-dev-2',
      title: 'Promote dev to 2',
      body: 'Asked for',
      files: [{ path, content: 'image: a:2\n' }],
    });
  const first = await propose();
  expect(first).toMatchObject({ isOld: false, number: expect.any(Number) });
  expect(await propose()).toEqual({ ...first, isOld: true });
  const pull = `/repos/golden-path/${name}/pulls`;
  await gitea('PATCH', `${pull}/${first.number}`, { state: 'closed' });

  const second = await propose();
  expect(second).toMatchObject({ isOld: false });
  await mergePullRequest(`${pull}/${second.number}`);
  const files = await repository.folder('deployment/dev');
  expect(files[0]).toEqual({ path, content: 'image: a:2\n' });
});

it('finds the repository of an entity, where its host is known', async () => {
  const entity = (location?: string) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: 'shop',
      annotations: {
        ...(location && { 'backstage.io/source-location': location }),
      },
    },
  });
  const found = await repositories.ofEntity(
    entity(`url:${url}/src/branch/main/`),
  );
  expect(found?.name).toBe(`golden-path/${name}`);
  expect(await repositories.ofEntity(entity())).toBeUndefined();
  expect(
    await repositories.ofEntity(entity('url:https://git.example.com/a/b')),
  ).toBeUndefined();
  await expect(
    repositories.byUrl('https://git.example.com/a/b'),
  ).rejects.toThrow(/"git.example.com", which is in neither/);
});
