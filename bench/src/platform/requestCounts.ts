import type { BenchCluster } from './startCluster.ts';

/** Requests by verb and resource, for example `LIST workflows.argoproj.io`. */
export type RequestCounts = Map<string, number>;

const LINE = /^apiserver_request_total\{(.*)\} (\S+)$/;
const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g;
/** Requests that read objects; nothing else is asked for by those who only show them. */
const READS = ['LIST', 'GET', 'WATCH'];

/** Reads the API server's own count of the requests that it has answered. */
export function parseRequestCounts(metrics: string): RequestCounts {
  const counts: RequestCounts = new Map();
  for (const line of metrics.split('\n')) {
    const [, labelText, value] = LINE.exec(line) ?? [];
    if (labelText === undefined) {
      continue;
    }
    const labels = Object.fromEntries(
      [...labelText.matchAll(LABEL)].map(([, name, text]) => [name, text]),
    );
    // Without a resource: /metrics, /readyz, discovery.
    if (READS.includes(labels.verb) && labels.resource) {
      const resource = [labels.resource, labels.group]
        .filter(Boolean)
        .join('.');
      const key = `${labels.verb} ${resource}`;
      counts.set(key, (counts.get(key) ?? 0) + Number(value));
    }
  }
  return counts;
}

/** Watches that are open now; the API server counts a watch when it has ended. */
export function parseOpenWatches(metrics: string): number {
  return metrics
    .split('\n')
    .filter(line =>
      /^apiserver_longrunning_requests\{.*verb="WATCH"/.test(line),
    )
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}

export interface Scrape {
  counts: RequestCounts;
  openWatches: number;
}

export async function scrape({ api }: BenchCluster): Promise<Scrape> {
  const metrics = await api.text('/metrics');
  return {
    counts: parseRequestCounts(metrics),
    openWatches: parseOpenWatches(metrics),
  };
}

/** What was asked between two counts. */
export function difference(
  before: RequestCounts,
  after: RequestCounts,
): RequestCounts {
  return new Map(
    [...after]
      .map(([key, value]) => [key, value - (before.get(key) ?? 0)] as const)
      .filter(([, value]) => value > 0),
  );
}

/** All requests of a verb; of any verb without one. */
export function total(counts: RequestCounts, verb?: string): number {
  return [...counts]
    .filter(([key]) => !verb || key.startsWith(`${verb} `))
    .reduce((sum, [, value]) => sum + value, 0);
}
