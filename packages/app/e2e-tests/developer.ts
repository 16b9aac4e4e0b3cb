import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gitServer } from './platform';

const run = promisify(execFile);

/** A person with a clone of an application's repository, using the git command. */
export class Developer {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async clone(owner: string, repository: string): Promise<Developer> {
    const { baseUrl, username, password } = gitServer();
    const url = new URL(`${owner}/${repository}.git`, `${baseUrl}/`);
    url.username = username;
    url.password = password;
    const folder = await mkdtemp(join(tmpdir(), 'golden-path-clone-'));
    await run('git', ['clone', '--quiet', url.href, folder]);
    const developer = new Developer(folder);
    await developer.#git('config', 'user.name', 'Dana Developer');
    await developer.#git('config', 'user.email', 'dana@example.com');
    return developer;
  }

  async read(file: string): Promise<string> {
    await this.#git('pull', '--quiet', '--rebase');
    return readFile(join(this.#folder, file), 'utf8');
  }

  /** Appends a line to a file, commits and pushes. */
  async push(
    file: string,
    line: string,
    message: string,
  ): Promise<{ commit: string; pushedAt: number }> {
    const content = await this.read(file);
    await writeFile(join(this.#folder, file), `${content}${line}\n`);
    await this.#git('commit', '--quiet', '--all', '--message', message);
    await this.#git('push', '--quiet');
    const pushedAt = Date.now();
    return { commit: await this.#git('rev-parse', 'HEAD'), pushedAt };
  }

  async #git(...args: string[]): Promise<string> {
    const { stdout } = await run('git', args, { cwd: this.#folder });
    return stdout.trim();
  }
}
