import { deliveryFor, stageOf } from '../../__testUtils__/deliveryFor';
import {
  condition,
  pipeline,
  PIPELINE_UID,
  repository,
  resourceGraph,
  workflow,
} from '../../__testUtils__/objects';

const template = (kind: string, apiVersion: string, name: string) => ({
  template: {
    apiVersion,
    kind,
    metadata: { name },
    data: { password: 'env-canary-value' },
  },
});

const graph = (...resources: object[]) =>
  resourceGraph({
    spec: {
      schema: {
        apiVersion: 'v1alpha1',
        kind: 'CICDPipeline',
        group: 'kro.run',
      },
      resources,
    },
    status: {
      state: 'Active',
      resources: [{ id: 'policy', dependencies: [{ id: 'repo' }] }],
    },
  });

const repo = {
  id: 'repo',
  ...template(
    'Repository',
    'ecr.services.k8s.aws/v1alpha1',
    '${schema.spec.name}-main-repo',
  ),
};
const policy = {
  id: 'policy',
  ...template(
    'Policy',
    'iam.services.k8s.aws/v1alpha1',
    '${repo.metadata.name}-policy',
  ),
};

const notReady = (message: string, state = 'IN_PROGRESS') =>
  pipeline({
    status: {
      state,
      conditions: [condition('Ready', 'False', message)],
    },
  });

describe('the parts of a pipeline', () => {
  it('say in their own words why they block', () => {
    const says = 'the registry limit is reached';
    const delivery = deliveryFor([
      graph(repo, policy),
      notReady('awaiting resource readiness: waiting for node "repo": not yet'),
      repository('main', {
        status: { conditions: [condition('ACK.Terminal', 'True', says)] },
      }),
    ]);
    expect(delivery.parts).toMatchObject([
      { id: 'repo', status: 'failed', message: says, seen: true },
      {
        id: 'policy',
        status: 'waiting',
        name: 'checkout-cicd-main-repo-policy',
      },
    ]);
    expect(stageOf(delivery, 'pipeline')).toMatchObject({
      sentence: {
        text: 'Repository "checkout-cicd-main-repo" (repo) cannot be made.',
      },
      diagnosis: { evidence: says },
    });
    expect(JSON.stringify(delivery)).not.toContain('canary');
  });

  it('are found by what the API server says of their names', () => {
    const delivery = deliveryFor([
      graph(repo, policy),
      notReady(
        'resource reconciliation failed: Policy.iam.services.k8s.aws "checkout-cicd-main-repo-policy" is invalid: spec.name is too long',
        'ERROR',
      ),
    ]);
    expect(stageOf(delivery, 'pipeline')).toMatchObject({
      status: 'failed',
      sentence: { code: 'pipeline.partFailed', values: { resource: 'policy' } },
    });
  });

  it('are missing where their kind is watched and kro says that all is made', () => {
    const configMap = template('ConfigMap', 'v1', 'a');
    const { parts } = deliveryFor([
      graph(
        repo,
        policy,
        { ...repo, id: 'optional', includeWhen: ['${schema.spec.more}'] },
        { ...repo, id: 'each', forEach: [{ name: '${schema.spec.names}' }] },
        {
          id: 'vpc',
          externalRef: {
            apiVersion: 'v1',
            kind: 'ConfigMap',
            metadata: { name: 'vpc' },
          },
        },
        { id: 'a', ...configMap },
        { id: 'b', ...template('ConfigMap', 'v1', '${schema.spec.unknown}-b') },
      ),
      pipeline(),
    ]);
    expect(
      parts?.map(({ id, status, name }) => `${id} ${status} ${name}`),
    ).toEqual([
      'repo missing checkout-cicd-main-repo',
      'policy succeeded checkout-cicd-main-repo-policy',
      'optional unknown checkout-cicd-main-repo',
      'each unknown undefined',
      'vpc succeeded vpc',
      // Only Argo CD's own ConfigMaps are watched.
      'a succeeded a',
      'b succeeded undefined',
    ]);
  });

  it('tell that the first build failed, though kro calls the pipeline active', () => {
    const { parts } = deliveryFor([
      graph({
        id: 'initialbuildworkflow',
        ...template(
          'Workflow',
          'argoproj.io/v1alpha1',
          'checkout-cicd-initial-build-workflow',
        ),
      }),
      pipeline(),
      workflow('checkout-cicd-initial-build-workflow', 'Failed', {
        labels: { 'kro.run/instance-id': PIPELINE_UID },
        status: { message: 'child failed' },
      }),
    ]);
    expect(parts).toMatchObject([
      { status: 'failed', message: 'child failed' },
    ]);
  });

  it('are not taken from namespaces that kro does not name', () => {
    const labels = {
      'kro.run/instance-id': PIPELINE_UID,
      'kro.run/node-id': 'repo',
    };
    const { parts } = deliveryFor([
      graph(repo),
      pipeline(),
      repositoryIn('team-other', labels),
    ]);
    expect(parts).toMatchObject([{ status: 'missing', seen: false }]);
  });
});

function repositoryIn(namespace: string, labels: object) {
  const given = repository('main');
  return { ...given, metadata: { ...given.metadata, namespace, labels } };
}
