import http from 'node:http';

/** Where an API server is and how to speak to it, at one moment. */
export interface Connection {
  server: URL;
  agent: http.Agent;
  /** Such as Authorization. Never logged. */
  headers: Readonly<Record<string, string>>;
}

/** The way to one cluster with one account; its credentials may change at any time. */
export interface ClusterAccess {
  /**
   * Current server and credentials, loaded or renewed when needed.
   *
   * @throws KubeError with failure `credentials` when they cannot be had
   */
  connection(): Promise<Connection>;
  /**
   * Says that a connection failed, so that the next one is made from scratch.
   *
   * @param isRefused - its credentials were refused
   */
  renew(failed: Connection, isRefused: boolean): void;
  /** Closes idle connections. */
  close(): void;
}
