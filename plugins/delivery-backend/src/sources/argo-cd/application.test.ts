import { readFileSync } from 'node:fs';
import path from 'node:path';
import { application, pipeline } from '../../__testUtils__/objects';
import {
  deliveryFor,
  isNo,
  stageOf,
  stagesOf,
} from '../../__testUtils__/deliveryFor';
import { healthyPipeline } from '../../__testUtils__/objects';
import { readApplication } from './application';
import { trimApplication } from './trim';

/** Argo CD wrote them on the local platform: synced, changed by hand, refused and so on. */
const recorded: Record<string, any> = JSON.parse(
  readFileSync(
    path.resolve(__dirname, '__fixtures__/applications.json'),
    'utf8',
  ),
);

const read = (object: any) =>
  readApplication(trimApplication(structuredClone(object)), () => 'local');

describe('an Argo CD Application', () => {
  it.each<[string, object]>([
    [
      'manual',
      {
        sync: 'OutOfSync',
        automated: false,
        deployments: [],
        deployedRevisionCompared: false,
        unsettledResources: [
          { kind: 'Application', name: 'alpha', sync: 'OutOfSync' },
        ],
      },
    ],
    [
      'retrying',
      {
        operation: 'Running',
        retry: { attempt: 2, limit: 2 },
        selfHeals: true,
        unsettledResources: [
          {
            kind: 'Application',
            name: 'alpha',
            sync: 'SyncFailed',
            message: 'namespaces "team-s2-absent" not found',
          },
        ],
      },
    ],
    ['failed', { operation: 'Failed', retry: undefined }],
    [
      'synced',
      {
        sync: 'Synced',
        unsettledResources: undefined,
        operationBy: 'jane',
        deployments: [{ id: 0, by: 'jane' }],
      },
    ],
    [
      'drifted',
      {
        sync: 'OutOfSync',
        selfHeals: false,
        deployedRevisionCompared: true,
        unsettledResources: [
          {
            group: 'core.oam.dev',
            kind: 'Application',
            namespace: 'team-s2-drift',
            name: 'alpha',
            sync: 'OutOfSync',
          },
        ],
      },
    ],
    [
      'multiSource',
      {
        revision: '63b1a2ebf989d303137c2a27407e84e97fb04234',
        deployedRevisionCompared: true,
        sources: [
          {
            repository: 'https://git.example.com/golden-path/alpha.git',
            path: 'deployment/dev',
            targetRevision: 'main',
          },
          {
            repository: 'https://git.example.com/golden-path/beta1.git',
            path: 'deployment/dev',
            targetRevision: 'main',
          },
        ],
        oamApplications: [
          { name: 'alpha', namespace: 'team-s2-multi' },
          { name: 'beta1', namespace: 'team-s2-multi' },
        ],
      },
    ],
    [
      'degraded',
      {
        health: 'Degraded',
        healthMessage: 'Caused by apps/Deployment:team-s2-multi/alpha',
      },
    ],
  ])('that is %s', (name, facts) => {
    expect(read(recorded[name])).toMatchObject(facts);
  });

  it('tells of the source with the manifests where a chart comes first', () => {
    const object: any = structuredClone(recorded.multiSource);
    const { spec, status } = object;
    const chart = { repoURL: 'https://charts.example', chart: 'base' };
    spec.sources[0] = chart;
    const revisions = ['1.2.3', status.sync.revisions[1]];
    for (const each of [
      status.sync,
      status.operationState.syncResult,
      ...status.history,
    ]) {
      each.revisions = revisions;
    }
    expect(read(object)).toMatchObject({
      revision: revisions[1],
      operationRevision: revisions[1],
      deployedRevisionCompared: true,
      deployments: [{ revision: revisions[1] }],
      sources: [{ path: 'deployment/dev' }, { chart: chart.chart }],
    });
  });

  it('keeps neither Helm values nor credentials in addresses', () => {
    const object: any = structuredClone(recorded.multiSource);
    object.spec.sources[0].repoURL = 'https://jane:canary@git.example.com/a';
    object.spec.sources[1].helm = { values: 'password: canary' };
    object.status.operationState.operation.sync = {
      manifests: ['canary'],
    };
    const kept = trimApplication(object);
    expect(JSON.stringify(kept)).not.toContain('canary');
    expect(readApplication(kept, () => undefined).sources[0].repository).toBe(
      'https://git.example.com/a',
    );
  });

  it.each([
    [
      {
        name: 'checkout-qa-cd',
        annotations: {},
        labels: { 'app.kubernetes.io/name': 'checkout' },
      },
      'qa',
    ],
    [
      {
        name: 'odd',
        annotations: {
          'kargo.akuity.io/authorized-stage': 'checkout-app-kargo:test',
        },
      },
      'test',
    ],
    [{ name: 'checkout-cicd', annotations: {} }, undefined],
  ])('%j stands for environment %s', (metadata, environment) => {
    const object = application('-', undefined, { metadata });
    expect(read(object).environment).toBe(environment);
  });
});

/** What the stage says of a recorded Application in place of that of dev. */
function stageFor(name: string, id: string) {
  const { status, spec } = recorded[name];
  return stageOf(
    deliveryFor([
      ...healthyPipeline().filter(isNo('Application')),
      application('dev', undefined, { spec, status }),
    ]),
    id,
  );
}

