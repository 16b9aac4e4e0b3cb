import { setTimeout as delay } from 'node:timers/promises';
import { BackendProcess } from '../backends/BackendProcess.ts';
import type { Bench } from '../Bench.ts';
import { now } from '../clock.ts';
import { changeMessage } from '../platform/ChangingObjects.ts';
import { writePipelines, type Pipeline } from '../platform/pipelines.ts';
import { startCluster, type BenchCluster } from '../platform/startCluster.ts';
import type { Findings } from '../report/Result.ts';
import { distributionOf, type Distribution } from '../report/statistics.ts';
import { ClientProcess } from '../viewers/ClientProcess.ts';
import type { Arrival } from '../viewers/protocol.ts';

/** Between changes, so that one has arrived everywhere before the next is made. */
const PACE_MS = 250;
const MANY = 500;

interface Change {
  sent: number;
  /** When the API server said that it is done. */
  answered: number;
}

/** How long changes took to get somewhere, in milliseconds. */
interface Latency {
  clients: number;
  /** From the answer to whoever made the change; below 0 when the event was faster. */
  sinceAnswer: Distribution;
  /** From the request of whoever made the change. */
  sinceRequest: Distribution;
  /** Changes that a client never got. */
  missing: number;
}

function latencyOf(
  changes: ReadonlyMap<number, Change>,
  arrivals: readonly Arrival[],
  clients: number,
): Latency {
  const known = arrivals.flatMap(([number, at]) => {
    const change = changes.get(number);
    return change ? [{ number, change, at }] : [];
  });
  // By change: one that came twice, in a document that is new for another reason, does not
  // make up for one that never came.
  const times = new Map<number, number>();
  known.forEach(({ number }) =>
    times.set(number, (times.get(number) ?? 0) + 1),
  );
  const missing = [...changes.keys()].map(number =>
    Math.max(clients - (times.get(number) ?? 0), 0),
  );
  return {
    clients,
    sinceAnswer: distributionOf(
      known.map(({ change, at }) => at - change.answered),
    ),
    sinceRequest: distributionOf(
      known.map(({ change, at }) => at - change.sent),
    ),
    missing: missing.reduce((sum, each) => sum + each, 0),
  };
}

/** Changes the message of a pipeline's newest run, again and again. */
class Writer {
  readonly #cluster: BenchCluster;
  readonly #pipeline: Pipeline;
  #last = 0;

  constructor(cluster: BenchCluster, pipeline: Pipeline) {
    this.#cluster = cluster;
    this.#pipeline = pipeline;
  }

  async change(count: number): Promise<Map<number, Change>> {
    const changes = new Map<number, Change>();
    for (let done = 0; done < count; done++) {
      this.#last += 1;
      changes.set(this.#last, await this.#patch(this.#last));
      // Not in step with whatever else happens at regular times.
      await delay(PACE_MS * (0.8 + Math.random() * 0.4));
    }
    return changes;
  }

  async #patch(number: number): Promise<Change> {
    const sent = now();
    await changeMessage(this.#cluster.api, this.#pipeline.workflow, number);
    return { sent, answered: now() };
  }
}

export const latency: Bench = async ({ quick, directory, say }) => {
  const cluster = await startCluster(directory, say);
  const stops: (() => Promise<void>)[] = [() => cluster.stop()];
  try {
    const [pipeline] = await writePipelines(cluster.api, [1]);
    const writer = new Writer(cluster, pipeline);
    const count = quick ? 20 : 300;

    say('starting the backend');
    const backend = await BackendProcess.start({
      plugins: ['delivery'],
      directory,
      kubeconfig: cluster.kubeconfigs.reader,
      entities: [pipeline.entity],
    });
    stops.push(() => backend.stop());
    const { namespace, name } = pipeline.workflow.metadata;
    const rawPath = `/apis/argoproj.io/v1alpha1/namespaces/${namespace}/workflows?watch=1&fieldSelector=metadata.name%3D${name}`;
    const startRaw = () =>
      ClientProcess.rawWatches(cluster.kubeconfigs.administrator, rawPath);
    const streams = ClientProcess.streams(
      `${backend.url}/api/delivery/v1/entities/component/default/${pipeline.app}/delivery/stream`,
      backend.token,
    );
    const raw = startRaw();
    stops.push(
      () => streams.stop(),
      () => raw.stop(),
    );
    const rawBytes = await raw.open(1);

    /** Changes, seen by so many clients of ours and by one raw watch. */
    const phase = async (clients: number) => {
      say(`${count} changes, ${clients} clients of the stream and 1 raw watch`);
      // Warm, and not with what the opening of the clients left to be done.
      await writer.change(20);
      await Promise.all([streams.arrivals(), raw.arrivals()]);
      const changes = await writer.change(count);
      const [ours, theirs] = await Promise.all([
        streams.arrivals(),
        raw.arrivals(),
      ]);
      return {
        ours: latencyOf(changes, ours, clients),
        raw: latencyOf(changes, theirs, 1),
      };
    };

    await streams.open(1);
    await delay(2_000);
    const one = await phase(1);
    const bytes = await streams.open(MANY - 1);
    await delay(5_000);
    const many = await phase(MANY);
    await streams.stop();

    say(`${count} changes, ${MANY} raw watches`);
    await raw.open(MANY - 1);
    await delay(2_000);
    await writer.change(20);
    await raw.arrivals();
    const changes = await writer.change(count);
    const rawMany = latencyOf(changes, await raw.arrivals(), MANY);
    return findings({ one, many, rawMany, count, bytes, rawBytes });
  } finally {
    for (const stop of stops.reverse()) {
      await stop();
    }
  }
};

interface Measured {
  one: { ours: Latency; raw: Latency };
  many: { ours: Latency; raw: Latency };
  rawMany: Latency;
  count: number;
  bytes: number;
  rawBytes: number;
}

function findings(measured: Measured): Findings {
  const { one, many, rawMany, count, bytes, rawBytes } = measured;
  const rows: [string, Latency][] = [
    ['raw watch, beside 1 client', one.raw],
    ['our stream, 1 client', one.ours],
    [`raw watch, beside ${MANY} clients`, many.raw],
    [`our stream, ${MANY} clients`, many.ours],
    [`${MANY} raw watches`, rawMany],
  ];
  const table = (title: string, of: 'sinceRequest' | 'sinceAnswer') => ({
    title,
    columns: ['who', 'p50', 'p95', 'p99', 'max', 'events', 'missing'],
    rows: rows.map(([name, each]) => {
      const { p50, p95, p99, max, count: events } = each[of];
      return [name, p50, p95, p99, max, events, each.missing];
    }),
  });
  return {
    targets: [
      {
        name: '1 client, p95: at most 25 ms more than the raw watch',
        value: one.ours.sinceAnswer.p95,
        limit: one.raw.sinceAnswer.p95 + 25,
        unit: 'ms',
      },
      {
        name: `${MANY} clients, p95: at most 3 times that of the one raw watch`,
        value: many.ours.sinceRequest.p95,
        limit: 3 * many.raw.sinceRequest.p95,
        unit: 'ms',
      },
      {
        name: 'changes that a client did not get',
        value: one.ours.missing + many.ours.missing,
        limit: 0,
        unit: '',
      },
    ],
    tables: [
      table(
        `${count} changes: milliseconds from the request that made a change to the event`,
        'sinceRequest',
      ),
      table(
        'The same from the answer to that request (below 0: the event was there first)',
        'sinceAnswer',
      ),
    ],
    notes: [
      `The document is ${bytes} bytes on the stream, the Workflow ${rawBytes} on the raw watch.`,
    ],
  };
}
