import { setImmediate } from 'node:timers/promises';
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
import type { LastRun } from '../delivery/lastRun';
import { KnownLastRuns } from '../history/KnownLastRuns';
import { pipelineKey } from '../history/pipelineKey';
import { sources } from '../sources';
import { DefaultDeliveryService } from './DefaultDeliveryService';

const recorded: LastRun = {
  name: 'checkout-cicd-recorded',
  purpose: 'build',
  status: 'failed',
  commit: OLDER_COMMIT,
  createdAt: '2026-11-24T07:00:00.000Z',
  finishedAt: '2026-11-24T07:03:00.000Z',
};

describe('the last run of a row', () => {
  let cluster: MemoryCluster;
  let build: object;
  let inDatabase: LastRun | undefined;
  let read: jest.Mock;
  let service: DefaultDeliveryService;

  beforeEach(() => {
    build = pushBuild(COMMIT, 'Succeeded', buildSteps());
    cluster = new MemoryCluster('local').put(...healthyPipeline(), build);
    cluster.flush();
    inDatabase = undefined;
    read = jest.fn(
      async (pipelines: readonly string[]) =>
        new Map(
          pipelines.flatMap(each =>
            inDatabase ? [[each, inDatabase] as const] : [],
          ),
        ),
    );
    const logger = mockServices.logger.mock();
    const lastRuns = new KnownLastRuns({ lastRuns: read }, logger);
    service = DefaultDeliveryService.create({
      sources,
      logger,
      observe: observation => lastRuns.observe(observation),
      lastRun: location => lastRuns.of(pipelineKey(location)),
      clusters: [{ watch: cluster, argoCdNamespace: 'argocd', links: {} }],
    });
    service.start();
  });

  afterEach(() => service.stop());

  const lastRun = () => service.overview(entity()).lastRun;
  const forget = (object: object) => {
    cluster.remove(object);
    cluster.flush();
  };

  it('is told on when the cluster has deleted it', () => {
    expect(lastRun()?.commit).toBe(COMMIT);
    forget(build);
    expect(service.read(entity()).runs[0].purpose).toBe('initial-build');
    expect(lastRun()).toMatchObject({
      purpose: 'build',
      commit: COMMIT,
      createdAt: '2026-11-24T06:02:00Z',
    });
  });

  it('is the recorded one where the cluster had deleted it before the start', async () => {
    forget(build);
    inDatabase = recorded;
    expect(lastRun()?.purpose).toBe('initial-build');
    await setImmediate();
    expect(lastRun()).toEqual(recorded);

    cluster.put(
      pushBuild('7'.repeat(40), 'Running', buildSteps('checkout-code'), {
        creationTimestamp: '2026-11-24T07:10:00Z',
      }),
    );
    cluster.flush();
    expect(lastRun()).toMatchObject({
      commit: '7'.repeat(40),
      status: 'running',
    });
    expect(read).toHaveBeenCalledTimes(1);
  });
});
