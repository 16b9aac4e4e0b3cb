import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { BackendProcess } from '../backends/BackendProcess.ts';
import type { Bench } from '../Bench.ts';
import { writePipelines } from '../platform/pipelines.ts';
import {
  difference,
  scrape,
  total,
  type RequestCounts,
  type Scrape,
} from '../platform/requestCounts.ts';
import { listedResource, watchedResources } from '../platform/resources.ts';
import { startCluster } from '../platform/startCluster.ts';
import type { Findings } from '../report/Result.ts';
import { ChangingObjects } from '../platform/ChangingObjects.ts';
import type { Sent } from '../backends/probe.ts';
import { ClientProcess } from '../viewers/ClientProcess.ts';
import { PollProcess } from '../viewers/PollProcess.ts';

const VIEWERS = [1, 20, 200];
/** After viewers came: what their coming cost is not of a quiet minute. */
const SETTLE_MS = 5_000;
/** Groups whose kinds the Kubernetes plugin shows without being told. */
const KNOWN_TO_KUBERNETES_PLUGIN = [
  'v1',
  'apps/v1',
  'autoscaling/v2',
  'batch/v1',
  'networking.k8s.io/v1',
];

/** What the API server was asked in one window. */
interface Window {
  who: string;
  viewers: number;
  perMinute: { list: number; get: number; watch: number };
  /** Asked by reason of the viewers' coming, before the window. */
  toOpen: number;
  openWatches: number;
  byResource: RequestCounts;
  remark?: string;
}

export const upstream: Bench = async ({ quick, directory, say }) => {
  const seconds = quick ? 10 : 60;
  const cluster = await startCluster(directory, say);
  const stops: (() => void | Promise<void>)[] = [() => cluster.stop()];
  try {
    const [pipeline] = await writePipelines(cluster.api, [1]);
    const entityFile = join(directory, 'entity.json');
    writeFileSync(entityFile, JSON.stringify(pipeline.entity));
    let before: Scrape = await scrape(cluster);
    /** What the plugin's own process asked of the API server. */
    const asked: Sent[] = [];

    const window = async (
      who: string,
      viewers: number,
      backend?: BackendProcess,
    ): Promise<Window> => {
      await delay(SETTLE_MS);
      const opened = await scrape(cluster);
      asked.push(...((await backend?.requests()) ?? []));
      say(`${seconds} s with ${viewers} viewers of ${who}`);
      await delay(seconds * 1_000);
      const after = await scrape(cluster);
      const sent = (await backend?.requests()) ?? [];
      asked.push(...sent);
      const counted = difference(opened.counts, after.counts);
      const perMinute = (verb: string) => (total(counted, verb) * 60) / seconds;
      const opening = difference(before.counts, opened.counts);
      // A watch is counted when it ends; those that began are open now.
      const begun = after.openWatches - opened.openWatches;
      const toOpen =
        total(opening) + Math.max(opened.openWatches - before.openWatches, 0);
      before = after;
      const measured: Window = {
        who,
        viewers,
        perMinute: {
          list: perMinute('LIST'),
          get: perMinute('GET'),
          watch: perMinute('WATCH') + (Math.max(begun, 0) * 60) / seconds,
        },
        toOpen,
        openWatches: after.openWatches,
        byResource: counted,
      };
      return backend
        ? withoutOthers(measured, listsOf(sent), seconds)
        : measured;
    };

    const baseline = await window('nothing', 0);
    const windows = [baseline];

    const options = { directory, entities: [pipeline.entity] };
    say('starting a backend with the delivery plugin');
    const ours = await BackendProcess.start({
      ...options,
      plugins: ['delivery'],
      kubeconfig: cluster.kubeconfigs.reader,
    });
    stops.push(() => ours.stop());
    const streams = ClientProcess.streams(
      `${ours.url}/api/delivery/v1/entities/component/default/${pipeline.app}/delivery/stream`,
      ours.token,
    );
    stops.push(() => streams.stop());
    let opened = 0;
    for (const viewers of VIEWERS) {
      await streams.open(viewers - opened);
      opened = viewers;
      windows.push(await window('delivery', viewers, ours));
    }
    const changing = new ChangingObjects(cluster.api, [pipeline.workflow], 1);
    windows.push(await window('delivery, 1 change a second', opened, ours));
    const changes = await changing.stop();
    const last = windows[windows.length - 1];
    last.remark = [`${changes} changes`, last.remark]
      .filter(Boolean)
      .join('; ');
    const resources = watchedResources(asked.map(it => it.path));
    await streams.stop();
    await ours.stop();

    say('starting a backend with the Kubernetes plugin');
    const theirs = await BackendProcess.start({
      ...options,
      plugins: ['kubernetes'],
      kubeconfig: cluster.kubeconfigs.administrator,
      customResources: resources.filter(
        it => !KNOWN_TO_KUBERNETES_PLUGIN.includes(it.apiVersion),
      ),
    });
    stops.push(() => theirs.stop());
    const polls = new PollProcess(
      `${theirs.url}/api/kubernetes/services/${pipeline.app}`,
      theirs.token,
      entityFile,
    );
    stops.push(() => polls.stop());
    opened = 0;
    for (const viewers of VIEWERS) {
      await polls.open(viewers - opened);
      opened = viewers;
      await polls.polls();
      const measured = await window('kubernetes', viewers);
      const { answered, failed, skipped, objects } = await polls.polls();
      const due = answered + failed + skipped;
      measured.remark = `${answered} of ${due} polls answered, ${failed} failed, ${skipped} skipped; ${objects} objects each`;
      windows.push(measured);
    }
    return findings(windows, baseline, seconds);
  } finally {
    for (const stop of stops.reverse()) {
      await stop();
    }
  }
};

