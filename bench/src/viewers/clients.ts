import type { IncomingMessage } from 'node:http';
import { now } from '../clock.ts';
import {
  changeIn,
  type Answer,
  type Arrival,
  type Command,
} from './protocol.ts';

/** Requests that are opened at the same time. */
const PARALLEL = 20;

/**
 * Serves the commands of a process of clients; each client is one open answer. All
 * that is done for an event is to look for its mark: these are not to be measured.
 *
 * @param connect - opens one
 * @param end - what each event ends with
 */
export function serveClients(
  connect: () => Promise<IncomingMessage>,
  end: string,
): void {
  let arrivals: Arrival[] = [];
  const ending = Buffer.from(end);
  let bytes = 0;

  async function open(): Promise<void> {
    const response = await connect();
    if (response.statusCode !== 200) {
      throw new Error(`A client was answered with ${response.statusCode}`);
    }
    response.on('close', () => {
      throw new Error('The answer of a client ended');
    });
    let chunks: Buffer[] = [];
    await new Promise<void>(resolve => {
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        if (!chunk.subarray(-ending.length).equals(ending)) {
          return;
        }
        const at = now();
        const event = chunks.length === 1 ? chunk : Buffer.concat(chunks);
        chunks = [];
        const change = changeIn(event);
        if (change !== undefined) {
          arrivals.push([change, at]);
        }
        bytes = event.length;
        resolve();
      });
    });
  }

  async function answer(command: Command): Promise<Answer> {
    if (command.type === 'take') {
      const taken = arrivals;
      arrivals = [];
      return { type: 'arrivals', arrivals: taken };
    }
    let left = command.count;
    const work = async () => {
      while (left-- > 0) {
        await open();
      }
    };
    await Promise.all(Array.from({ length: PARALLEL }, work));
    return { type: 'opened', bytes };
  }

  process.on('message', async (command: Command) =>
    process.send?.(await answer(command)),
  );
  process.on('disconnect', () => process.exit(1));
}
