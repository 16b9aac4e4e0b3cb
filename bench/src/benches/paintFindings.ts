import type { FirstPaints } from '../paint/firstPaints.ts';
import type { Updates } from '../paint/updates.ts';
import type { Findings, Target } from '../report/Result.ts';
import { distributionOf, median } from '../report/statistics.ts';

/** What was measured in the browser. */
export interface Painted {
  /** Of our tab, then of that of the Kubernetes plugin. */
  firstPaints: readonly FirstPaints[];
  /** While changes came one by one. */
  single: Updates;
  /** While they came fast, in parts one after the other. */
  many: readonly Updates[];
  /** Bytes in use before the first part and after each. */
  heap: readonly number[];
  /** Version of Chromium. */
  browser: string;
}

const MEBIBYTE = 2 ** 20;
/** What may be added to the heap without being a leak: code that was compiled meanwhile. */
const FLAT = 1.05;

export function paintFindings(painted: Painted): Findings {
  const { firstPaints, single, many, heap, browser } = painted;
  const all = many.reduce(together);
  const [ours, theirs] = firstPaints;
  const megabytes = heap.map(bytes => bytes / MEBIBYTE);
  const missing = ({ changes, events, latencies }: Updates) =>
    Math.max(changes - events, 0) + events - latencies.length;
  return {
    targets: [
      {
        name: 'a run of 200 steps is open: from an event to the paint, median',
        value: median(single.latencies),
        limit: 50,
        unit: 'ms',
      },
      {
        name: 'changes one by one that had no event or no paint',
        value: missing(single),
        limit: 0,
        unit: '',
      },
      {
        name: 'the longest task while it changes 20 times a second',
        value: Math.max(0, ...all.longTasks),
        limit: 200,
        unit: 'ms',
      },
      {
        name: 'heap after that, at most 1.05 times that before',
        value: megabytes[megabytes.length - 1],
        limit: FLAT * megabytes[0],
        unit: 'MiB',
      },
      {
        name: 'layout shift by all of these changes, sum of the scores',
        value: single.layoutShift + all.layoutShift,
        limit: 0.02,
        unit: '',
      },
      ...(['cold', 'warm'] as const).map(
        (kind): Target => ({
          name: `first paint of use, ${kind}: not after the tab of the Kubernetes plugin, medians`,
          value: median(ours[kind]),
          limit: median(theirs[kind]),
          unit: 'ms',
        }),
      ),
    ],
    tables: [
      {
        title: 'From an event on the stream to the paint that shows it, ms',
        columns: [
          'they come',
          'changes',
          'a second',
          'events',
          'p50',
          'p95',
          'p99',
          'max',
          'tasks above 50 ms',
          'longest task',
          'layout shift',
        ],
        rows: [row('one by one', single), row('fast', all)],
      },
      {
        title: `JavaScript heap of the page after a forced collection, while it changes 20 times a second, MiB`,
        columns: ['before', 'after half of the time', 'after all of it'],
        rows: [megabytes],
      },
      {
        title:
          'From the beginning of a navigation to the first paint of use, ms',
        columns: ['tab', 'cache', 'loads', 'fastest', 'median', 'slowest'],
        rows: (['cold', 'warm'] as const).flatMap(kind =>
          firstPaints.map(({ tab, ...times }) => [
            tab.name,
            kind,
            times[kind].length,
            Math.min(...times[kind]),
            median(times[kind]),
            Math.max(...times[kind]),
          ]),
        ),
      },
    ],
    notes: [
      `Chromium ${browser}, headless. An event was ${single.eventBytes} bytes.`,
    ],
  };
}

function together(a: Updates, b: Updates): Updates {
  return {
    changes: a.changes + b.changes,
    seconds: a.seconds + b.seconds,
    latencies: [...a.latencies, ...b.latencies],
    events: a.events + b.events,
    longTasks: [...a.longTasks, ...b.longTasks],
    layoutShift: a.layoutShift + b.layoutShift,
    eventBytes: b.eventBytes,
  };
}

function row(name: string, updates: Updates): (string | number)[] {
  const { p50, p95, p99, max } = distributionOf(updates.latencies);
  const { changes, seconds, events, longTasks, layoutShift } = updates;
  return [
    name,
    changes,
    changes / seconds,
    events,
    p50,
    p95,
    p99,
    max,
    longTasks.length,
    Math.max(0, ...longTasks),
    layoutShift,
  ];
}
