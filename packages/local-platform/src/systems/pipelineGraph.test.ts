import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readManifests } from '../cluster/manifests.ts';
import { repositoryFolder } from '../programs/location.ts';

/** What the graph of `platform/kro` promises where neither kro nor AWS would complain. */
const [graph] = readManifests(
  join(repositoryFolder, 'platform/kro/cicdpipeline.yaml'),
);
const { resources } = graph.spec as {
  resources: { id: string; template: any }[];
};
const template = (id: string) =>
  resources.find(resource => resource.id === id)?.template;

describe('the registries', () => {
  const policyOf = (id: string) =>
    JSON.parse(template(id).spec.lifecyclePolicy).rules.map(
      (rule: { selection: object }) => rule.selection,
    );

  it('keep what prod may still run, however many builds ago', () => {
    expect(policyOf('ecrmainrepo')).toEqual([
      expect.objectContaining({
        tagStatus: 'untagged',
        countType: 'sinceImagePushed',
      }),
      {
        tagStatus: 'tagged',
        tagPatternList: ['*'],
        countType: 'imageCountMoreThan',
        countNumber: 500,
      },
    ]);
  });

  it('do not hold up the end of the pipeline, which AWS would with what they hold', () => {
    expect(template('ecrcacherepo').metadata.annotations).toMatchObject({
      'ecr.services.k8s.aws/force-delete': 'true',
    });
    const { annotations } = template('ecrmainrepo').metadata;
    expect(annotations).toMatchObject({
      'services.k8s.aws/deletion-policy': 'retain',
    });
    expect(annotations).not.toHaveProperty([
      'ecr.services.k8s.aws/force-delete',
    ]);
  });
});

describe('the event bus', () => {
  it('has a name with which its pods can be made, for the longest name of an application', () => {
    const name = template('eventbus').metadata.name.replace(
      '${schema.spec.name}',
      `${'a'.repeat(30)}-cicd`,
    );
    // Kubernetes' label controller-revision-hash: the StatefulSet's name and up to ten digits.
    expect(`eventbus-${name}-js-1234567890`.length).toBeLessThanOrEqual(63);
  });
});

describe('the runs that happen once', () => {
  it.each(['setupworkflow', 'initialbuildworkflow'])(
    'are kept, as kro would make them once more: %s',
    id => {
      // Whatever the cluster's defaults for Workflows are: Argo takes the Workflow's own as it is.
      expect(template(id).spec.ttlStrategy).toEqual({
        secondsAfterCompletion: 10 * 365 * 24 * 3600,
      });
    },
  );
});

describe('checkout-code', () => {
  const folder = mkdtempSync(join(tmpdir(), 'checkout-'));
  const origin = join(folder, 'origin');
  const git = (...args: string[]) =>
    execFileSync(
      'git',
      ['-c', 'user.name=D', '-c', 'user.email=d@example.com', ...args],
      { cwd: origin, encoding: 'utf8', stdio: 'pipe' },
    ).trim();
  const commit = (message: string) => {
    writeFileSync(join(origin, 'Dockerfile'), message);
    git('add', '.');
    git('commit', '--quiet', '--message', message);
    return git('rev-parse', 'HEAD');
  };
  const checkout = (revision: string) => {
    const step = template('cicdworkflow').spec.templates.find(
      ({ name }: { name: string }) => name === 'git-checkout',
    );
    const [script] = step.container.args as string[];
    const { status, stderr } = spawnSync(
      'sh',
      ['-eu', '-c', script.replaceAll('/tmp/source', join(folder, revision))],
      {
        encoding: 'utf8',
        env: {
          PATH: process.env.PATH,
          GIT_URL: origin,
          GIT_REVISION: revision,
          DOCKERFILE_PATH: '.',
          DEPLOYMENT_PATH: '.',
        },
      },
    );
    return { status, stderr };
  };
  let first = '';
  let second = '';
  let proposed = '';

  beforeAll(() => {
    execFileSync('git', ['init', '--quiet', '--initial-branch=main', origin]);
    execFileSync('mkdir', [join(origin, 'dev')]);
    writeFileSync(join(origin, 'dev/application.yaml'), '');
    first = commit('first');
    second = commit('second');
    git('checkout', '--quiet', '-b', 'proposal', first);
    proposed = commit('proposed');
    git('checkout', '--quiet', 'main');
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('takes what is on main, also when main has gone on', () => {
    for (const revision of ['main', first, second]) {
      expect(checkout(revision)).toEqual({ status: 0, stderr: '' });
    }
  });

  it('refuses what was not merged, whoever asks for it', () => {
    expect(checkout(proposed)).toEqual({
      status: 1,
      stderr: `${proposed} is not on the branch main of ${origin}: it is not built.\n`,
    });
  });
});
