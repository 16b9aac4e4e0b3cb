import { mockServices } from '@backstage/backend-test-utils';
import { MemoryCluster } from '../__testUtils__/MemoryCluster';
import { entity } from '../__testUtils__/entity';
import {
  application,
  buildSteps,
  COMMIT,
  healthyPipeline,
  oamApplication,
  OLDER_COMMIT,
  pushBuild,
  resourceGraph,
} from '../__testUtils__/objects';
import { sources } from '../sources';
import { DefaultDeliveryService } from './DefaultDeliveryService';

describe('DefaultDeliveryService', () => {
  let cluster: MemoryCluster;
  let collected: jest.Mock;
  let service: DefaultDeliveryService;

  beforeEach(() => {
    jest.useFakeTimers();
    cluster = new MemoryCluster('local').put(...healthyPipeline());
    cluster.flush();
    collected = jest.fn(() => ({}));
    service = DefaultDeliveryService.create({
      sources: [
        ...sources,
        { system: 'Counter', kinds: [], collect: collected },
      ],
      logger: mockServices.logger.mock(),
      settleMs: 50,
      lingerMs: 1000,
      clusters: [{ watch: cluster, argoCdNamespace: 'argocd', links: {} }],
    });
    service.start();
  });

  afterEach(async () => {
    await service.stop();
    jest.useRealTimers();
  });

  const push = (commit = OLDER_COMMIT) =>
    cluster.put(
      pushBuild(commit, 'Running', buildSteps('checkout-code'), {
        creationTimestamp: '2026-11-24T07:00:00Z',
      }),
    );

  it('computes once, however many look', () => {
    service.subscribe(entity(), jest.fn());
    service.subscribe(entity(), jest.fn());
    expect(service.read(entity())).toBe(service.read(entity()));
    expect(collected).toHaveBeenCalledTimes(1);
  });

  it('tells all viewers of a change at once, and gathers those that follow', () => {
    const listeners = [jest.fn(), jest.fn()];
    listeners.forEach(listener => service.subscribe(entity(), listener));
    push();
    cluster.flush();
    for (const listener of listeners) {
      expect(listener).toHaveBeenCalledTimes(1);
    }
    expect(listeners[0].mock.calls[0][0]).toBe(listeners[1].mock.calls[0][0]);

    for (const commit of [COMMIT, '1'.repeat(40), '2'.repeat(40)]) {
      push(commit);
      cluster.flush();
    }
    jest.advanceTimersByTime(48);
    expect(listeners[0]).toHaveBeenCalledTimes(1);
    jest.advanceTimersByTime(2);
    expect(listeners[0]).toHaveBeenCalledTimes(2);
    expect(collected).toHaveBeenCalledTimes(3);
  });

  it('does not compute again for what does not concern the entity', () => {
    service.subscribe(entity(), jest.fn());
    const elsewhere = (object: any) => ({
      ...object,
      metadata: {
        ...object.metadata,
        name: 'other',
        namespace: 'team-other',
        labels: { 'app.kubernetes.io/name': 'other' },
        uid: `other-${object.metadata.uid}`,
      },
    });
    cluster.put(
      ...healthyPipeline().map(elsewhere),
      elsewhere(resourceGraph()),
    );
    cluster.flush();
    jest.advanceTimersByTime(1000);
    expect(collected).toHaveBeenCalledTimes(1);
  });

  it.each<[string, () => object]>([
    ['an Application found by label', () => application('prod', COMMIT)],
    [
      'an OAM Application named by another',
      () => oamApplication('dev', COMMIT),
    ],
  ])('computes again for %s', (_name, object) => {
    service.subscribe(entity(), jest.fn());
    cluster.put(object());
    cluster.flush();
    jest.advanceTimersByTime(50);
    expect(collected).toHaveBeenCalledTimes(2);
  });

  it('says nothing where the document stays the same', () => {
    const listener = jest.fn();
    service.subscribe(entity(), listener);
    cluster.put(
      ...healthyPipeline()
        .filter((o: any) => o.kind === 'CICDPipeline')
        .map((o: any) => ({
          ...o,
          metadata: { ...o.metadata, generateName: 'nobody-reads-this' },
        })),
    );
    cluster.flush();
    jest.advanceTimersByTime(50);
    expect(collected).toHaveBeenCalledTimes(2);
    expect(listener).not.toHaveBeenCalled();
  });

  it('computes only when asked while nobody follows', () => {
    service.read(entity());
    push();
    cluster.flush();
    jest.advanceTimersByTime(100);
    expect(collected).toHaveBeenCalledTimes(1);
    expect(service.read(entity()).runs[0].commit).toBe(OLDER_COMMIT);
    expect(collected).toHaveBeenCalledTimes(2);
  });

  it('goes on telling the others when one viewer fails', () => {
    const listener = jest.fn();
    service.subscribe(entity(), () => {
      throw new Error('broken pipe');
    });
    service.subscribe(entity(), listener);
    push();
    cluster.flush();
    jest.advanceTimersByTime(50);
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('goes on with the next change when a computation fails', () => {
    const listener = jest.fn();
    service.subscribe(entity(), listener);
    collected.mockImplementationOnce(() => {
      throw new Error('a defect');
    });
    push();
    cluster.flush();
    expect(listener).not.toHaveBeenCalled();
    push(COMMIT);
    cluster.flush();
    jest.advanceTimersByTime(50);
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('tells each viewer what differs from what that viewer has', () => {
    const early = jest.fn();
    const late = jest.fn();
    service.subscribe(entity(), early);
    // Told at once; what follows is gathered.
    push();
    cluster.flush();
    cluster.setStates('stale');
    cluster.flush();
    service.subscribe(entity(), late);
    cluster.setStates('live');
    cluster.flush();
    jest.advanceTimersByTime(50);
    expect(early).toHaveBeenCalledTimes(1);
    expect(late).toHaveBeenCalledTimes(1);
  });

  it('tells of a lost cluster', () => {
    const listener = jest.fn();
    service.subscribe(entity(), listener);
    cluster.setStates('stale', undefined, 'ECONNREFUSED');
    cluster.flush();
    jest.advanceTimersByTime(50);
    expect(listener.mock.calls[0][0].stages[0].staleSince).toBeDefined();
  });

  it('forgets what nobody looked at for a while, not what is followed', () => {
    service.read(entity());
    jest.advanceTimersByTime(1000);
    service.read(entity());
    expect(collected).toHaveBeenCalledTimes(2);

    const unsubscribe = service.subscribe(entity(), jest.fn());
    jest.advanceTimersByTime(5000);
    service.read(entity());
    expect(collected).toHaveBeenCalledTimes(2);
    unsubscribe();
    jest.advanceTimersByTime(1000);
    service.read(entity());
    expect(collected).toHaveBeenCalledTimes(3);
  });

  it('starts and stops the watches of its clusters', async () => {
    expect(cluster.started).toBe(true);
    await service.stop();
    expect(cluster.started).toBe(false);
  });
});
