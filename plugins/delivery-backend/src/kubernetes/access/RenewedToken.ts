import { Clock } from '../clock';

/** A bearer token, fresh from whoever issues it. */
export interface IssuedToken {
  token: string;
  /** How long it is accepted from now on. */
  lifetimeMs: number;
}

/** Issues a bearer token each time that it is called. */
export type TokenIssuer = () => Promise<IssuedToken>;

/** A token is replaced when so much of its life is over. */
const RENEW_AFTER = 2 / 3;
/** Whoever issues tokens is not asked more often while it fails. */
const RETRY_MS = 30_000;
/** A token may be on its way to the server when it ends. */
const MARGIN_MS = 30_000;

/**
 * A token that is replaced well before it expires. When a new one cannot be had, the old
 * one does for as long as it lives.
 */
export class RenewedToken {
  #current?: { token: string; renewAt: number; endsAt: number };

  constructor(
    private readonly issue: TokenIssuer,
    private readonly clock: Clock,
  ) {}

  /** @throws whatever the issuer throws, when there is no token that still lives */
  async get(): Promise<string> {
    const current = this.#current;
    const now = this.clock.monotonic();
    if (current && now < current.renewAt) {
      return current.token;
    }
    try {
      const { token, lifetimeMs } = await this.issue();
      this.#current = {
        token,
        renewAt: now + lifetimeMs * RENEW_AFTER,
        endsAt: now + lifetimeMs - MARGIN_MS,
      };
      return token;
    } catch (error) {
      if (current && now < current.endsAt) {
        this.#current = { ...current, renewAt: now + RETRY_MS };
        return current.token;
      }
      throw error;
    }
  }

  /** The API server has refused it. */
  forget(): void {
    this.#current = undefined;
  }
}
