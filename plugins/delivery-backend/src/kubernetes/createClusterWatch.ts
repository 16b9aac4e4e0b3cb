import { LoggerService } from '@backstage/backend-plugin-api';
import { Clock, systemClock } from './clock';
import { describeStates } from './describeStates';
import { Discovery } from './Discovery';
import { customResourceDefinitions, groupsChanged } from './installedKinds';
import { KubeTransport } from './KubeTransport';
import { Reflector } from './Reflector';
import { mergeKinds } from './mergeKinds';
import { Store } from './Store';
import { ClusterWatch, KindRef, KindState } from './types';

export interface ClusterWatchOptions {
  /** Name of the cluster, as in the annotation `kro.run/cluster`. */
  name: string;
  kinds: readonly KindRef[];
  /** The way to the API server; closed by {@link ClusterWatch.stop}. */
  transport: KubeTransport;
  logger: LoggerService;
  /** Time and chance. Default: those of the system. */
  clock?: Clock;
}

/** How much one kind costs and holds, for metrics. */
export interface KindStatistics {
  group: string;
  kind: string;
  objects: number;
  lists: number;
  watches: number;
  events: number;
}

/** A {@link ClusterWatch} that also tells what it costs. */
export interface MeasuredClusterWatch extends ClusterWatch {
  statistics(): readonly KindStatistics[];
}

/** When one kind reaches the API server again, the others are woken, but not ever again. */
const WAKE_EVERY_MS = 5_000;
/** The log speaks of a cluster when its kinds have settled, not of each kind. */
const LOG_AFTER_MS = 1_000;

/**
 * Watches kinds of one cluster, one reflector each. Starts nothing before `start()`;
 * whatever is wrong with the cluster is a state of its kinds, never an exception.
 */
export function createClusterWatch(
  options: ClusterWatchOptions,
): MeasuredClusterWatch {
  const { name, transport, logger, clock = systemClock } = options;
  const store = new Store(error =>
    logger.error(`Listener of cluster ${name} failed`, error as Error),
  );
  const discovery = new Discovery(transport, clock);
  let wokenAt = -Infinity;
  let logged = '';
  let cancelLog: (() => void) | undefined;

  const reflectors = mergeKinds(options.kinds).map(kind => {
    const reflector: Reflector = new Reflector({
      kind,
      transport,
      discovery,
      clock,
      sink: store.collection(kind),
      onState: state => onState(state),
    });
    return reflector;
  });

  const definitions = new Reflector({
    kind: customResourceDefinitions,
    transport,
    discovery,
    clock,
    metadataOnly: true,
    sink: groupsChanged(clock, groups => {
      const affected = reflectors.filter(({ kind }) => groups.has(kind.group));
      if (affected.length > 0) {
        discovery.invalidate();
        affected.forEach(reflector => reflector.rediscover());
      }
    }),
  });

  function onState(state: KindState): void {
    store.stateChanged();
    if (
      state.state === 'live' &&
      clock.monotonic() - wokenAt >= WAKE_EVERY_MS
    ) {
      const waiting = [definitions, ...reflectors].filter(
        reflector => reflector.waitsForServer,
      );
      if (waiting.length > 0) {
        wokenAt = clock.monotonic();
        waiting.forEach(reflector => reflector.wake());
      }
    }
    cancelLog ??= clock.after(LOG_AFTER_MS, () => {
      cancelLog = undefined;
      const states = reflectors.map(reflector => reflector.state);
      const { level, message } = describeStates(states);
      if (message !== logged) {
        logged = message;
        logger[level](`Cluster ${name}: ${message}`);
      }
    });
  }

  return {
    name,
    objects: store,
    kindStates: () => reflectors.map(reflector => reflector.state),
    statistics: () =>
      reflectors.map(({ kind, counters }) => ({
        group: kind.group,
        kind: kind.kind,
        objects: store.collection(kind).size,
        ...counters,
      })),
    subscribe: listener => store.subscribe(listener),
    start: () =>
      [definitions, ...reflectors].forEach(reflector => reflector.start()),
    stop: async () => {
      cancelLog?.();
      cancelLog = undefined;
      await Promise.all(
        [definitions, ...reflectors].map(reflector => reflector.stop()),
      );
      transport.close();
    },
  };
}
