import { parseEntityRef } from '@backstage/catalog-model';
import { InputError, ResponseError } from '@backstage/errors';
import type { FetchApi } from '@backstage/frontend-plugin-api';
import {
  deliveryListSchema,
  deliverySchema,
  deliveryStreamEventSchema,
  deploymentHistorySchema,
  doraSchema,
  entityDoraListSchema,
  operationOutcomeSchema,
  runHistorySchema,
  stepLogEventSchema,
} from '@golden-path/plugin-delivery-common';
import type {
  DeliveryStreamEvent,
  DeploymentHistory,
  Dora,
  EntityDoraList,
  OperationOutcome,
  RunHistory,
  StepLogEvent,
} from '@golden-path/plugin-delivery-common';
import { z } from 'zod';
import type {
  DeliveryAnswer,
  DeliveryApi,
  DeliveryListAnswer,
  DeliveryListRequest,
  DeliveryRequest,
  DeploymentHistoryRequest,
  DoraListRequest,
  DoraRequest,
  FollowStepLogRequest,
  OperateRequest,
  RunHistoryRequest,
  StepLogRequest,
} from './DeliveryApi';
import { readServerSentEvents } from './eventStream';
import type { ServerSentEvent } from './eventStream';

const BASE = 'plugin://delivery/v1';

/** Three heartbeats of the backend, which sends one every 15 seconds. */
const IDLE_MS = 45_000;

/** A newer backend may send others; those are not for this client. */
const KNOWN_EVENTS = new Set<string>(
  deliveryStreamEventSchema.options.map(option => option.shape.event.value),
);

const KNOWN_LOG_EVENTS = new Set<string>(
  stepLogEventSchema.options.map(option => option.shape.event.value),
);

/**
 * The {@link DeliveryApi} over the routes of the delivery backend, with the
 * user's token.
 *
 * @public
 */
export class DeliveryClient implements DeliveryApi {
  readonly #fetchApi: FetchApi;

  constructor(options: { fetchApi: FetchApi }) {
    this.#fetchApi = options.fetchApi;
  }