describe('the stage', () => {
  it.each<[string, string, string, string | undefined]>([
    [
      'manual',
      'deploy:dev',
      'waiting deploy.manual',
      'Application alpha: OutOfSync',
    ],
    [
      'retrying',
      'deploy:dev',
      'running deploy.retryingOf',
      'Application alpha: namespaces "team-s2-absent" not found',
    ],
    [
      'failed',
      'deploy:dev',
      'failed deploy.failed',
      'Application alpha: namespaces "team-s2-absent" not found',
    ],
    [
      'drifted',
      'deploy:dev',
      'waiting deploy.drifted',
      'Application alpha: OutOfSync',
    ],
    [
      'notHealed',
      'deploy:dev',
      'waiting deploy.notHealed',
      'Deployment alpha: OutOfSync',
    ],
  ])('of a %s Application', (name, id, told, evidence) => {
    const stage = stageFor(name, id);
    expect(`${stage?.status} ${stage?.sentence.code}`).toBe(told);
    expect(stage?.diagnosis?.evidence).toBe(evidence);
  });

  it('says that a drift is not corrected only after the longest pause of Argo CD', () => {
    const { spec, status } = recorded.notHealed;
    const told = (pause?: string) => {
      const settings = {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
          name: 'argocd-cmd-params-cm',
          namespace: 'argocd',
          uid: 'settings',
          creationTimestamp: '2026-11-24T06:00:00Z',
        },
        data: { 'controller.self.heal.backoff.cap.seconds': pause },
      };
      const { diagnosis } = stageOf(
        deliveryFor([
          ...healthyPipeline().filter(isNo('Application')),
          application('dev', undefined, { spec, status }),
          ...(pause ? [settings] : []),
        ]),
        'deploy:dev',
      )!;
      return [
        diagnosis?.cause.text,
        diagnosis?.nextStep.code,
        diagnosis?.operation,
      ];
    };
    const overdue = [
      'Deployment alpha in dev differs from Git, and Argo CD does not correct it although self-heal is on.',
      'deploy.notHealed.next',
      { operation: 'sync', environment: 'dev' },
    ];
    // It compared 17 minutes after the end of its last sync.
    expect(told()).toEqual(overdue);
    expect(told('1000')).toEqual(overdue);
    expect(told('1200')).toEqual([
      'Deployment alpha in dev was changed there and differs from Git.',
      'deploy.healing.next',
      undefined,
    ]);
  });

  it('does not wait for Argo CD to delete what it may not', () => {
    const { spec, status } = recorded.notHealed;
    const told = (prune: boolean) =>
      stageOf(
        deliveryFor([
          ...healthyPipeline().filter(isNo('Application')),
          application('dev', undefined, {
            spec: {
              ...spec,
              syncPolicy: { automated: { selfHeal: true, prune } },
            },
            status: {
              ...status,
              reconciledAt: status.operationState.finishedAt,
              resources: status.resources.map((each: any) => ({
                ...each,
                status: 'OutOfSync',
                requiresPruning: true,
              })),
            },
          }),
        ]),
        'deploy:dev',
      )?.diagnosis;
    expect(told(false)).toEqual({
      cause: expect.objectContaining({ code: 'deploy.notPrunedMore' }),
      evidence:
        'Service alpha: RequiresPruning\nDeployment alpha: RequiresPruning',
      nextStep: expect.objectContaining({ code: 'deploy.notPruned.next' }),
    });
    expect(told(true)?.cause.code).toBe('deploy.driftedMore');
  });

  it('names the resource that Argo CD blames for a health', () => {
    const { status } = recorded.degraded;
    const delivery = deliveryFor([
      ...healthyPipeline().filter(isNo('Application')),
      application('dev', undefined, {
        status: {
          ...status,
          resources: [
            {
              group: 'apps',
              kind: 'Deployment',
              name: 'alpha',
              status: 'Synced',
            },
          ],
        },
      }),
    ]);
    expect(stageOf(delivery, 'run:dev')).toMatchObject({
      status: 'failed',
      diagnosis: {
        cause: {
          code: 'run.degraded',
          values: { resource: 'Deployment alpha' },
        },
      },
    });
  });
});

describe('Applications of other namespaces', () => {
  const LABELS = {
    'app.kubernetes.io/name': 'checkout',
    'app.kubernetes.io/component': 'argocd-application',
  };
  const settings = (namespaces: string) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'argocd-cmd-params-cm',
      namespace: 'argocd',
      uid: 'settings',
      creationTimestamp: '2026-11-24T06:00:00Z',
    },
    data: { 'application.namespaces': namespaces, 'redis.password': 'canary' },
  });
  const elsewhere = (options: object = {}) =>
    application('dev', undefined, {
      metadata: { namespace: 'apps-checkout', labels: LABELS },
      spec: { project: 'checkout-project' },
      ...options,
    });

  it.each<[string, object[], boolean]>([
    ['taken by Argo CD', [settings('other, apps-*'), elsewhere()], true],
    ['matched by an expression', [settings('/^apps-.+$/'), elsewhere()], true],
    [
      'of a namespace that it does not read',
      [settings('other'), elsewhere()],
      false,
    ],
    ['of unknown settings', [elsewhere()], false],
    [
      'of a project that is not the pipeline’s',
      [settings('apps-*'), elsewhere({ spec: { project: 'default' } })],
      false,
    ],
    [
      'that the project refuses',
      [
        settings('apps-*'),
        elsewhere({
          status: { conditions: [{ type: 'InvalidSpecError', message: 'no' }] },
        }),
      ],
      false,
    ],
  ])('one %s', (_name, objects, counts) => {
    const delivery = deliveryFor([pipeline(), ...objects]);
    expect(delivery.environments.map(({ name }) => name)).toEqual(
      counts ? ['dev'] : [],
    );
    expect(stagesOf(delivery)['deploy:dev']).toBe(
      counts ? 'waiting deploy.nothing.first' : 'missing deploy.noApplication',
    );
  });
});
