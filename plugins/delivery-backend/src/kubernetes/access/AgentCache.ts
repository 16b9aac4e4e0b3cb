import { createHash } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';

/** Everything that makes two connections to a server differ. */
export interface AgentSettings {
  protocol: string;
  ca?: string | Buffer;
  cert?: string | Buffer;
  key?: string | Buffer;
  pfx?: string | Buffer;
  passphrase?: string;
  servername?: string;
  rejectUnauthorized?: boolean;
  proxyUrl?: string;
}

/**
 * One keep-alive agent for as long as the TLS settings are the same. When they
 * change, open watches stay on the old agent until they end; only its idle
 * connections are closed.
 */
export class AgentCache {
  #current?: { fingerprint: string; agent: http.Agent };

  get(settings: AgentSettings, create?: () => http.Agent): http.Agent {
    const fingerprint = fingerprintOf(settings);
    if (this.#current?.fingerprint !== fingerprint) {
      this.close();
      this.#current = { fingerprint, agent: (create ?? defaults(settings))() };
    }
    return this.#current.agent;
  }

  close(): void {
    const agent = this.#current?.agent as
      | (http.Agent & { maxFreeSockets?: number })
      | undefined;
    this.#current = undefined;
    if (agent) {
      // `agent.destroy()` would end the open watches too.
      agent.maxFreeSockets = 0;
      for (const sockets of Object.values(agent.freeSockets ?? {})) {
        sockets?.forEach(socket => socket.destroy());
      }
    }
  }
}

function defaults(settings: AgentSettings): () => http.Agent {
  const { protocol, proxyUrl, ...tls } = settings;
  const keep = { keepAlive: true, maxFreeSockets: 4 };
  return () =>
    protocol === 'http:'
      ? new http.Agent(keep)
      : new https.Agent({ ...keep, ...tls });
}

function fingerprintOf(settings: AgentSettings): string {
  const hash = createHash('sha256');
  for (const [name, value] of Object.entries(settings).sort()) {
    hash.update(`${name}\0`);
    hash.update(Buffer.isBuffer(value) ? value : String(value));
    hash.update('\0');
  }
  return hash.digest('hex');
}