/** How often each resource was listed by a process, in its own words. */
function listsOf(sent: readonly Sent[]): RequestCounts {
  const counts: RequestCounts = new Map();
  for (const resource of sent.map(({ path }) => listedResource(path))) {
    if (resource) {
      const key = `LIST ${resource}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return counts;
}

/**
 * The API server lists now and then for itself, such as addresses that it checks every
 * few minutes. Of its count, what the plugin's process did not ask for is set aside and
 * named; what the process asked for is counted, too, where the API server has not (yet).
 */
function withoutOthers(
  window: Window,
  own: RequestCounts,
  seconds: number,
): Window {
  const others = [...window.byResource]
    .filter(([request]) => request.startsWith('LIST '))
    .map(
      ([request, count]) => [request, count - (own.get(request) ?? 0)] as const,
    )
    .filter(([, count]) => count > 0);
  const named = (counts: Iterable<readonly [string, number]>) =>
    [...counts].map(([request, count]) => `${count} ${request}`).join(', ');
  const remarks = [
    own.size > 0 && `counted: ${named(own)}`,
    others.length > 0 &&
      `not counted, of the API server's own: ${named(others)}`,
  ];
  return {
    ...window,
    byResource: new Map([
      ...[...window.byResource].filter(
        ([request]) => !request.startsWith('LIST '),
      ),
      ...own,
    ]),
    perMinute: { ...window.perMinute, list: (total(own) * 60) / seconds },
    remark: remarks.filter(Boolean).join('; ') || undefined,
  };
}

function findings(
  windows: readonly Window[],
  baseline: Window,
  seconds: number,
): Findings {
  const net = ({ perMinute }: Window, verb: keyof Window['perMinute']) =>
    Math.max(perMinute[verb] - baseline.perMinute[verb], 0);
  const sum = (window: Window) =>
    net(window, 'list') + net(window, 'get') + net(window, 'watch');
  const of = (who: string, viewers: number) =>
    windows.find(it => it.who === who && it.viewers === viewers)!;
  const quiet = VIEWERS.map(viewers => of('delivery', viewers));
  return {
    targets: [
      {
        name: 'requests a minute at 200 viewers: at most 1.05 times those at 1 viewer',
        value: sum(of('delivery', 200)),
        limit: 1.05 * sum(of('delivery', 1)),
        unit: '/min',
      },
      {
        name: 'open watches at 200 viewers: at most 1.05 times those at 1 viewer',
        value: of('delivery', 200).openWatches - baseline.openWatches,
        limit: 1.05 * (of('delivery', 1).openWatches - baseline.openWatches),
        unit: '',
      },
      {
        name: 'LISTs in a quiet minute, whatever the number of viewers',
        value: Math.max(...quiet.map(({ perMinute }) => perMinute.list)),
        limit: 0,
        unit: '/min',
      },
    ],
    tables: [
      {
        title: `Requests a minute at the API server, windows of ${seconds} s`,
        columns: [
          'plugin',
          'viewers',
          'LIST',
          'GET',
          'WATCH',
          'all, without those of nothing',
          'once, for the viewers to come',
          'open watches',
          '',
        ],
        rows: windows.map(window => [
          window.who,
          window.viewers,
          window.perMinute.list,
          window.perMinute.get,
          window.perMinute.watch,
          sum(window),
          window.toOpen,
          window.openWatches,
          window.remark ?? '',
        ]),
      },
      {
        title: 'Which resources, at 200 viewers',
        columns: ['request', 'delivery', 'kubernetes', 'nothing'],
        rows: byResource(of('delivery', 200), of('kubernetes', 200), baseline),
      },
    ],
  };
}

function byResource(...windows: Window[]): (string | number)[][] {
  const keys = new Set(windows.flatMap(it => [...it.byResource.keys()]));
  return [...keys]
    .sort()
    .map(key => [key, ...windows.map(it => it.byResource.get(key) ?? 0)]);
}
