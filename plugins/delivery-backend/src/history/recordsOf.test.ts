import { readFileSync } from 'node:fs';
import path from 'node:path';
import { MemoryCluster } from '../__testUtils__/MemoryCluster';
import {
  application,
  buildSteps,
  COMMIT,
  healthyPipeline,
  oamApplication,
  OLDER_COMMIT,
  pushBuild,
} from '../__testUtils__/objects';
import { locate } from '../delivery/locate';
import { collectFacts } from '../service/collectFacts';
import { sources } from '../sources';
import { naturalId, type HistoryRecord } from './records';
import { recordsOf, type Observation } from './recordsOf';

function observation(
  objects: any[],
  health: Observation['health'] = [],
): Observation {
  const { metadata } = objects.find(({ kind }) => kind === 'CICDPipeline');
  const cluster = new MemoryCluster('local').put(...objects);
  const located = locate(
    {
      'kro.run/resource-group': 'cicdpipeline.kro.run',
      'kro.run/instance-name': metadata.name,
      'kro.run/instance-namespace': metadata.namespace,
    },
    ['local'],
  );
  return {
    located,
    health,
    facts: collectFacts(sources, {
      location: located.location,
      objects: cluster.objects,
      cluster: name => (name === 'local' ? cluster.objects : undefined),
      clusterAt: name => (name === 'local' ? name : undefined),
      argoCdNamespace: 'argocd',
    }),
  };
}

const ofTable = <T extends HistoryRecord['table']>(
  records: HistoryRecord[],
  table: T,
) =>
  records.filter(
    (each): each is Extract<HistoryRecord, { table: T }> =>
      each.table === table,
  );

function recorded(name: string): any[] {
  const file = path.resolve(__dirname, '../__fixtures__', `${name}.json`);
  return JSON.parse(readFileSync(file, 'utf8'));
}

