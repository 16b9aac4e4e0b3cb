import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { parse } from 'yaml';

const agent = new Agent({ keepAlive: true });

/**
 * Asks the API server of the local platform, as the administrator. A `PATCH` is a merge
 * patch.
 */
export async function send<T = any>(
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body?: object,
): Promise<T> {
  const config = parse(
    readFileSync(
      join(process.env.DELIVERY_PLATFORM_DIR ?? '', 'kubeconfig'),
      'utf8',
    ),
  );
  const { cluster } = config.clusters[0];
  const { token } = config.users[0].user;
  const text = await new Promise<string>((resolve, reject) => {
    request(
      new URL(path, cluster.server),
      {
        method,
        agent,
        ca: Buffer.from(cluster['certificate-authority-data'], 'base64'),
        headers: {
          authorization: `Bearer ${token}`,
          'content-type':
            method === 'PATCH'
              ? 'application/merge-patch+json'
              : 'application/json',
        },
      },
      async response => {
        let answer = '';
        for await (const piece of response.setEncoding('utf8')) {
          answer += piece;
        }
        if (response.statusCode! < 300) {
          resolve(answer);
        } else {
          reject(
            new Error(`${method} ${path}: ${response.statusCode} ${answer}`),
          );
        }
      },
    )
      .on('error', reject)
      .end(body && JSON.stringify(body));
  });
  // Metrics are not JSON.
  return text.startsWith('{') ? JSON.parse(text) : (text as T);
}

/** How many watches of a resource the API server serves now. */
export async function watchesOf(resource: string): Promise<number> {
  const metrics = await send<string>('GET', '/metrics');
  return metrics
    .split('\n')
    .filter(
      line =>
        line.startsWith('apiserver_longrunning_requests{') &&
        line.includes(`resource="${resource}"`) &&
        line.includes('verb="WATCH"'),
    )
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}
