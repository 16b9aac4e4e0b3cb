import type { Delivery } from '@golden-path/plugin-delivery-common';
import type { DeliveryApi } from '../api';
import { isFinal, toFailure } from './failure';
import { Pace, RETRY_MS } from './Pace';
import { reuseUnchanged } from './reuseUnchanged';
import type { Connection, DeliveryView } from './view';
import { pause, whenVisible, whileVisible } from './visibility';

/** What a feed asks of the API. */
export type FeedApi = Pick<DeliveryApi, 'readDelivery' | 'streamDelivery'>;

/** A stream that says nothing for so long after it was opened is held back by a proxy. */
const FIRST_EVENT_MS = 8_000;
/** How long the stream outlives its last viewer: moving from card to tab keeps it. */
const LINGER_MS = 3_000;
/** How long it waits for the first viewer where it was started ahead. */
const AHEAD_MS = 15_000;

/**
 * Keeps one delivery up to date for all components that show it: one stream while
 * somebody looks, none while the page is hidden, conditional requests where streams
 * cannot be had.
 */
export class DeliveryFeed {
  readonly #api: FeedApi;
  readonly #entityRef: string;
  readonly #onStop: () => void;
  readonly #listeners = new Set<() => void>();
  readonly #pace = new Pace();
  #view: DeliveryView = {
    state: 'loading',
    connection: { state: 'connecting' },
  };
  #lastTrue = new Date().toISOString();
  #running: AbortController | undefined;
  #lingering: ReturnType<typeof setTimeout> | undefined;

  constructor(options: {
    api: FeedApi;
    entityRef: string;
    /** Called when nobody has looked for a while and the feed has let go. */
    onStop?: () => void;
  }) {
    this.#api = options.api;
    this.#entityRef = options.entityRef;
    this.#onStop = options.onStop ?? (() => {});
  }

  getView = (): DeliveryView => this.#view;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    clearTimeout(this.#lingering);
    if (!this.#running) {
      this.#start();
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) {
        this.#linger(LINGER_MS);
      }
    };
  };

  /** Starts before anybody looks; somebody will in a moment. */
  startAhead = (): void => {
    if (!this.#running) {
      this.#start();
      this.#linger(AHEAD_MS);
    }
  };

  /** Starts anew, for example after a permission was granted. */
  retry = (): void => {
    this.#stop();
    if (this.#view.state === 'error') {
      this.#show({ state: 'loading', connection: { state: 'connecting' } });
    }
    this.#start();
  };

  #start() {
    this.#running = new AbortController();
    this.#follow(this.#running.signal);
  }

  #stop() {
    this.#running?.abort();
    this.#running = undefined;
  }

  /** Lets go after a while, unless somebody looks. */
  #linger(milliseconds: number) {
    this.#lingering = setTimeout(() => {
      this.#stop();
      this.#onStop();
    }, milliseconds);
  }

  async #follow(signal: AbortSignal): Promise<void> {
    this.#pace.reset();
    while (!signal.aborted) {
      if (document.hidden) {
        this.#lose('paused');
        await whenVisible(signal);
      }
      const visible = whileVisible(signal);
      const startedAt = Date.now();
      try {
        if (this.#pace.isTimeToAsk()) {
          await this.#ask({ state: 'polling' }, visible.signal);
        } else {
          const end = await this.#stream(visible.signal);
          // The token has run out: come back at once with a new one.
          if (end === 'expired' && Date.now() - startedAt > RETRY_MS) {
            continue;
          }
          throw new Error('The stream ended');
        }
      } catch (error) {
        if (visible.signal.aborted) {
          continue;
        }
        this.#pace.fail();
        const hopeless = await this.#survive(error, visible.signal);
        if (hopeless && !signal.aborted) {
          this.#running = undefined;
          return;
        }
      } finally {
        visible.release();
      }
      const isAnswered = this.#view.connection.state === 'polling';
      await pause(this.#pace.nextPause(isAnswered), signal);
    }
  }

  /** Reads the stream until it ends; resolves with the reason that the backend gave. */
  async #stream(signal: AbortSignal) {
    const open = new AbortController();
    const close = () => open.abort();
    signal.addEventListener('abort', close);
    const openedAt = new Date().toISOString();
    const patience = setTimeout(() => {
      // It may not end by that: while Backstage asks the user to sign in again, it waits.
      this.#lose('reconnecting', openedAt);
      close();
    }, FIRST_EVENT_MS);
    try {
      const events = this.#api.streamDelivery({
        entityRef: this.#entityRef,
        revision: this.#revision(),
        signal: open.signal,
      });
      for await (const { event, data } of events) {
        clearTimeout(patience);
        if (signal.aborted) {
          return undefined;
        }
        if (event === 'end') {
          if (data.reason === 'forbidden' || data.reason === 'gone') {
            // The stream only says that; the other route says why, in words.
            await this.#api.readDelivery({
              entityRef: this.#entityRef,
              signal,
            });
          }
          return data.reason;
        }
        this.#pace.reset();
        this.#confirm(
          { state: 'live' },
          event === 'delivery' ? data : undefined,
        );
      }
      return undefined;
    } finally {
      clearTimeout(patience);
      signal.removeEventListener('abort', close);
      close();
    }
  }

  /** One conditional request. */
  async #ask(connection: Connection, signal: AbortSignal) {
    const answer = await this.#api.readDelivery({
      entityRef: this.#entityRef,
      revision: this.#revision(),
      signal,
    });
    if (!signal.aborted) {
      this.#confirm(connection, answer.changed ? answer.delivery : undefined);
    }
  }

  /**
   * After a failure: is it the stream alone, or the backend?
   *
   * @returns true where trying again by itself cannot help
   */
  async #survive(error: unknown, signal: AbortSignal) {
    let failure = toFailure(error);
    if (!isFinal(failure)) {
      this.#lose('reconnecting');
      try {
        const connection: Connection = this.#pace.isPolling
          ? { state: 'polling' }
          : { state: 'reconnecting', since: new Date().toISOString() };
        await this.#ask(connection, signal);
        return false;
      } catch (secondError) {
        failure = toFailure(secondError);
      }
    }
    if (signal.aborted) {
      return false;
    }
    if (isFinal(failure) || this.#view.state !== 'ready') {
      const { connection } = this.#view;
      this.#show({ state: 'error', failure, connection });
    } else {
      this.#lose('reconnecting');
    }
    return isFinal(failure);
  }

  #revision(): string | undefined {
    return this.#view.state === 'ready'
      ? this.#view.delivery.revision
      : undefined;
  }

  /** What is shown is true at this moment. */
  #confirm(connection: Connection, delivery: Delivery | undefined) {
    this.#lastTrue = new Date().toISOString();
    const shown =
      this.#view.state === 'ready' ? this.#view.delivery : undefined;
    const newest = delivery ? reuseUnchanged(shown, delivery) : shown;
    if (newest) {
      this.#show({ state: 'ready', delivery: newest, connection });
    }
  }

  /** What is shown may be outdated, from now on where it does not say since when. */
  #lose(state: 'reconnecting' | 'paused', from = new Date().toISOString()) {
    if (this.#view.connection.state === 'live') {
      this.#lastTrue = from;
    }
    if (this.#view.state === 'ready') {
      const connection: Connection = { state, since: this.#lastTrue };
      this.#show({ ...this.#view, connection });
    }
  }

  #show(view: DeliveryView) {
    const shown = this.#view;
    // Whoever shows only the connection need not look at each document.
    const connection =
      shown.connection.state === view.connection.state &&
      since(shown.connection) === since(view.connection)
        ? shown.connection
        : view.connection;
    const same =
      shown.state === 'ready' &&
      view.state === 'ready' &&
      shown.delivery === view.delivery &&
      shown.connection === connection;
    if (!same) {
      this.#view = { ...view, connection };
      this.#listeners.forEach(listener => listener());
    }
  }
}

function since(connection: Connection): string | undefined {
  return 'since' in connection ? connection.since : undefined;
}