describe('recordsOf', () => {
  it.each([
    'building',
    'build-failed',
    'first-build-failed',
    'healthy',
    'rollout-failed',
    'setup-failed',
  ])('takes from %s what the local platform itself says of it', name => {
    const objects = recorded(name);
    const records = recordsOf(observation(objects));
    const workflows = objects.filter(({ kind }) => kind === 'Workflow');
    const ended = workflows.filter(({ status }) => status?.finishedAt);
    expect(
      ofTable(records, 'runs')
        .map(({ uid, phase, finishedAt }) => [uid, phase, finishedAt])
        .sort(),
    ).toEqual(
      ended
        .map(({ metadata, status }) => [
          metadata.uid,
          status.phase,
          status.finishedAt,
        ])
        .sort(),
    );
    const environments = objects.filter(
      ({ kind, apiVersion, metadata }) =>
        kind === 'Application' &&
        apiVersion.startsWith('argoproj.io') &&
        metadata.annotations?.['cicd.kro.run/environment'],
    );
    const succeeded = ofTable(records, 'deployments').filter(
      ({ outcome }) => outcome === 'succeeded',
    );
    expect(
      succeeded.map(({ applicationUid, id, revision, finishedAt }) => [
        applicationUid,
        id,
        revision,
        finishedAt,
      ]),
    ).toEqual(
      environments.flatMap(({ metadata, status }) =>
        (status?.history ?? []).map((entry: any) => [
          metadata.uid,
          String(entry.id),
          entry.revision,
          entry.deployedAt,
        ]),
      ),
    );
    expect(
      ofTable(records, 'health_changes').map(
        ({ applicationUid, health, since }) => [applicationUid, health, since],
      ),
    ).toEqual(
      environments
        .filter(({ status }) => status?.health?.lastTransitionTime)
        .map(({ metadata, status }) => [
          metadata.uid,
          status.health.status,
          status.health.lastTransitionTime,
        ]),
    );
    const ids = records.map(naturalId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('leaves out what has not ended', () => {
    const running = pushBuild(COMMIT, 'Running', buildSteps('run-tests'));
    const unseen = pushBuild(OLDER_COMMIT, undefined);
    const objects = [...healthyPipeline('c'.repeat(40)), running, unseen];
    const names = ofTable(recordsOf(observation(objects)), 'runs').map(
      ({ name }) => name,
    );
    expect(names).not.toContain((running as any).metadata.name);
    expect(names).not.toContain((unseen as any).metadata.name);
  });

  it('knows nothing of a pipeline that cannot be located', () => {
    const seen = observation(healthyPipeline());
    expect(
      recordsOf({
        ...seen,
        located: { ...seen.located, problem: {} as any },
      }),
    ).toEqual([]);
  });

  describe('of an environment', () => {
    const history = [
      {
        id: 3,
        revision: 'r3',
        deployedAt: '2026-11-24T06:00:10Z',
        initiatedBy: { username: 'ada' },
      },
      {
        id: 4,
        revision: 'r4',
        deployStartedAt: '2026-11-24T07:00:00Z',
        deployedAt: '2026-11-24T07:00:10Z',
        initiatedBy: { automated: true },
      },
    ];
    const dev = (status: object, tag = COMMIT) => [
      ...healthyPipeline().filter(
        ({ kind, metadata }: any) =>
          !(
            kind === 'Application' &&
            /dev/.test(metadata.name + metadata.namespace)
          ),
      ),
      application('dev', tag, { status: { history, ...status } as any }),
      oamApplication('dev', tag),
    ];
    const deployments = (status: object, health?: Observation['health']) =>
      ofTable(
        recordsOf(observation(dev(status), health)),
        'deployments',
      ).filter(({ environment }) => environment === 'dev');
    const settled = {
      sync: { status: 'Synced', revision: 'r4' },
      operationState: { phase: 'Succeeded' },
    };

    it('takes each deployment with who asked for it, and the image of the newest', () => {
      expect(
        deployments(settled).map(({ id, by, commit, startedAt }) => ({
          id,
          by,
          commit,
          startedAt,
        })),
      ).toEqual([
        { id: '3', by: 'ada', commit: undefined, startedAt: undefined },
        {
          id: '4',
          by: undefined,
          commit: COMMIT,
          startedAt: '2026-11-24T07:00:00Z',
        },
      ]);
    });

    const stale = {
      system: 'KubeVela',
      cluster: 'local',
      apiVersion: 'core.oam.dev/v1beta1',
      kind: 'Application',
      state: 'stale',
      since: '2026-11-24T07:00:00Z',
      feeds: ['run'],
    } as unknown as Observation['health'][number];

    it.each<[string, object, Observation['health']]>([
      [
        'the next one is coming',
        { ...settled, sync: { status: 'OutOfSync' } },
        [],
      ],
      [
        'a sync goes on',
        { ...settled, operationState: { phase: 'Running' } },
        [],
      ],
      ['what is known of it is old', settled, [stale]],
    ])('does not take the image while %s', (_when, status, health) => {
      expect(deployments(status, health).map(({ commit }) => commit)).toEqual([
        undefined,
        undefined,
      ]);
    });

    it('takes a sync that failed, which Argo CD forgets with the next', () => {
      expect(
        deployments({
          ...settled,
          operationState: {
            phase: 'Failed',
            message: 'one or more objects failed to apply',
            startedAt: '2026-11-24T08:00:00Z',
            finishedAt: '2026-11-24T08:00:05Z',
            syncResult: { revision: 'r5' },
            operation: { initiatedBy: { username: 'ada' } },
          },
        }).at(-1),
      ).toMatchObject({
        id: 'failed 2026-11-24T08:00:00Z',
        outcome: 'failed',
        revision: 'r5',
        by: 'ada',
        message: 'one or more objects failed to apply',
        finishedAt: '2026-11-24T08:00:05Z',
      });
    });
  });
});
