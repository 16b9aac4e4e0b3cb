import {
  changeIn,
  type Answer,
  type Arrival,
  type Command,
} from './protocol.ts';

/** Clients that are opened at the same time. */
const PARALLEL = 20;

/** Where a client hands over what it reads. */
export interface Client {
  /**
   * @param bytes - valid during the call only
   * @param at - when they were there
   */
  received(bytes: Buffer, at: number): void;
}

/**
 * Serves the commands of a process of clients. All that is done for an event is to look
 * for its mark: the clients are not to be measured.
 *
 * @param follow - begins one client
 * @param end - what each event ends with
 */
export function serveClients(
  follow: (client: Client) => void,
  end: string,
): void {
  let arrivals: Arrival[] = [];
  const ending = Buffer.from(end);
  let size = 0;

  /** Ends when the client has got its first event. */
  function open(): Promise<void> {
    return new Promise(resolve => {
      let begun: Buffer | undefined;
      follow({
        received(bytes, at) {
          const event = begun ? Buffer.concat([begun, bytes]) : bytes;
          if (!event.subarray(-ending.length).equals(ending)) {
            begun = begun ? event : Buffer.from(bytes);
            return;
          }
          begun = undefined;
          const change = changeIn(event);
          if (change !== undefined) {
            arrivals.push([change, at]);
          }
          size = Math.max(size, event.length);
          resolve();
        },
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
    return { type: 'opened', bytes: size };
  }

  process.on('message', async (command: Command) =>
    process.send?.(await answer(command)),
  );
  process.on('disconnect', () => process.exit(1));
}
