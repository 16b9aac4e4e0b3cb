import http, { Agent } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { BackendProcess } from '../backends/BackendProcess.ts';
import { now } from '../clock.ts';
import { covered } from '../report/intervals.ts';
import {
  isPluralOf,
  listPath,
  listPathOf,
  watchedResources,
  type WatchedResource,
} from '../platform/resources.ts';

/** How long it took until everything was known. */
export interface Live {
  milliseconds: number;
  /** What is watched for it. */
  resources: WatchedResource[];
}

interface Source {
  apiVersion: string;
  kind: string;
  state: string;
  since: string;
}

interface Document {
  sources: Source[];
}

const LIVE_MS = 300_000;
/** Between two looks; each costs the backend something, too. */
const LOOK_MS = 250;

/** Reads deliveries from a backend over HTTP, as a signed-in user. */
export class Deliveries {
  readonly #backend: BackendProcess;
  readonly #kept = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(backend: BackendProcess) {
    this.#backend = backend;
  }

  /**
   * Asks for a delivery until all of its sources are live.
   *
   * @returns the time in which at least one kind had been asked for and was not live yet
   */
  async untilLive(app: string): Promise<Live> {
    const deadline = Date.now() + LIVE_MS;
    for (;;) {
      const { sources } = await this.#document(app);
      const late = sources.filter(
        it => it.state !== 'live' && it.state !== 'not-installed',
      );
      if (sources.length > 0 && late.length === 0) {
        return this.#syncing(sources);
      }
      if (Date.now() > deadline) {
        throw new Error(`Not live in time: ${JSON.stringify(late)}`);
      }
      await delay(LOOK_MS);
    }
  }

  /**
   * Reads deliveries at random, one after the other.
   *
   * @returns how long each took, in milliseconds
   */
  async read(
    apps: readonly string[],
    forMs: number,
    pauseMs: number,
  ): Promise<number[]> {
    const times: number[] = [];
    const end = now() + forMs;
    while (now() < end) {
      const app = apps[Math.floor(Math.random() * apps.length)];
      const started = now();
      await this.#text(app, this.#kept);
      times.push(now() - started);
      await delay(pauseMs);
    }
    return times;
  }

  async #syncing(sources: readonly Source[]): Promise<Live> {
    const requests = await this.#backend.requests();
    const resources = watchedResources(requests.map(({ path }) => path));
    const times = sources.flatMap(({ apiVersion, kind, state, since }) => {
      const resource = resources.find(
        it => it.apiVersion === apiVersion && isPluralOf(it.plural, kind),
      );
      if (state !== 'live') {
        return [];
      }
      if (!resource) {
        throw new Error(`The backend has not asked for ${apiVersion} ${kind}`);
      }
      const first = requests.find(
        ({ path }) => listPath(resource) === listPathOf(path),
      )!;
      // Times of day are told in whole milliseconds.
      const end = Date.parse(since) - Date.now() + now();
      return [{ begin: first.at, end }];
    });
    return { milliseconds: covered(times), resources };
  }

  async #document(app: string): Promise<Document> {
    // A backend that is busy for seconds may close a connection that it thinks idle.
    return JSON.parse(await this.#text(app, false));
  }

  #text(app: string, agent: Agent | false): Promise<string> {
    const { url, token } = this.#backend;
    return new Promise((resolve, reject) => {
      http
        .get(
          `${url}/api/delivery/v1/entities/component/default/${app}/delivery`,
          {
            agent,
            headers: { authorization: `Bearer ${token}` },
          },
          async response => {
            try {
              let text = '';
              for await (const chunk of response.setEncoding('utf8')) {
                text += chunk;
              }
              if (response.statusCode !== 200) {
                throw new Error(
                  `${app} was answered with ${response.statusCode}: ${text}`,
                );
              }
              resolve(text);
            } catch (error) {
              reject(error);
            }
          },
        )
        .on('error', reject);
    });
  }
}
