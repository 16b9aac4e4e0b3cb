import { KubeError } from './KubeError';
import { KindState } from './types';

/** What a reflector does about a failure. */
export interface Verdict {
  state: KindState['state'];
  reason: string;
  /** Where it goes on: with the same watch, with a fresh list, or with discovery. */
  next: 'watch' | 'list' | 'discover';
  /** Needs no pause, unless another such failure had none since the last sign of life. */
  atOnce: boolean;
  /** Nothing about this kind: it is over when the API server is back for any other. */
  everyKind: boolean;
}

/** A watch that the server refuses this often in a row is not resumed but listed anew. */
const REFUSED_TOO_OFTEN = 3;

/**
 * Judges a failed list, watch or discovery.
 *
 * @param refusals - answers with an error status in a row, this one included
 * @param isBack - whether the server could not be reached until a moment ago
 */
export function judge(
  error: KubeError,
  refusals: number,
  isBack = false,
): Verdict {
  const stale: Verdict = {
    state: 'stale',
    reason: error.message,
    next: 'watch',
    atOnce: false,
    everyKind: false,
  };
  switch (error.failure) {
    case 'credentials':
    case 'unreachable':
    case 'timeout':
      return { ...stale, everyKind: true };
    case 'closed':
      return stale;
    case 'protocol':
      return { ...stale, next: 'list' };
    default:
  }
  switch (error.status) {
    case 401:
      return { ...stale, everyKind: true };
    case 403:
      // An API server that starts refuses everybody but its own groups until it has
      // read its rules. One that has revoked ours refuses them a moment later, too.
      return isBack
        ? {
            ...stale,
            reason: `${error.message}; it was away and may still be starting`,
            everyKind: true,
          }
        : { ...stale, state: 'forbidden' };
    case 404:
      return { ...stale, next: 'discover', atOnce: true };
    case 410:
      return {
        ...stale,
        state: 'syncing',
        reason: 'API server no longer holds the changes since; listing again',
        next: 'list',
        atOnce: true,
      };
    case 429:
    case 503:
      return stale;
    default:
      return isAhead(error) || refusals >= REFUSED_TOO_OFTEN
        ? { ...stale, next: 'list' }
        : stale;
  }
}

/** Our resourceVersion is from a future that a restored API server has not seen. */
function isAhead(error: KubeError): boolean {
  return (
    error.status === 400 ||
    (error.status === 504 && /too large resource version/i.test(error.message))
  );
}

/**
 * Whether a resourceVersion is older than another. Versions are opaque unless both
 * are numbers (KEP-5504); then nothing is concluded.
 */
export function isOlder(a: string, b: string): boolean {
  return /^\d+$/.test(a) && /^\d+$/.test(b) && BigInt(a) < BigInt(b);
}
