import { stat } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import { KubeError } from '../KubeError';
import { Clock, systemClock } from '../clock';
import { AgentCache } from './AgentCache';
import { ClusterAccess, Connection } from './ClusterAccess';
import { RenewedToken } from './RenewedToken';
import { ClusterSource, describeFailure, loadKubeConfig } from './kubeConfig';

/** How long a loaded credential is used before its sources are read again. */
const KEEP_MS = 60_000;
/** An exec plugin that asks a question would wait for ever. */
const LOAD_MS = 30_000;

/** Refused credentials are not loaded again sooner: it may cost a process each time. */
const RENEW_MS = 5_000;

interface Loaded {
  at: number;
  /** What the kubeconfig file looked like. */
  seen: string;
  connection: Promise<Connection>;
  /** The connection, once it is there. */
  value?: Connection;
}

/**
 * Access by a kubeconfig file, the pod's own account or given values. Nothing is read
 * before the first request. A file that is missing or broken fails that request only:
 * every later one looks again, so it may appear, change or be repaired at any time.
 */
export class KubeConfigAccess implements ClusterAccess {
  readonly #agents = new AgentCache();
  #kubeConfig?: ReturnType<typeof loadKubeConfig>;
  #loaded?: Loaded;
  /** Under way; one that hangs is waited for, not joined by others. */
  #loading?: Promise<Connection>;

  readonly #token?: RenewedToken;

  constructor(
    private readonly source: ClusterSource,
    private readonly clock: Clock = systemClock,
  ) {
    if ('server' in source && source.tokens) {
      this.#token = new RenewedToken(source.tokens, clock);
    }
  }

  async connection(): Promise<Connection> {
    const seen = await this.#look();
    const now = this.clock.monotonic();
    if (this.#loaded && this.#loaded.seen !== seen) {
      this.#forget();
      this.#loading = undefined;
    }
    if (!this.#loaded || now - this.#loaded.at > KEEP_MS) {
      // One for all who ask now: an exec plugin is run once, not once per kind.
      const connection = withDeadline(this.#loadOnce());
      const loaded: Loaded = { at: now, seen, connection };
      this.#loaded = loaded;
      connection.then(
        value => {
          loaded.value = value;
        },
        () => {
          if (this.#loaded === loaded) {
            this.#forget();
          }
        },
      );
    }
    return this.#loaded.connection;
  }

  renew(failed: Connection, isRefused: boolean): void {
    const loaded = this.#loaded;
    if (
      loaded?.value === failed &&
      this.clock.monotonic() - loaded.at >= RENEW_MS
    ) {
      this.#forget();
      if (isRefused) {
        this.#token?.forget();
      }
    }
  }

  close(): void {
    this.#forget();
    this.#agents.close();
  }

  /** Also drops the token caches inside the loaded configuration. */
  #forget(): void {
    this.#loaded = undefined;
    this.#kubeConfig = undefined;
  }

  /** Changes whenever the kubeconfig file does. */
  async #look(): Promise<string> {
    if (!('file' in this.source)) {
      return '';
    }
    try {
      const { mtimeMs, size, ino } = await stat(this.source.file);
      return `${mtimeMs}/${size}/${ino}`;
    } catch {
      return 'missing';
    }
  }

  #loadOnce(): Promise<Connection> {
    if (!this.#loading) {
      const loading = this.#load().finally(() => {
        if (this.#loading === loading) {
          this.#loading = undefined;
        }
      });
      this.#loading = loading;
    }
    return this.#loading;
  }

  async #load(): Promise<Connection> {
    try {
      this.#kubeConfig ??= loadKubeConfig(this.source);
      const { kubeConfig, cluster } = await this.#kubeConfig;
      const options: https.RequestOptions = { headers: {} };
      await kubeConfig.applyToHTTPSOptions(
        options as Parameters<typeof kubeConfig.applyToHTTPSOptions>[0],
      );
      const server = new URL(cluster.server);
      const { ca, cert, key, pfx, passphrase, servername } = options as Record<
        string,
        string | undefined
      >;
      const agent = this.#agents.get(
        {
          protocol: server.protocol,
          ca,
          cert,
          key,
          pfx,
          passphrase,
          servername,
          rejectUnauthorized: options.rejectUnauthorized,
          proxyUrl: cluster.proxyUrl,
        },
        cluster.proxyUrl ? () => options.agent as http.Agent : undefined,
      );
      const headers = headersOf(options);
      if (this.#token) {
        headers.Authorization = `Bearer ${await this.#token.get()}`;
      }
      return { server, agent, headers };
    } catch (error) {
      throw new KubeError('credentials', describeFailure(this.source, error));
    }
  }
}

function headersOf(options: https.RequestOptions): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    // Token files end with a line feed, which is no part of a header.
    headers[name] = String(value).trim();
  }
  if (options.auth) {
    headers.Authorization = `Basic ${Buffer.from(options.auth).toString(
      'base64',
    )}`;
  }
  return headers;
}

async function withDeadline<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new KubeError(
            'credentials',
            `credentials were not available within ${LOAD_MS / 1000} s`,
          ),
        ),
      LOAD_MS,
    );
    timer.unref();
  });
  try {
    return await Promise.race([promise, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
