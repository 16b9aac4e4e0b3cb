import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { parse } from 'yaml';

const agent = new Agent({ keepAlive: true });

/** Patches an object at the API server of the local platform, as the administrator. */
export async function mergePatch(path: string, patch: object): Promise<void> {
  const config = parse(
    readFileSync(
      join(process.env.DELIVERY_PLATFORM_DIR ?? '', 'kubeconfig'),
      'utf8',
    ),
  );
  const { cluster } = config.clusters[0];
  const { token } = config.users[0].user;
  await new Promise<void>((resolve, reject) => {
    request(
      new URL(path, cluster.server),
      {
        method: 'PATCH',
        agent,
        ca: Buffer.from(cluster['certificate-authority-data'], 'base64'),
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/merge-patch+json',
        },
      },
      response => {
        response
          .resume()
          .on('end', () =>
            response.statusCode === 200
              ? resolve()
              : reject(new Error(`PATCH ${path}: ${response.statusCode}`)),
          );
      },
    )
      .on('error', reject)
      .end(JSON.stringify(patch));
  });
}
