import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parse } from 'yaml';

/** Configuration of a portal on the local platform. */
export const platformConfig = parse(
  readFileSync(
    join(process.env.DELIVERY_PLATFORM_DIR ?? '', 'app-config.yaml'),
    'utf8',
  ),
);

const [{ baseUrl, username, password }] = platformConfig.integrations.gitea;

/** Where the Git host of the local platform is. */
export const giteaUrl: string = baseUrl;

/** Asks the Git host of the local platform, as its administrator. */
export async function gitea(method: string, path: string, body?: object) {
  const credentials = Buffer.from(`${username}:${password}`).toString('base64');
  const response = await fetch(`${baseUrl}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Basic ${credentials}`,
      'content-type': 'application/json',
    },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${method} ${path}: ${response.status} ${text}`);
  }
  return text ? JSON.parse(text) : undefined;
}

/**
 * Merges a pull request, as a reviewer does. Gitea looks first whether it can be merged,
 * and again whenever its base moves; meanwhile it asks to try again.
 *
 * @param pull - path of the pull request
 */
export async function mergePullRequest(pull: string): Promise<void> {
  for (;;) {
    const { mergeable, state } = await gitea('GET', pull);
    if (state !== 'open') {
      throw new Error(`${pull} is ${state}`);
    }
    try {
      if (mergeable) {
        await gitea('POST', `${pull}/merge`, { Do: 'merge' });
        return;
      }
    } catch (error) {
      if (!/ 405 .*try again/.test((error as Error).message)) {
        throw error;
      }
    }
    await setTimeout(100);
  }
}
