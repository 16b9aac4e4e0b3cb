import { LoggerService } from '@backstage/backend-plugin-api';
import { Clock, systemClock } from './clock';
import { describeStates } from './describeStates';
import { Discovery } from './Discovery';
import { HeldKinds } from './HeldKinds';
import { customResourceDefinitions, groupsChanged } from './installedKinds';
import { KubeTransport } from './KubeTransport';
import { Reflector } from './Reflector';
import { Store } from './Store';
import { ClusterWatch, KindState } from './types';

export interface ClusterWatchOptions {
  /** Name of the cluster, as in the annotation `kro.run/cluster`. */
  name: string;
  /** The way to the API server; closed by {@link ClusterWatch.stop}. */
  transport: KubeTransport;
  logger: LoggerService;
  /** Time and chance. Default: those of the system. */
  clock?: Clock;
  /** How long a kind that nobody holds any more is watched on. Default: 5 minutes. */
  lingerMs?: number;
}

const LINGER_MS = 5 * 60_000;
/** When one kind reaches the API server again, the others are woken, but not ever again. */
const WAKE_EVERY_MS = 5_000;
/** The log speaks of a cluster when its kinds have settled, not of each kind. */
const LOG_AFTER_MS = 1_000;

/**
 * Watches the kinds of one cluster that somebody holds, one reflector each. Starts
 * nothing before `start()`; whatever is wrong with the cluster is a state of its kinds, never an exception.
 */
export function createClusterWatch(options: ClusterWatchOptions): ClusterWatch {
  const { name, transport, logger, clock = systemClock } = options;
  const store = new Store(error =>
    logger.error(`Listener of cluster ${name} failed`, error as Error),
  );
  const discovery = new Discovery(transport, clock);
  let started = false;
  let wokenAt = -Infinity;
  let logged = '';
  let cancelLog: (() => void) | undefined;

  const definitions = new Reflector({
    kind: customResourceDefinitions,
    transport,
    discovery,
    clock,
    metadataOnly: true,
    sink: groupsChanged(clock, groups => {
      const affected = reflectors().filter(({ kind }) =>
        groups.has(kind.group),
      );
      if (affected.length > 0) {
        discovery.invalidate();
        affected.forEach(reflector => reflector.rediscover());
      }
    }),
  });

  const held = new HeldKinds({
    store,
    clock,
    lingerMs: options.lingerMs ?? LINGER_MS,
    reflect: kind =>
      new Reflector({
        kind,
        transport,
        discovery,
        clock,
        sink: store.collection(kind),
        onState: state => onState(state, !kind.unannounced),
      }),
    onChange: announced => {
      watchDefinitions();
      statesChanged(announced);
    },
  });

  function reflectors(): Reflector[] {
    return [...held].map(({ reflector }) => reflector);
  }

  /** What a cluster could serve matters only to those who look for something. */
  function watchDefinitions(): void {
    if (started && held.size > 0) {
      definitions.start();
    } else {
      definitions.stop();
    }
  }

  function onState(state: KindState, announced: boolean): void {
    if (
      state.state === 'live' &&
      clock.monotonic() - wokenAt >= WAKE_EVERY_MS
    ) {
      const waiting = [definitions, ...reflectors()].filter(
        reflector => reflector.waitsForServer,
      );
      if (waiting.length > 0) {
        wokenAt = clock.monotonic();
        waiting.forEach(reflector => reflector.wake());
      }
    }
    statesChanged(announced);
  }

  function statesChanged(announced: boolean): void {
    if (announced) {
      store.stateChanged();
    }
    if (!started) {
      return;
    }
    cancelLog ??= clock.after(LOG_AFTER_MS, () => {
      cancelLog = undefined;
      const states = reflectors()
        .filter(({ kind }) => !kind.unannounced)
        .map(reflector => reflector.state);
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
    kindStates: () => reflectors().map(reflector => reflector.state),
    statistics: () =>
      [...held].map(({ holders, reflector: { kind, state, counters } }) => ({
        group: state.group,
        kind: state.kind,
        version: state.version,
        state: state.state,
        since: state.since,
        narrowedBy: state.narrowedBy,
        optional: state.optional,
        holders,
        objects: store.collection(kind).size,
        ...counters,
      })),
    ended: () => held.ended,
    subscribe: listener => store.subscribe(listener),
    acquire: kinds => held.acquire(kinds),
    start: () => {
      started = true;
      held.start();
      watchDefinitions();
    },
    stop: async () => {
      started = false;
      await Promise.all([held.stop(), definitions.stop()]);
      cancelLog?.();
      cancelLog = undefined;
      transport.close();
    },
  };
}
