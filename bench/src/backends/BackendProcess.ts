import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Entity } from '@backstage/catalog-model';
import type { WatchedResource } from '../platform/resources.ts';
import { root } from '../root.ts';
import { configOf } from './config.ts';
import type { Memory, Question, Sent } from './probe.ts';

const ENTRY = fileURLToPath(new URL('./start.ts', import.meta.url));
/** Backstage's packages of this repository are TypeScript for a bundler. */
const TRANSFORM = join(
  root,
  'node_modules/@backstage/cli/config/nodeTransform.cjs',
);
const STARTUP_MS = 180_000;

/** What a backend may have beside what each has; `app` serves the frontend. */
export type BackendPlugin = 'delivery' | 'kubernetes' | 'app';

export interface BackendOptions {
  plugins: readonly BackendPlugin[];
  /** For configuration and logs. */
  directory: string;
  kubeconfig: string;
  entities: readonly Entity[];
  /** What the Kubernetes plugin shows beyond the kinds that it knows. */
  customResources?: readonly WatchedResource[];
}

/** A Backstage backend in a process of its own, and a user who is signed in. */
export class BackendProcess {
  readonly url: string;
  readonly #child: ChildProcess;
  /** Of the user `user:development/guest`. */
  token = '';

  static async start(options: BackendOptions): Promise<BackendProcess> {
    const { plugins, directory, entities } = options;
    mkdirSync(directory, { recursive: true });
    const path = (name: string) =>
      join(directory, `${plugins.join('-')}.${name}`);
    const port = await freePort();
    writeFileSync(path('config.json'), configOf(options, port));
    writeFileSync(path('entities.json'), JSON.stringify(entities));
    const child = fork(ENTRY, ['--config', path('config.json')], {
      cwd: join(root, 'bench'),
      execArgv: ['--require', TRANSFORM, '--expose-gc'],
      env: {
        ...process.env,
        NODE_ENV: 'production',
        LOG_LEVEL: 'warn',
        BENCH_PLUGINS: plugins.join(),
        BENCH_ENTITIES: path('entities.json'),
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const log = createWriteStream(path('log'));
    child.stdout!.pipe(log, { end: false });
    child.stderr!.pipe(log, { end: false });
    const backend = new BackendProcess(`http://127.0.0.1:${port}`, child);
    try {
      await backend.#untilReady(entities, path('log'));
      return backend;
    } catch (error) {
      await backend.stop();
      throw error;
    }
  }

  private constructor(url: string, child: ChildProcess) {
    this.url = url;
    this.#child = child;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const exited = once(this.#child, 'exit');
      this.#child.kill('SIGTERM');
      const timer = setTimeout(() => this.#child.kill('SIGKILL'), 10_000);
      await exited;
      clearTimeout(timer);
    }
  }

  memory(): Promise<Memory> {
    return this.#ask('memory') as Promise<Memory>;
  }

  /** Requests to the API server since this was asked last. */
  requests(): Promise<Sent[]> {
    return this.#ask('requests') as Promise<Sent[]>;
  }

  async #ask(question: Question): Promise<unknown> {
    this.#child.send(question);
    for (;;) {
      const [message] = await once(this.#child, 'message');
      if (message?.question === question) {
        return message.answer;
      }
    }
  }

  async #untilReady(entities: readonly Entity[], log: string): Promise<void> {
    const deadline = Date.now() + STARTUP_MS;
    const last = entities[entities.length - 1].metadata.name;
    for (;;) {
      if (this.#child.exitCode !== null) {
        throw new Error(`The backend ended; read ${log}`);
      }
      if (Date.now() > deadline) {
        throw new Error(`The backend is not ready; read ${log}`);
      }
      try {
        await this.#signIn();
        const response = await fetch(
          `${this.url}/api/catalog/entities/by-name/component/default/${last}`,
          { headers: { authorization: `Bearer ${this.token}` } },
        );
        if (response.ok) {
          return;
        }
      } catch {
        // Not there yet.
      }
      await delay(200);
    }
  }

  async #signIn(): Promise<void> {
    const response = await fetch(`${this.url}/api/auth/guest/refresh`, {
      headers: { 'x-requested-with': 'XMLHttpRequest' },
    });
    const { backstageIdentity } = await response.json();
    this.token = backstageIdentity.token;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}
