import { mockServices } from '@backstage/backend-test-utils';
import { MemoryCluster } from '../__testUtils__/MemoryCluster';
import { entity } from '../__testUtils__/entity';
import {
  buildSteps,
  COMMIT,
  healthyPipeline,
  OLDER_COMMIT,
  pushBuild,
} from '../__testUtils__/objects';
import { recordsOf, type Observation } from '../history/recordsOf';
import { sources } from '../sources';
import { DefaultDeliveryService } from './DefaultDeliveryService';

describe('entities that are kept', () => {
  let cluster: MemoryCluster;
  let observed: Observation[];
  let service: DefaultDeliveryService;

  beforeEach(() => {
    jest.useFakeTimers();
    cluster = new MemoryCluster('local').put(...healthyPipeline());
    cluster.flush();
    observed = [];
    service = DefaultDeliveryService.create({
      sources,
      logger: mockServices.logger.mock(),
      observe: observation => observed.push(observation),
      settleMs: 50,
      keptMs: 1_000,
      lingerMs: 5_000,
      clusters: [{ watch: cluster, argoCdNamespace: 'argocd', links: {} }],
    });
    service.start();
  });

  afterEach(async () => {
    await service.stop();
    jest.useRealTimers();
  });

  const end = (commit: string) => {
    cluster.put(pushBuild(commit, 'Succeeded', buildSteps()));
    cluster.flush();
  };
  const named = (name: string) => {
    const it = entity();
    it.metadata.name = name;
    return it;
  };

  it('are observed although nobody looks, and again after each while with changes', async () => {
    service.keep([entity()]);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(observed).toHaveLength(1);
    expect(
      recordsOf(observed[0]).filter(({ table }) => table === 'runs'),
    ).toHaveLength(3);

    end(OLDER_COMMIT);
    end('1'.repeat(40));
    await jest.advanceTimersByTimeAsync(999);
    expect(observed).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(observed).toHaveLength(2);
    expect(
      recordsOf(observed[1]).filter(({ table }) => table === 'runs'),
    ).toHaveLength(5);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(observed).toHaveLength(2);
  });

  it('are not observed again and again while nothing changes', async () => {
    for (let minute = 0; minute < 5; minute += 1) {
      service.keep([entity()]);
      await jest.advanceTimersByTimeAsync(60_000);
    }
    expect(observed).toHaveLength(1);
    // They are remembered though nobody looks, so that changes are noticed.
    end(COMMIT);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(observed).toHaveLength(2);
  });

  it('are let go of when the catalog has them no more', async () => {
    service.keep([entity()]);
    await jest.advanceTimersByTimeAsync(1_000);
    service.keep([]);
    end(OLDER_COMMIT);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(observed).toHaveLength(1);
  });

  it('are computed again in the background when a kind is lost, not by who asks then', async () => {
    service.keep([entity(), named('same-pipeline')]);
    await jest.advanceTimersByTimeAsync(1_000);
    cluster.setStates('stale', 'Sensor', 'ECONNREFUSED');
    cluster.flush();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(observed).toHaveLength(4);
    for (const name of ['checkout', 'same-pipeline']) {
      service.overview(named(name));
    }
    expect(observed).toHaveLength(4);
  });

  it('wait for their clusters to be known, but not for ever', async () => {
    cluster.setStates('syncing');
    cluster.flush();
    service.keep([entity()]);
    await jest.advanceTimersByTimeAsync(20_000);
    expect(observed).toHaveLength(0);
    cluster.setStates('live');
    cluster.flush();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(observed).toHaveLength(1);

    cluster.setStates('syncing', 'Sensor');
    cluster.flush();
    await jest.advanceTimersByTimeAsync(59_000);
    expect(observed).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(3_000);
    expect(observed).toHaveLength(2);
  });

  it('do not make viewers wait', async () => {
    service.keep([entity(), named('same-pipeline')]);
    await jest.advanceTimersByTimeAsync(1_000);
    const listener = jest.fn();
    service.subscribe(entity(), listener);
    await jest.advanceTimersByTimeAsync(60_000);
    end(OLDER_COMMIT);
    await jest.advanceTimersByTimeAsync(1);
    expect(listener).toHaveBeenCalledTimes(1);
    const before = observed.length;
    await jest.advanceTimersByTimeAsync(1_000);
    // The viewed one was computed already; only the other was due.
    expect(observed).toHaveLength(before + 1);
  });
});
