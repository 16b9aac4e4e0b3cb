import { execSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  operationRequestSchema,
  type Environment,
  type OperationRequest,
} from '@golden-path/plugin-delivery-common';
import { parseAllDocuments } from 'yaml';
import { COMMIT, pushBuild } from '../__testUtils__/objects';
import { resourceOf } from '../__testUtils__/resources';
import { noFacts } from '../delivery/facts';
import { goldenPath } from './__testUtils__/goldenPath';
import type { OperationContext } from './Operation';
import type { ObjectRef } from './OperatorCluster';
import { promoteWithKargo } from './promoteWithKargo';

/** What the methods of an operator's cluster ask of the API server. */
const VERBS = {
  get: ['get'],
  change: ['get', 'patch'],
  create: ['create'],
  delete: ['delete'],
} as const;

/** Asked for by the scaffolder's actions: a look whether a name is taken, and two applies. */
const SCAFFOLDER = [
  'get cicdpipelines.kro.run',
  'get applications.argoproj.io',
  'create applications.argoproj.io',
  'patch applications.argoproj.io',
  'create appprojects.argoproj.io',
  'patch appprojects.argoproj.io',
];
/** Asked for by Kargo's webhook, of whoever makes a Promotion. */
const KARGO = ['promote stages.kargo.akuity.io'];

const FILE = path.resolve(__dirname, '../../../../platform/rbac/operator.yaml');
const text = readFileSync(FILE, 'utf8');
const objectsOf = (yaml: string) =>
  parseAllDocuments(yaml).map(document => document.toJS());
const allowed = objectsOf(text)
  .flatMap(({ rules }) => rules ?? [])
  .flatMap(({ apiGroups, resources, verbs }) =>
    apiGroups.flatMap((group: string) =>
      resources.flatMap((resource: string) =>
        verbs.map((verb: string) => `${verb} ${resource}.${group}`),
      ),
    ),
  );

function failedRun(): any {
  const run: any = pushBuild(COMMIT, 'Failed');
  const { name } = run.metadata;
  const node = { id: name, name, type: 'Pod', phase: 'Failed' };
  return {
    ...run,
    metadata: { ...run.metadata, resourceVersion: '1' },
    status: { ...run.status, nodes: { [name]: node } },
  };
}

const inNamespace = (kind: string, name: string, spec: object) => ({
  kind,
  metadata: { name, namespace: 'team-checkout', resourceVersion: '1' },
  spec,
});
const sensor = inNamespace('Sensor', 'checkout-sensor', {
  triggers: [
    {
      template: {
        argoWorkflow: {
          source: { resource: { kind: 'Workflow', metadata: {}, spec: {} } },
        },
      },
    },
  ],
});

it('allows what operations and scaffolder ask for, each rule of it, and nothing else', async () => {
  const run = failedRun();
  const { cluster, perform, repository } = goldenPath({
    spec: { syncPolicy: {} },
    status: { history: [{ id: 3, revision: COMMIT }] },
  });
  cluster.put(run, sensor, inNamespace('Stage', 'prod', {}));
  repository.newest = 'a'.repeat(40);
  const spies = Object.entries(VERBS).map(([method, verbs]) => ({
    verbs,
    spy: jest.spyOn(cluster.cluster, method as keyof typeof VERBS),
  }));

  const values: Record<string, unknown> = {
    run: run.metadata.name,
    environment: 'dev',
    deployment: 3,
  };
  for (const { shape } of operationRequestSchema.options) {
    const operation = shape.operation.value;
    const request = Object.fromEntries(
      Object.keys(shape).map(field => [field, values[field]]),
    );
    await perform({
      ...request,
      operation,
      ...(operation === 'promote' && { environment: 'prod' }),
    } as OperationRequest);
  }
  await promoteWithKargo({
    from: { name: 'dev', kargo: { freight: { name: 'f' } } } as Environment,
    to: {
      name: 'prod',
      kargo: { name: 'prod', project: 'team-checkout' },
    } as Environment,
    context: {
      cluster: cluster.cluster,
      facts: noFacts(),
    } as OperationContext,
  });

  const asked = spies.flatMap(({ verbs, spy }) =>
    spy.mock.calls.flatMap(([ref]) =>
      verbs.map(verb => `${verb} ${resourceOf(ref as ObjectRef)}.${ref.group}`),
    ),
  );
  expect([...new Set(allowed)].sort()).toEqual(
    [...new Set([...asked, ...SCAFFOLDER, ...KARGO])].sort(),
  );
  expect(new Set(allowed).size).toBe(allowed.length);
});

it('is moved to where Argo CD is by the command that it names, and nothing else is', () => {
  const [, command, file] =
    /^# (sed '.*') (platform\/.*) \| kubectl apply -f -$/m.exec(text)!;
  expect(FILE.endsWith(file)).toBe(true);
  const moved = execSync(command, { input: text, encoding: 'utf8' });

  const placesOf = (yaml: string) =>
    objectsOf(yaml).map(({ kind, metadata }) => [kind, metadata.namespace]);
  expect(placesOf(text)).toEqual([
    ['Role', 'argocd'],
    ['RoleBinding', 'argocd'],
    ['ClusterRole', undefined],
    ['ClusterRoleBinding', undefined],
  ]);
  expect(placesOf(moved).slice(0, 2)).toEqual([
    ['Role', 'gitops'],
    ['RoleBinding', 'gitops'],
  ]);
  const put = (object: any) => ({
    ...object,
    metadata: { ...object.metadata, namespace: undefined },
  });
  expect(objectsOf(moved).map(put)).toEqual(objectsOf(text).map(put));
});
