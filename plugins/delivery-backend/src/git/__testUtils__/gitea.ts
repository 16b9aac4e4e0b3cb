import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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
