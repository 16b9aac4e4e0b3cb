import type { PlatformState } from '../state.ts';

/** Content of Gitea's `app.ini`. */
export function giteaSettings(options: {
  state: PlatformState;
  /** Folder of Gitea's data. */
  data: string;
  /** Folder of Gitea's source, which holds its templates. */
  source: string;
}): string {
  const { state, data, source } = options;
  const address = `127.0.0.1:${state.ports.gitea}`;
  const sections: Record<string, Record<string, string | number>> = {
    server: {
      PROTOCOL: 'http',
      HTTP_ADDR: '127.0.0.1',
      HTTP_PORT: state.ports.gitea,
      DOMAIN: '127.0.0.1',
      ROOT_URL: `http://${address}/`,
      DISABLE_SSH: 'true',
      OFFLINE_MODE: 'true',
      LFS_START_SERVER: 'false',
      STATIC_ROOT_PATH: source,
      APP_DATA_PATH: `${data}/data`,
    },
    database: { DB_TYPE: 'sqlite3', PATH: `${data}/gitea.db` },
    repository: { ROOT: `${data}/repositories`, DEFAULT_BRANCH: 'main' },
    security: {
      INSTALL_LOCK: 'true',
      SECRET_KEY: state.gitKeys.secret,
      INTERNAL_TOKEN: state.gitKeys.internal,
    },
    // Its default is not accepted when it is missing: it would write one into this file.
    oauth2: { ENABLED: 'false' },
    service: { DISABLE_REGISTRATION: 'true' },
    // The webhooks go to this machine.
    webhook: { ALLOWED_HOST_LIST: 'loopback', DELIVER_TIMEOUT: 10 },
    log: { MODE: 'console', LEVEL: 'Warn', ROOT_PATH: `${data}/log` },
    indexer: { ISSUE_INDEXER_TYPE: 'db' },
    actions: { ENABLED: 'false' },
    packages: { ENABLED: 'false' },
    cron: { ENABLED: 'false' },
    'cron.update_checker': { ENABLED: 'false' },
    picture: { DISABLE_GRAVATAR: 'true' },
  };
  const body = Object.entries(sections).map(
    ([section, values]) =>
      `[${section}]\n${Object.entries(values)
        .map(([key, value]) => `${key} = ${value}\n`)
        .join('')}`,
  );
  return `APP_NAME = Golden path\nRUN_MODE = prod\nWORK_PATH = ${data}\n\n${body.join(
    '\n',
  )}`;
}
