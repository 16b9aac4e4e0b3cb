import type { Findings } from '../report/Result.ts';
import type { Size } from './scale.ts';

/**
 * Between two sizes a cost may grow as the sizes do, and by so much more: two
 * measurements of the same thing on one machine differ by about as much.
 */
const TOLERANCE = 1.15;
const MEBIBYTE = 2 ** 20;
const KIBIBYTE = 2 ** 10;

/** Compares two sizes with each other and with plain lists. */
export function scaleFindings(
  small: Size,
  large: Size,
  emptyHeap: number,
): Findings {
  const growth = large.pipelines / small.pipelines;
  const heapOf = ({ heap, pipelines }: Size) => (heap - emptyHeap) / pipelines;
  const liveTarget = ({ pipelines, live, raw }: Size) => ({
    name: `${pipelines} pipelines: until all is live, at most twice the plain lists`,
    value: live.milliseconds,
    limit: 2 * raw.milliseconds,
    unit: 'ms',
  });
  const linear = `grows at most as the pipelines do (× ${growth}, tolerance ${Math.round(
    (TOLERANCE - 1) * 100,
  )} %)`;
  return {
    targets: [
      liveTarget(small),
      liveTarget(large),
      {
        name: `until all is live: ${linear}`,
        value: large.live.milliseconds / small.live.milliseconds,
        limit: growth * TOLERANCE,
        unit: '×',
      },
      {
        name: `heap above that of one pipeline: ${linear}`,
        value: (large.heap - emptyHeap) / (small.heap - emptyHeap),
        limit: growth * TOLERANCE,
        unit: '×',
      },
      {
        name: `p99 of reading a delivery while objects change: ${linear}`,
        value: large.reads.p99 / small.reads.p99,
        limit: growth * TOLERANCE,
        unit: '×',
      },
    ],
    tables: [
      {
        title: 'Until all is known, and what it takes',
        columns: [
          'pipelines',
          'objects in the cluster',
          'objects watched',
          'plain lists (ms)',
          'live (ms)',
          'heap (MiB)',
          'heap per pipeline (KiB)',
        ],
        rows: [small, large].map(size => [
          size.pipelines,
          size.objects,
          size.raw.objects,
          size.raw.milliseconds,
          size.live.milliseconds,
          size.heap / MEBIBYTE,
          heapOf(size) / KIBIBYTE,
        ]),
      },
      {
        title: 'Reading a delivery over HTTP (ms), while objects change',
        columns: [
          'pipelines',
          'changes a second',
          'reads',
          'p50',
          'p95',
          'p99',
          'max',
        ],
        rows: [small, large].map(({ pipelines, reads, changes, seconds }) => [
          pipelines,
          changes / seconds,
          reads.count,
          reads.p50,
          reads.p95,
          reads.p99,
          reads.max,
        ]),
      },
    ],
    notes: [
      `A backend with one pipeline has ${Math.round(
        emptyHeap / MEBIBYTE,
      )} MiB of heap in use.`,
    ],
  };
}
