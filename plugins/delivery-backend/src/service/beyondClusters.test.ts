import { setTimeout } from 'node:timers/promises';
import { mockServices } from '@backstage/backend-test-utils';
import type {
  Delivery,
  RecordedRun,
} from '@golden-path/plugin-delivery-common';
import { MemoryCluster } from '../__testUtils__/MemoryCluster';
import { entity } from '../__testUtils__/entity';
import {
  COMMIT,
  healthyPipeline,
  OLDER_COMMIT,
} from '../__testUtils__/objects';
import { CommitCache } from '../git/CommitCache';
import type { GitRepository } from '../git/GitRepository';
import { KnownPast } from '../history/KnownPast';
import { systemClock } from '../kubernetes/clock';
import { sources } from '../sources';
import { beyondClusters } from './beyondClusters';
import { DefaultDeliveryService } from './DefaultDeliveryService';

const oldRun: RecordedRun = {
  uid: 'old',
  name: 'checkout-cicd-41d07',
  namespace: 'team-checkout',
  purpose: 'build',
  phase: 'Succeeded',
  status: 'succeeded',
  imageTag: OLDER_COMMIT,
  commit: OLDER_COMMIT,
  createdAt: '2026-11-23T06:00:00Z',
  finishedAt: '2026-11-23T06:03:00Z',
  steps: [],
};

describe('what no cluster knows', () => {
  const logger = mockServices.logger.mock();
  const asked: string[] = [];
  const repositories = {
    byUrl: async (url: string) => {
      const commit: GitRepository['commit'] = async sha => {
        asked.push(`${url} ${sha}`);
        return { sha, title: `Change ${sha.slice(0, 7)}`, author: 'Ada' };
      };
      return { commit } as GitRepository;
    },
  };
  const reader = {
    runs: jest.fn(async () => ({ runs: [oldRun], usualDurations: [] })),
    deployments: async () => ({ deployments: [], last: [], promotions: [] }),
  };
  const cluster = new MemoryCluster('local').put(...healthyPipeline());
  const commits = new CommitCache({
    repositories,
    logger,
    clock: systemClock,
  });
  const past = new KnownPast(reader, logger);
  const service = DefaultDeliveryService.create({
    sources,
    logger,
    settleMs: 0,
    beyond: beyondClusters(commits, past),
    clusters: [{ watch: cluster, argoCdNamespace: 'argocd', links: {} }],
  });

  afterAll(() => {
    commits.stop();
    past.stop();
  });

  it('is asked of nobody for a list', async () => {
    service.overview(entity());
    await setTimeout(20);
    expect(asked).toEqual([]);
    expect(reader.runs).not.toHaveBeenCalled();
  });

  it('is told to those who look as soon as it is known, once', async () => {
    const seen: Delivery[] = [];
    const first = service.read(entity());
    expect(first.journeys?.map(({ about }) => about)).toEqual([
      undefined,
      undefined,
    ]);
    const leave = service.subscribe(entity(), delivery => seen.push(delivery));
    while (seen.at(-1)?.journeys?.[2]?.about === undefined) {
      await setTimeout(5);
    }
    const { journeys, revision, environments } = seen.at(-1)!;
    expect(journeys?.map(({ tag, about }) => [tag, about?.title])).toEqual([
      [COMMIT, 'Change 9f3c1ab'],
      ['initial', undefined],
      [OLDER_COMMIT, 'Change 41d07e2'],
    ]);
    expect(environments[0].commit?.author).toBe('Ada');
    expect(revision).not.toBe(first.revision);

    const told = seen.length;
    await setTimeout(50);
    expect(seen).toHaveLength(told);
    expect(service.read(entity()).revision).toBe(revision);
    expect(asked.filter(each => each.endsWith(COMMIT))).toEqual([
      `https://git.example/team/checkout ${COMMIT}`,
    ]);
    leave();
  });
});
