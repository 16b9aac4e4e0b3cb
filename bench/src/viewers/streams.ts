import net from 'node:net';
import { now } from '../clock.ts';
import { serveClients, type Client } from './clients.ts';

/*
 * Clients of the delivery plugin's event stream, as many as told: `streams.ts URL TOKEN`.
 *
 * One process stands for hundreds of browsers, so it must not be what is waited for: it
 * reads sockets itself, all into the same memory, and takes no event apart.
 */
const [address, token] = process.argv.slice(2);
const url = new URL(address);
const memory = Buffer.allocUnsafe(256 * 1024);
const HEAD = Buffer.from('\r\n\r\n');
const OK = 'HTTP/1.1 200';
/** What the head of an answer may take. */
const MAXIMUM_HEAD = 16 * 1024;

/** Follows one stream. Throws when it ends or is refused, which ends the process. */
function follow(client: Client): void {
  let isBody = false;
  let head = Buffer.alloc(0);
  const socket = net.connect({
    host: url.hostname,
    port: Number(url.port),
    onread: {
      buffer: memory,
      callback(size, bytes) {
        const at = now();
        const read = Buffer.from(bytes.buffer, bytes.byteOffset, size);
        if (isBody) {
          client.received(read, at);
          return true;
        }
        head = Buffer.concat([head, read]);
        const end = head.indexOf(HEAD);
        if (
          !head.toString('latin1').startsWith(OK) ||
          head.length > MAXIMUM_HEAD + size
        ) {
          throw new Error(`A client was answered: ${head.subarray(0, 200)}`);
        }
        if (end >= 0) {
          isBody = true;
          client.received(head.subarray(end + HEAD.length), at);
        }
        return true;
      },
    },
  });
  socket.on('close', () => {
    throw new Error('The stream of a client ended');
  });
  socket.write(
    `GET ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\nAuthorization: Bearer ${token}\r\n\r\n`,
  );
}

serveClients(follow, '\n\n');
