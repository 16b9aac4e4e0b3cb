import { execFileSync } from 'node:child_process';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { DryRun, startScaffolder } from './__testUtils__/dryRun';
import { environment, values } from './__testUtils__/shop';

jest.setTimeout(120_000);

const directory = createMockDirectory();

const run = (command: string, ...args: string[]) =>
  execFileSync(command, args, {
    cwd: directory.path,
    encoding: 'utf8',
    env: { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=mod' },
  });

describe('the repository that the create-app template makes', () => {
  let dryRun: (values: object) => Promise<DryRun>;
  let plain: DryRun;

  beforeAll(async () => {
    dryRun = await startScaffolder(environment);
    plain = await dryRun(values);
  });

  it.each(['sync', 'pipeline', 'con'])(
    'makes a module and a complete first commit of the name "%s"',
    async name => {
      const { files, status } = await dryRun({ ...values, name });
      expect(status).toBe(200);
      directory.setContent(files);
      expect(run('go', 'list', './...')).toBe(`example.com/${name}-service\n`);
      run('git', 'init', '--quiet');
      expect(
        run('git', 'ls-files', '--others', '--exclude-standard')
          .trim()
          .split('\n'),
      ).toEqual(Object.keys(files).sort());
    },
  );

  describe('the service', () => {
    beforeAll(() => directory.setContent(plain.files));

    it('is formatted, vetted and passes its own tests', () => {
      expect(run('gofmt', '-l', '.')).toBe('');
      expect(run('go', 'vet', './...')).toBe('');
      expect(run('go', 'test', './...')).toMatch(
        /^ok\s+example\.com\/shop-service/,
      );
    });

    it('builds also with folders and dependencies of its own', () => {
      const [, sources] = /^COPY (.*) \S+$/m.exec(plain.files.Dockerfile) ?? [];
      directory.setContent({
        source: {
          ...plain.files,
          'go.sum': '',
          'store/store.go': 'package store\n',
        },
        image: {},
      });
      run('sh', '-c', `cd source && cp -R ${sources} ../image`);
      const ignored = plain.files['.dockerignore'].trim().split('\n');
      for (const path of ignored) {
        run('rm', '-rf', `image/${path}`);
      }
      expect(run('sh', '-c', 'cd image && ls && go list ./...')).toBe(
        `${[
          'Dockerfile',
          'go.mod',
          'go.sum',
          'handler.go',
          'handler_test.go',
          'main.go',
          'store',
          'example.com/shop-service',
          'example.com/shop-service/store',
        ].join('\n')}\n`,
      );
    });

    it('has a Dockerfile in stages, without root and on a minimal base', () => {
      const lines = plain.files.Dockerfile.split('\n').filter(
        line => line && !line.startsWith('#'),
      );
      const stages = lines.filter(line => line.startsWith('FROM '));
      expect(stages.map(line => line.split(' AS ')[1])).toEqual([
        'source',
        'test',
        'build',
        undefined,
      ]);
      const last = lines.slice(lines.lastIndexOf(stages[stages.length - 1]));
      expect(last[0]).toMatch(/^FROM gcr\.io\/distroless\/static/);
      // Kubernetes can only prove of a number that it is not root.
      expect(last).toContain('USER 65532:65532');
      expect(last).toContain('EXPOSE 8080');
      expect(last.filter(line => line.startsWith('RUN '))).toEqual([]);
      expect(last.find(line => line.startsWith('ENTRYPOINT'))).toBe(
        'ENTRYPOINT ["/service"]',
      );
    });
  });
});
