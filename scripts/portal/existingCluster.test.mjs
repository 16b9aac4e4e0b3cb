import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { givenAccess, useExistingCluster } from './existingCluster.mjs';

const directory = mkdtempSync(join(tmpdir(), 'existing-cluster-'));
const file = (name, content = '') => {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
};
const json = path =>
  JSON.parse(readFileSync(path, 'utf8').replace(/^#.*\n/, ''));

const reader = file('reader.kubeconfig');
const operator = file('operator.kubeconfig');

describe('givenAccess', () => {
  const calledFrom = process.env.INIT_CWD;
  afterEach(() => {
    process.env.INIT_CWD = calledFrom ?? '';
  });

  it('finds files from where npm was called', () => {
    process.env.INIT_CWD = directory;
    expect(
      givenAccess({
        kubeconfig: 'reader.kubeconfig',
        'operator-kubeconfig': './operator.kubeconfig',
        context: 'hub',
        config: [reader, 'operator.kubeconfig'],
      }),
    ).toEqual({
      kubeconfig: reader,
      operatorKubeconfig: operator,
      context: 'hub',
      configs: [reader, operator],
    });
  });

  it('is empty for the local platform', () => {
    expect(givenAccess({})).toEqual({ configs: [] });
  });

  it('names the option, the value and what to give', () => {
    process.env.INIT_CWD = directory;
    mkdirSync(join(directory, 'folder'));
    const refused = (options, message, hint) =>
      expect(() => givenAccess(options)).toThrow(
        expect.objectContaining({
          message,
          hint: expect.stringContaining(hint),
        }),
      );
    refused(
      { kubeconfig: 'gone' },
      `--kubeconfig "gone": there is no file ${directory}/gone`,
      'docs/install.md, step 2',
    );
    refused(
      { kubeconfig: reader, 'operator-kubeconfig': 'folder' },
      `--operator-kubeconfig "folder": ${directory}/folder is not a file`,
      'delivery-operator',
    );
    refused(
      { config: [reader, ''] },
      '--config "": a path is missing',
      'app-config file',
    );
    refused(
      { context: 'hub' },
      '--context "hub": there is no --kubeconfig',
      'give --kubeconfig FILE as well',
    );
  });
});

describe('useExistingCluster', () => {
  it('offers the template only with what it needs', async () => {
    const access = { directory, kubeconfig: reader, context: 'hub' };
    const bare = await useExistingCluster({ ...access, configs: [] });
    expect(bare.missing).toContain(
      'scaffolder.defaultEnvironment.parameters.gitOwner',
    );
    expect(json(bare.configs[0]).delivery.clusters).toEqual([
      { name: 'local', kubeconfig: reader, context: 'hub' },
    ]);
    const [, withoutTemplate] = bare.configs.map(json);
    expect(JSON.stringify(withoutTemplate)).toContain('examples/org.yaml');
    expect(JSON.stringify(withoutTemplate)).not.toContain('create-app');

    process.env.TEST_GIT_TOKEN = 'not one';
    const host = file(
      'host.yaml',
      'integrations: { github: [{ host: github.com, token: "${TEST_GIT_TOKEN}" }] }',
    );
    const parameters = file(
      'parameters.yaml',
      `scaffolder: { defaultEnvironment: { parameters: {
        gitProvider: github, gitHost: github.com, gitOwner: us, awsAccountId: '1',
        awsRegion: r, hubHostname: h } } }`,
    );
    const complete = await useExistingCluster({
      ...access,
      operatorKubeconfig: operator,
      configs: [host, parameters],
    });
    expect(complete.missing).toEqual([]);
    expect(complete.configs.slice(1)).toEqual([host, parameters]);
    expect(json(complete.configs[0]).delivery.clusters[0]).toMatchObject({
      operatorKubeconfig: operator,
    });
    delete process.env.TEST_GIT_TOKEN;
    expect(
      (await useExistingCluster({ ...access, configs: [host, parameters] }))
        .missing,
    ).toEqual([
      'integrations.github: an entry with the host github.com and a token or apps',
    ]);
  });

  it('says which file is not YAML', async () => {
    const broken = file('broken.yaml', 'integrations: [');
    await expect(
      useExistingCluster({ directory, kubeconfig: reader, configs: [broken] }),
    ).rejects.toThrow(broken);
  });
});
