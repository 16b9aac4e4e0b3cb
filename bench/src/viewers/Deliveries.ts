import http, { Agent } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { BackendProcess } from '../backends/BackendProcess.ts';
import { now } from '../clock.ts';
import {
  watchedResources,
  type WatchedResource,
} from '../platform/resources.ts';

/** How long it took until everything was known. */
export interface Live {
  milliseconds: number;
  /** What is watched for it. */
  resources: WatchedResource[];
}

interface Document {
  sources: { apiVersion: string; kind: string; state: string; since: string }[];
}

const LIVE_MS = 300_000;
/** Between two looks; each costs the backend something, too. */
const LOOK_MS = 250;

/** Reads deliveries from a backend over HTTP, as a signed-in user. */
export class Deliveries {
  readonly #backend: BackendProcess;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(backend: BackendProcess) {
    this.#backend = backend;
  }

  /**
   * Asks for a delivery until all of its sources are live.
   *
   * @returns the time from the backend's first request for one of the watched kinds to
   * the moment since when the last of them is live
   */
  async untilLive(app: string): Promise<Live> {
    const deadline = Date.now() + LIVE_MS;
    for (;;) {
      const { sources } = await this.#document(app);
      const late = sources.filter(
        it => it.state !== 'live' && it.state !== 'not-installed',
      );
      if (sources.length > 0 && late.length === 0) {
        return this.#sinceFirstRequest(sources);
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
      await this.#text(app);
      times.push(now() - started);
      await delay(pauseMs);
    }
    return times;
  }

  async #sinceFirstRequest(sources: Document['sources']): Promise<Live> {
    const requests = await this.#backend.requests();
    const first = requests.find(
      ({ path }) => watchedResources([path]).length > 0,
    );
    if (!first) {
      throw new Error('The backend has asked for nothing to watch');
    }
    const live = Math.max(
      ...sources
        .filter(({ state }) => state === 'live')
        .map(({ since }) => Date.parse(since)),
    );
    return {
      // Times of day are told in whole milliseconds.
      milliseconds: live - Date.now() + now() - first.at,
      resources: watchedResources(requests.map(({ path }) => path)),
    };
  }

  async #document(app: string): Promise<Document> {
    return JSON.parse(await this.#text(app));
  }

  #text(app: string): Promise<string> {
    const { url, token } = this.#backend;
    return new Promise((resolve, reject) => {
      http
        .get(
          `${url}/api/delivery/v1/entities/component/default/${app}/delivery`,
          {
            agent: this.#agent,
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
