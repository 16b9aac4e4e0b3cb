/** What a request is for; a watcher's requests differ in what they cost. */
export type Purpose = 'discovery' | 'list' | 'page' | 'check' | 'watch';

/** One request, as far as its price goes. */
export interface LinkRequest {
  readonly purpose: Purpose;
  /** Plural of the kind; none for discovery. */
  readonly resource?: string;
  readonly url: string;
  /** When, on the monotonic clock, in milliseconds. */
  readonly at: number;
  /** Whether the answer has begun. */
  isAnswered: boolean;
  /** Whether a watch was accepted, with all objects if it begins with them. */
  isLive: boolean;
}

/** How often each purpose occurred. */
export type Spending = Record<Purpose, number>;

/** Group or core, version, perhaps a namespace, resource. */
const COLLECTION =
  /^\/(?:api|apis\/[^/]+)\/[^/]+\/(?:namespaces\/[^/]+\/)?([^/]+)$/;

/** Reads the target of a request to an API server that has just come. */
export function readRequest(target: string): LinkRequest {
  const url = new URL(target, 'https://api.invalid');
  const resource = COLLECTION.exec(url.pathname)?.[1];
  return {
    purpose: purposeOf(url, resource),
    resource,
    url: target,
    at: performance.now(),
    isAnswered: false,
    isLive: false,
  };
}

function purposeOf(
  { searchParams }: URL,
  resource: string | undefined,
): Purpose {
  if (!resource) {
    return 'discovery';
  }
  if (searchParams.has('watch')) {
    // A watch that begins with all objects is a list by another name.
    return searchParams.has('sendInitialEvents') ? 'list' : 'watch';
  }
  if (searchParams.has('continue')) {
    return 'page';
  }
  return searchParams.get('limit') === '1' ? 'check' : 'list';
}

/** Sums up requests. */
export function spendingOf(requests: readonly LinkRequest[]): Spending {
  const spending = { discovery: 0, list: 0, page: 0, check: 0, watch: 0 };
  for (const { purpose } of requests) {
    spending[purpose] += 1;
  }
  return spending;
}
