import { setImmediate } from 'node:timers/promises';
import { LinkFault } from '../__testing__/FaultyLink';
import { LinkRequest } from '../__testing__/LinkRequest';

/** Answers under way break, so that what is asked next meets the fault. */
const breakOff: LinkFault['relay'] = async (_, { reset, abandoned }) => {
  reset();
  await abandoned;
};

/** Answers with an error instead of the API server. */
export function refusal(
  status: number,
  headers: Record<string, string> = {},
): LinkFault {
  return {
    relay: breakOff,
    answer: response =>
      response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(
          JSON.stringify({
            kind: 'Status',
            apiVersion: 'v1',
            status: 'Failure',
            message: 'imposed by the test',
            code: status,
          }),
        ),
  };
}

/** Takes the request and never says a word. */
export const noAnswer: LinkFault = { relay: breakOff, answer: () => {} };

/** Hands over the first half of an answer, and nothing more. */
export const stalledAnswer: LinkFault = {
  relay: async (piece, { send, abandoned }) => {
    await send(piece.subarray(0, piece.length / 2));
    await abandoned;
  },
};

/** Hands nothing over any more, while the connection seems to be well. */
export const silence: LinkFault = {
  relay: (_, { abandoned }) => abandoned,
};

/** Hands over byte by byte, each on its own. */
export const drip: LinkFault = {
  relay: async (piece, { send }) => {
    for (let at = 0; at < piece.length; at += 1) {
      await send(piece.subarray(at, at + 1));
      await setImmediate();
    }
  },
};

/** Breaks the connection in the middle of the last line that came. */
export const resetInEvent: LinkFault = {
  relay: async (piece, { send, reset, abandoned }) => {
    const begin = piece.lastIndexOf('\n', piece.length - 2) + 1;
    await send(piece.subarray(0, begin + (piece.length - begin) / 2));
    reset();
    await abandoned;
  },
};

/** The watch under way and the check after it: what a version that is forgotten ends. */
export const followsVersion = ({ purpose, isLive }: LinkRequest): boolean =>
  isLive || purpose === 'check';
