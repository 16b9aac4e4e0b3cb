import {
  deliverySchema,
  type Delivery,
} from '@golden-path/plugin-delivery-common';
import type { Observation } from './Marks';

const BASE = '/api/delivery';

/** A route of the OpenAPI document, for one entity. */
export function routeOf(template: string, name: string): string {
  return template
    .replace('{kind}', 'component')
    .replace('{namespace}', 'default')
    .replace('{name}', name)
    .replace(/\{\w+\}/g, 'canary');
}

export const documentOf = (name: string) =>
  routeOf('/v1/entities/{kind}/{namespace}/{name}/delivery', name);

/** Asks the plugin over HTTP and keeps everything that comes back. */
export class Client {
  readonly answers: Observation[] = [];
  readonly statuses = new Set<number>();

  constructor(private readonly url: string, private readonly token: string) {}

  async ask(
    route: string,
    options: {
      method?: string;
      headers?: Record<string, string>;
      /** Sent as JSON. */
      body?: object;
    } = {},
  ): Promise<{ status: number; body: string }> {
    const { method = 'GET', headers = this.headers, body: sent } = options;
    const response = await fetch(`${this.url}${BASE}${route}`, {
      method,
      headers: sent
        ? { ...headers, 'content-type': 'application/json' }
        : headers,
      body: sent && JSON.stringify(sent),
      signal: AbortSignal.timeout(20_000),
    });
    const body = await response.text();
    this.statuses.add(response.status);
    this.answers.push({
      where: `${method} ${route} ${response.status}`,
      text: `${JSON.stringify([...response.headers])}\n${body}`,
    });
    return { status: response.status, body };
  }

  async read(name: string): Promise<Delivery> {
    const { status, body } = await this.ask(documentOf(name));
    if (status !== 200) {
      throw new Error(`${name}: ${status} ${body.slice(0, 300)}`);
    }
    return deliverySchema.parse(JSON.parse(body));
  }

  /**
   * Reads a stream until it says what is waited for, or ends.
   *
   * @param meanwhile - is done when the stream has begun
   */
  async follow(
    route: string,
    options: {
      headers?: Record<string, string>;
      until(text: string): boolean;
      meanwhile?(): Promise<unknown>;
    },
  ): Promise<string> {
    const abort = new AbortController();
    const response = await fetch(`${this.url}${BASE}${route}`, {
      headers: { ...this.headers, ...options.headers },
      signal: AbortSignal.any([abort.signal, AbortSignal.timeout(30_000)]),
    });
    let text = JSON.stringify([...response.headers]);
    let { meanwhile } = options;
    for await (const piece of response.body!.pipeThrough(
      new TextDecoderStream(),
    )) {
      text += piece;
      await meanwhile?.();
      meanwhile = undefined;
      if (options.until(text)) {
        break;
      }
    }
    abort.abort();
    this.answers.push({ where: `stream ${route}`, text });
    return text;
  }

  /** Of a request as the user. */
  get headers(): Record<string, string> {
    return { authorization: `Bearer ${this.token}` };
  }
}
