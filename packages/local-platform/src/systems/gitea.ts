import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { GIT_ORGANISATION } from '../access/portalConfig.ts';
import { writeWhole } from '../files.ts';
import { GiteaClient } from '../git/GiteaClient.ts';
import { giteaSettings } from '../git/settings.ts';
import { answers } from '../processes/readiness.ts';
import type { System } from './System.ts';

const run = promisify(execFile);

/** Gitea refuses to run as root, as which containers often run everything, unless it is told so. */
const env = { GITEA_I_AM_BEING_UNSAFE_RUNNING_AS_ROOT: 'true' };

const ARGO_CD_PATH = '/api/webhook';

/** Lets Gitea tell Argo CD of every push to any repository, as an administrator of both would set it up. */
async function tellArgoCd(client: GiteaClient, port: number): Promise<void> {
  const url = `http://127.0.0.1:${port}${ARGO_CD_PATH}`;
  const hooks = await client.call<{ id: number; config: { url: string } }[]>(
    'GET',
    '/admin/hooks',
  );
  if (hooks.some(({ config }) => config.url === url)) {
    return;
  }
  for (const { id, config } of hooks) {
    // Its port was taken by somebody else meanwhile.
    if (config.url.endsWith(ARGO_CD_PATH)) {
      await client.call('DELETE', `/admin/hooks/${id}`);
    }
  }
  await client.call('POST', '/admin/hooks', {
    // The format that Argo CD knows from Gitea's predecessor.
    type: 'gogs',
    active: true,
    events: ['push'],
    config: { content_type: 'json', url, is_system_webhook: 'true' },
  });
}

export const gitea: System = {
  name: 'gitea',
  title: 'Gitea, the Git server',
  programs: ['gitea'],
  after: [],
  expectedSeconds: 6,
  async start({ folder, state, program, source, run: start }) {
    const binary = await program('gitea');
    const data = folder.data('gitea');
    const home = join(data, 'home');
    mkdirSync(home, { recursive: true, mode: 0o700 });
    const settings = join(data, 'app.ini');
    writeWhole(
      settings,
      giteaSettings({
        state,
        data,
        source: await source('gitea', 'code.gitea.io/gitea'),
      }),
      0o600,
    );
    const environment = { ...env, HOME: home, USER: process.env.USER ?? 'git' };
    const { username, password } = state.git;
    const made = join(data, 'account-made');
    if (!existsSync(made)) {
      const prepare = (...args: string[]) =>
        run(binary, ['--config', settings, ...args], {
          cwd: data,
          env: { ...process.env, ...environment },
        });
      await prepare('migrate');
      await prepare(
        ...['admin', 'user', 'create', '--admin'],
        ...['--username', username, '--password', password],
        ...['--email', 'platform@local.invalid'],
        '--must-change-password=false',
      );
      writeFileSync(made, '');
    }
    const url = `http://127.0.0.1:${state.ports.gitea}`;
    await start({
      name: 'gitea',
      program: binary,
      args: ['--config', settings, 'web'],
      cwd: data,
      env: environment,
      ready: answers(`${url}/api/healthz`),
    });
    const client = new GiteaClient(url, state.git);
    await tellArgoCd(client, state.ports.argoCdWebhooks);
    if (!(await client.find(`/orgs/${GIT_ORGANISATION}`))) {
      await client.call('POST', '/orgs', {
        username: GIT_ORGANISATION,
        full_name: 'Golden path',
      });
    }
  },
};
