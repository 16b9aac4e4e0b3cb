import { LoggerService } from '@backstage/backend-plugin-api';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import https from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { KubeConfigAccess } from '../access/kubeConfigAccess';
import { Clock } from '../clock';
import { createClusterWatch } from '../createClusterWatch';
import { HttpTransport, TransportLimits } from '../KubeTransport';
import { ClusterWatch, KindRef } from '../types';
import { FaultyLink } from './FaultyLink';
import { until } from './until';

const silent: LoggerService = {
  error: () => {},
  warn: () => {},
  info: () => {},
  debug: () => {},
  child: () => silent,
};

/**
 * The API server that `DELIVERY_PLATFORM_KUBECONFIG` points to, with a namespace of
 * its own for the test, reached by the administrator directly and by whoever is
 * tested over a link that can be cut, as the account that `platform/rbac` lets read.
 */
export class RealCluster {
  readonly #watches: ClusterWatch[] = [];
  /** Paths of what was made outside of the namespace, the newest first. */
  readonly #made: string[] = [];

  private constructor(
    readonly namespace: string,
    readonly link: FaultyLink,
    private readonly administrator: KubeConfigAccess,
    private readonly folder: string,
    /** Of the reading account, over the link. */
    private readonly kubeconfig: any,
  ) {}

  static async connect(): Promise<RealCluster> {
    const file = process.env.DELIVERY_PLATFORM_KUBECONFIG;
    if (!file) {
      throw new Error(
        'set DELIVERY_PLATFORM_KUBECONFIG to an administrator kubeconfig of a cluster to test with',
      );
    }
    const administrator = new KubeConfigAccess({ file });
    const { server } = await administrator.connection();
    const reader = path.join(path.dirname(file), 'kubeconfig-reader');
    const kubeconfig = parse(await readFile(reader, 'utf8'));
    const link = await FaultyLink.to(
      server,
      path.join(path.dirname(file), 'data', 'access'),
    );
    for (const { cluster } of kubeconfig.clusters) {
      cluster.server = link.url;
      const ca = cluster['certificate-authority'];
      if (ca) {
        cluster['certificate-authority'] = path.resolve(path.dirname(file), ca);
      }
    }
    const id = Math.random().toString(36).slice(2, 8);
    const cluster = new RealCluster(
      `kubernetes-room-${id}`,
      link,
      administrator,
      await mkdtemp(path.join(tmpdir(), 'delivery-')),
      kubeconfig,
    );
    await cluster.send('POST', '/api/v1/namespaces', {
      metadata: { name: cluster.namespace },
    });
    return cluster;
  }

  /** Speaks as the administrator. */
  async send(method: string, target: string, body?: object): Promise<any> {
    const { server, agent, headers } = await this.administrator.connection();
    return new Promise((resolve, reject) => {
      const request = https.request(
        new URL(target, server),
        {
          method,
          agent,
          headers: {
            ...headers,
            'content-type':
              method === 'PATCH'
                ? 'application/merge-patch+json'
                : 'application/json',
          },
        },
        async response => {
          let text = '';
          for await (const piece of response.setEncoding('utf8')) {
            text += piece;
          }
          if (response.statusCode! < 300) {
            resolve(JSON.parse(text));
          } else {
            reject(
              new Error(`${method} ${target}: ${response.statusCode} ${text}`),
            );
          }
        },
      );
      request.on('error', reject);
      request.end(body && JSON.stringify(body));
    });
  }

  /** Makes an object that belongs to no namespace; it ends with the test. */
  async make(
    collection: string,
    object: { metadata: { name: string }; [field: string]: unknown },
  ): Promise<void> {
    await this.send('POST', collection, object);
    this.#made.unshift(`${collection}/${object.metadata.name}`);
  }

  /** Whether a bearer token is no longer known. */
  async refuses(token: string): Promise<boolean> {
    const { status } = await this.send(
      'POST',
      '/apis/authentication.k8s.io/v1/tokenreviews',
      { spec: { token } },
    );
    return !status.authenticated;
  }

  /** A kubeconfig file over the link, of the reading account or of another user. */
  async writeKubeconfig(name: string, user?: object): Promise<string> {
    const file = this.file(name);
    const kubeconfig = structuredClone(this.kubeconfig);
    if (user) {
      kubeconfig.users.forEach((entry: any) => {
        entry.user = user;
      });
    }
    await writeFile(file, stringify(kubeconfig));
    return file;
  }

  /** Where a file of this test is, or may come to be. */
  file(name: string): string {
    return path.join(this.folder, name);
  }

  /** Watches over the link until {@link RealCluster.release}. */
  watch(
    file: string,
    kinds: KindRef[],
    options: { clock?: Clock; limits?: TransportLimits } = {},
  ): ClusterWatch {
    const { clock, limits } = options;
    const watch = createClusterWatch({
      name: 'test',
      transport: new HttpTransport(
        new KubeConfigAccess({ file }, clock),
        limits,
      ),
      logger: silent,
      clock,
    });
    this.#watches.push(watch);
    watch.acquire(kinds);
    watch.start();
    return watch;
  }

  /** Ends all watches and mends the link. */
  async release(): Promise<void> {
    this.link.mend();
    await Promise.all(this.#watches.splice(0).map(watch => watch.stop()));
  }

  async close(): Promise<void> {
    await this.release();
    for (const target of this.#made) {
      // A test may have removed it itself.
      await this.send('DELETE', target).catch(() => {});
    }
    await this.send('DELETE', `/api/v1/namespaces/${this.namespace}`);
    this.administrator.close();
    await this.link.close();
    await rm(this.folder, { recursive: true });
  }
}

/** Waits until the kinds of a watch are in these states. */
export async function untilStates(
  watch: ClusterWatch,
  states: string[],
  timeoutMs?: number,
): Promise<void> {
  const current = () => watch.kindStates().map(({ state }) => state);
  await until(
    `states ${states}`,
    () => `${current()}` === `${states}`,
    timeoutMs,
  );
}
