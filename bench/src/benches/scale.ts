import { setTimeout as delay } from 'node:timers/promises';
import { BackendProcess } from '../backends/BackendProcess.ts';
import type { Bench } from '../Bench.ts';
import { ChangingObjects } from '../platform/ChangingObjects.ts';
import { drain, type Drained } from '../platform/drain.ts';
import {
  OBJECTS_PER_PIPELINE,
  writePipelines,
  type Pipeline,
} from '../platform/pipelines.ts';
import { startCluster, type BenchCluster } from '../platform/startCluster.ts';
import { distributionOf, type Distribution } from '../report/statistics.ts';
import { Deliveries, type Live } from '../viewers/Deliveries.ts';
import { scaleFindings } from './scaleFindings.ts';

const CHANGES_PER_SECOND = 50;
/** Deliveries that are read, spread over all pipelines; what else is in the catalog is not measured. */
const READ = 100;
/** Between a request to read one and the next. */
const READ_PAUSE_MS = 5;

/** What was measured with so many pipelines. */
export interface Size {
  pipelines: number;
  objects: number;
  raw: Drained;
  live: Live;
  /** Bytes in use once all is known. */
  heap: number;
  reads: Distribution;
  changes: number;
  /** Seconds in which changes were made. */
  seconds: number;
}

interface Options {
  cluster: BenchCluster;
  directory: string;
  seconds: number;
  say(message: string): void;
}

/** Bytes in use by a backend whose cluster has no pipeline. */
async function emptyHeap(options: Options): Promise<number> {
  const { cluster, directory, say } = options;
  const [pipeline] = await writePipelines(cluster.api, [0]);
  say('a backend with one pipeline, for the memory that it takes anyway');
  const backend = await startBackend(cluster, directory, [pipeline]);
  try {
    const deliveries = new Deliveries(backend);
    await deliveries.untilLive(pipeline.app);
    await deliveries.read([pipeline.app], 2_000, READ_PAUSE_MS);
    return (await backend.memory()).heap;
  } finally {
    await backend.stop();
  }
}

function startBackend(
  cluster: BenchCluster,
  directory: string,
  pipelines: readonly Pipeline[],
): Promise<BackendProcess> {
  return BackendProcess.start({
    plugins: ['delivery'],
    directory,
    kubeconfig: cluster.kubeconfigs.reader,
    entities: pipelines.map(({ entity }) => entity),
  });
}

async function measure(
  pipelines: readonly Pipeline[],
  options: Options,
): Promise<Size> {
  const { cluster, directory, seconds, say } = options;
  const every = Math.max(Math.floor(pipelines.length / READ), 1);
  const read = pipelines.filter((_, index) => index % every === 0);

  const backend = await startBackend(cluster, directory, read);
  try {
    say(
      `${pipelines.length} pipelines: the backend, then plain lists of the same`,
    );
    const deliveries = new Deliveries(backend);
    const live = await deliveries.untilLive(read[0].app);
    // The faster of two is what there is to beat.
    const raws = [
      await drain(cluster.api, live.resources),
      await drain(cluster.api, live.resources),
    ];
    const [raw] = raws.sort((a, b) => a.milliseconds - b.milliseconds);
    say(
      `raw ${Math.round(raw.milliseconds)} ms, live ${Math.round(
        live.milliseconds,
      )} ms`,
    );
    const apps = read.map(({ app }) => app);
    await deliveries.read(apps, 2_000, READ_PAUSE_MS);
    const { heap } = await backend.memory();

    say(`reading, while ${CHANGES_PER_SECOND} objects a second change`);
    const changing = new ChangingObjects(
      cluster.api,
      pipelines.map(({ workflow }) => workflow),
      CHANGES_PER_SECOND,
    );
    await delay(2_000);
    const times = await deliveries.read(apps, seconds * 1_000, READ_PAUSE_MS);
    const changes = await changing.stop();
    return {
      pipelines: pipelines.length,
      objects: pipelines.length * OBJECTS_PER_PIPELINE,
      raw,
      live,
      heap,
      reads: distributionOf(times),
      changes,
      seconds: seconds + 2,
    };
  } finally {
    await backend.stop();
  }
}

export const scale: Bench = async ({ quick, directory, say }) => {
  const [small, large] = quick ? [50, 100] : [1_000, 2_000];
  const cluster = await startCluster(directory, say);
  const options = { cluster, directory, say, seconds: quick ? 5 : 60 };
  try {
    const empty = await emptyHeap(options);
    const pipelines: Pipeline[] = [];
    const sizes: Size[] = [];
    for (const count of [small, large]) {
      say(`writing pipelines until there are ${count}`);
      const numbers = Array.from(
        { length: count - pipelines.length },
        (_, index) => pipelines.length + index + 1,
      );
      const started = Date.now();
      pipelines.push(
        ...(await writePipelines(cluster.api, numbers, written => {
          if (written % 200 === 0) {
            say(`${written} written`);
          }
        })),
      );
      say(`written in ${Math.round((Date.now() - started) / 1_000)} s`);
      sizes.push(await measure(pipelines, options));
    }
    return scaleFindings(sizes[0], sizes[1], empty);
  } finally {
    await cluster.stop();
  }
};
