import net from 'node:net';

/** A TCP connection to a real API server that a test can cut. */
export class BreakableLink {
  readonly #pairs = new Set<[net.Socket, net.Socket]>();
  readonly #server: net.Server;
  #cut = false;
  /** Connections made so far. */
  connections = 0;

  private constructor(host: string, port: number) {
    this.#server = net.createServer(inner => {
      this.connections += 1;
      if (this.#cut) {
        inner.resetAndDestroy();
        return;
      }
      const outer = net.connect(port, host);
      const pair: [net.Socket, net.Socket] = [inner, outer];
      this.#pairs.add(pair);
      const end = () => {
        this.#pairs.delete(pair);
        pair.forEach(socket => socket.destroy());
      };
      pair.forEach(socket => socket.on('error', end).on('close', end));
      inner.pipe(outer).pipe(inner);
    });
  }

  static async to(server: URL): Promise<BreakableLink> {
    const link = new BreakableLink(
      server.hostname,
      Number(server.port || '443'),
    );
    await new Promise<void>(resolve => {
      link.#server.listen(0, '127.0.0.1', resolve);
    });
    return link;
  }

  get url(): string {
    const { port } = this.#server.address() as net.AddressInfo;
    return `https://127.0.0.1:${port}`;
  }

  /** Breaks what is open. */
  break(): void {
    for (const [inner, outer] of this.#pairs) {
      inner.resetAndDestroy();
      outer.destroy();
    }
  }

  /** Breaks what is open and refuses what comes. */
  cut(): void {
    this.#cut = true;
    this.break();
  }

  mend(): void {
    this.#cut = false;
  }

  async close(): Promise<void> {
    const closed = new Promise(resolve => this.#server.close(resolve));
    this.cut();
    await closed;
  }
}
