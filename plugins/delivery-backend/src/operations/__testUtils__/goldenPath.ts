import type {
  OperationOutcome,
  OperationRequest,
} from '@golden-path/plugin-delivery-common';
import { deliveryFor } from '../../__testUtils__/deliveryFor';
import { entity } from '../../__testUtils__/entity';
import {
  application,
  COMMIT,
  healthyPipeline,
  URI,
} from '../../__testUtils__/objects';
import { noFacts, type Facts } from '../../delivery/facts';
import { OperationService } from '../OperationService';
import { FakeCluster } from './FakeCluster';
import { FakeRepository } from './FakeRepository';

/** What a manifest of an environment says in Git. */
export const manifest = (tag: string) => `spec:\n  image: ${URI}:${tag}\n`;

const automated = { syncPolicy: { automated: { prune: true } } };
const source = (environment: string) => ({
  source: {
    repoURL: 'https://git.example/golden-path/checkout.git',
    path: `deployment/${environment}`,
    targetRevision: 'main',
  },
});

/** A golden path that somebody operates: its cluster and its repository are fakes. */
export function goldenPath(
  options: {
    spec?: object;
    status?: object;
    facts?: Partial<Facts>;
    annotations?: Record<string, string>;
    /** Workflows in place of those of a pipeline that does well. */
    runs?: object[];
  } = {},
) {
  const objects: any[] = [
    ...healthyPipeline().filter(
      (object: any) =>
        !object.metadata.name.endsWith('-cd') &&
        !(options.runs && object.kind === 'Workflow'),
    ),
    ...(options.runs ?? []),
    application('dev', COMMIT, {
      spec: { ...automated, ...source('dev'), ...options.spec },
      status: options.status as any,
    }),
    application('prod', undefined, { spec: source('prod') }),
  ];
  const cluster = new FakeCluster().put(...objects);
  const repository = new FakeRepository({
    main: {
      'deployment/dev/application.yaml': manifest(COMMIT),
      'deployment/prod/application.yaml': manifest('none'),
    },
  });
  repository.newest = COMMIT;
  const record = jest.fn();
  const service = new OperationService({
    record,
    inspect: () => ({
      delivery: deliveryFor(objects, { annotations: options.annotations }),
      facts: {
        ...noFacts(),
        pipelineKind: 'CICDPipeline',
        listeners: [
          { kind: 'Sensor', name: 'checkout-sensor', conditions: [] },
        ],
        ...options.facts,
      },
    }),
    clusters: new Map([['local', cluster.cluster as any]]),
    repositories: {
      byUrl: async () => repository,
      ofEntity: async () => repository,
    },
  });
  const perform = (request: OperationRequest): Promise<OperationOutcome> =>
    service.perform(entity(), request, 'user:default/ada');
  const live = (kind: string, name: string) =>
    [...cluster.objects.values()].find(
      object => object.kind === kind && object.metadata.name === name,
    );
  return { cluster, repository, perform, live, record };
}