  /** {@inheritDoc DeliveryApi.readDelivery} */
  async readDelivery(request: DeliveryRequest): Promise<DeliveryAnswer> {
    const response = await this.#fetchApi.fetch(route(request.entityRef), {
      headers: request.revision
        ? { 'If-None-Match': `"${request.revision}"` }
        : {},
      signal: request.signal,
    });
    if (response.status === 304) {
      return { changed: false };
    }
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    const delivery = understood(deliverySchema, await response.json());
    return { changed: true, delivery };
  }

  /** {@inheritDoc DeliveryApi.streamDelivery} */
  async *streamDelivery(
    request: DeliveryRequest,
  ): AsyncGenerator<DeliveryStreamEvent> {
    const events = this.#stream(`${route(request.entityRef)}/stream`, {
      after: request.revision,
      signal: request.signal,
    });
    for await (const { event, data } of events) {
      if (KNOWN_EVENTS.has(event)) {
        yield understood(deliveryStreamEventSchema, {
          event,
          data: parsed(data),
        });
      }
    }
  }

  /** {@inheritDoc DeliveryApi.listDeliveries} */
  async listDeliveries(
    request: DeliveryListRequest = {},
  ): Promise<DeliveryListAnswer> {
    const { etag, signal, ...query } = request;
    const response = await this.#fetchApi.fetch(
      `${BASE}/deliveries${queryOf(query)}`,
      { headers: etag ? { 'If-None-Match': etag } : {}, signal },
    );
    if (response.status === 304) {
      return { changed: false };
    }
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return {
      changed: true,
      list: understood(deliveryListSchema, await response.json()),
      etag: response.headers.get('etag') ?? undefined,
    };
  }

  /** {@inheritDoc DeliveryApi.getDora} */
  async getDora(request: DoraRequest): Promise<Dora> {
    const { signal, ...query } = request;
    if ('entityRef' in query) {
      const { entityRef, ...ofIt } = query;
      const path = `${ofEntity(entityRef)}/dora${queryOf(ofIt)}`;
      return this.#read(doraSchema, path, signal);
    }
    return this.#read(doraSchema, `${BASE}/dora${queryOf(query)}`, signal);
  }

  /** {@inheritDoc DeliveryApi.listDora} */
  async listDora(request: DoraListRequest): Promise<EntityDoraList> {
    const { entityRefs, days, signal } = request;
    const query = queryOf({ entityRef: entityRefs, days });
    return this.#read(
      entityDoraListSchema,
      `${BASE}/dora/entities${query}`,
      signal,
    );
  }

  /** {@inheritDoc DeliveryApi.getRunHistory} */
  async getRunHistory(request: RunHistoryRequest): Promise<RunHistory> {
    const { entityRef, signal, ...query } = request;
    const path = `${ofEntity(entityRef)}/history${queryOf(query)}`;
    return this.#read(runHistorySchema, path, signal);
  }

  /** {@inheritDoc DeliveryApi.getDeploymentHistory} */
  async getDeploymentHistory(
    request: DeploymentHistoryRequest,
  ): Promise<DeploymentHistory> {
    const { entityRef, signal, ...query } = request;
    const path = `${ofEntity(entityRef)}/history/deployments${queryOf(query)}`;
    return this.#read(deploymentHistorySchema, path, signal);
  }

  /** {@inheritDoc DeliveryApi.operate} */
  async operate(request: OperateRequest): Promise<OperationOutcome> {
    const response = await this.#fetchApi.fetch(
      `${route(request.entityRef)}/operations`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(request.request),
        signal: request.signal,
      },
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return understood(operationOutcomeSchema, await response.json());
  }

  /** {@inheritDoc DeliveryApi.followStepLog} */
  async *followStepLog(
    request: FollowStepLogRequest,
  ): AsyncGenerator<StepLogEvent & { id?: string }> {
    const { tailLines, after, signal } = request;
    const events = this.#stream(
      `${logOf(request)}${queryOf({ follow: 'true', tailLines })}`,
      { after, signal },
    );
    for await (const { event, data, id } of events) {
      if (KNOWN_LOG_EVENTS.has(event)) {
        const known = understood(stepLogEventSchema, {
          event,
          data: parsed(data),
        });
        yield { ...known, id };
      }
    }
  }

  /** {@inheritDoc DeliveryApi.readStepLog} */
  async readStepLog(request: StepLogRequest): Promise<string> {
    const response = await this.#fetchApi.fetch(
      `${logOf(request)}${queryOf({ tailLines: 10_000 })}`,
      { headers: { accept: 'text/plain' }, signal: request.signal },
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response.text();
  }

  /** The browser keeps these answers and asks whether they are still true: `no-cache`. */
  async #read<T>(
    schema: z.ZodType<T>,
    path: string,
    signal?: AbortSignal,
  ): Promise<T> {
    const response = await this.#fetchApi.fetch(path, { signal });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return understood(schema, await response.json());
  }

  /** Events of a stream that goes on after the event `after`. */
  async *#stream(
    path: string,
    options: { after?: string; signal?: AbortSignal },
  ): AsyncGenerator<ServerSentEvent> {
    const response = await this.#fetchApi.fetch(path, {
      headers: {
        accept: 'text/event-stream',
        ...(options.after && { 'Last-Event-ID': options.after }),
      },
      cache: 'no-store',
      signal: options.signal,
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    const type = response.headers.get('content-type') ?? 'nothing';
    if (!response.body || !type.startsWith('text/event-stream')) {
      throw new InputError(`Expected an event stream and got ${type}`);
    }
    yield* readServerSentEvents(response.body, { idleMs: IDLE_MS });
  }
}

function ofEntity(entityRef: string): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  const path = [kind, namespace, name].map(encodeURIComponent).join('/');
  return `${BASE}/entities/${path}`;
}

function route(entityRef: string): string {
  return `${ofEntity(entityRef)}/delivery`;
}

function logOf({ entityRef, run, step }: StepLogRequest): string {
  const [runPart, stepPart] = [run, step].map(encodeURIComponent);
  return `${ofEntity(entityRef)}/runs/${runPart}/steps/${stepPart}/logs`;
}

/** A query string with its question mark; values that are lists become several. */
function queryOf(
  query: Record<string, string | number | readonly string[] | undefined>,
): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === ''
      ? []
      : [value].flat().map(each => [name, String(each)]),
  );
  return pairs.length > 0 ? `?${new URLSearchParams(pairs)}` : '';
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

function understood<T>(schema: z.ZodType<T>, value: unknown): T {
  // Without code that zod would first write and compile, which takes longer than it saves and
  // which a strict Content-Security-Policy forbids.
  const result = schema.safeParse(value, { jitless: true });
  if (!result.success) {
    throw new InputError(
      `The delivery backend sent something that this page does not understand; frontend and backend plugin may be of different versions. ${z.prettifyError(
        result.error,
      )}`,
    );
  }
  return result.data;
}
