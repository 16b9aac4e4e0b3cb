import { belongsTo, RECORDED_KINDS, stabilise } from './record.ts';

const pipeline = {
  apiVersion: 'kro.run/v1alpha1',
  kind: 'CICDPipeline',
  metadata: {
    name: 'shop-cicd-pipeline',
    namespace: 'team-shop',
    uid: 'cb741d93-6e58-42fd-923f-1469d283d037',
    resourceVersion: '1234',
    managedFields: [{ manager: 'kro' }],
    creationTimestamp: '2026-11-24T06:14:19Z',
    annotations: {
      'kubectl.kubernetes.io/last-applied-configuration': '{}',
    },
  },
  spec: { gitlab: { hostname: '127.0.0.1:37813' } },
};

describe('stabilise', () => {
  it('keeps references and times, and nothing that changes with each recording', () => {
    const child = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Workflow',
      metadata: {
        name: 'shop-cicd-setup-workflow',
        uid: '11111111-2222-3333-4444-555555555555',
        labels: { 'kro.run/instance-id': pipeline.metadata.uid },
      },
    };
    expect(stabilise([pipeline, child])).toEqual([
      {
        apiVersion: 'kro.run/v1alpha1',
        kind: 'CICDPipeline',
        metadata: {
          name: 'shop-cicd-pipeline',
          namespace: 'team-shop',
          uid: '00000000-0000-4000-8000-000000000001',
          creationTimestamp: '2026-11-24T06:14:19Z',
        },
        spec: { gitlab: { hostname: 'git.example.com' } },
      },
      {
        ...child,
        metadata: {
          name: 'shop-cicd-setup-workflow',
          uid: '00000000-0000-4000-8000-000000000002',
          labels: {
            'kro.run/instance-id': '00000000-0000-4000-8000-000000000001',
          },
        },
      },
    ]);
  });

  it('removes the values of what is named like a secret', () => {
    const parameters = [
      { name: 'git-token', value: 'abc' },
      { name: 'image-tag', value: 'initial' },
    ];
    const [workflow] = stabilise([
      {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Workflow',
        metadata: { name: 'run' },
        spec: { arguments: { parameters } },
      },
    ]);
    expect(workflow.spec).toEqual({
      arguments: {
        parameters: [
          { name: 'git-token', value: 'removed' },
          { name: 'image-tag', value: 'initial' },
        ],
      },
    });
  });

  it('records no Secrets', () => {
    expect(RECORDED_KINDS.map(({ kind }) => kind)).not.toContain('Secret');
  });
});

describe('belongsTo', () => {
  it('knows an application by label, name or namespace', () => {
    expect(belongsTo(pipeline, 'shop')).toBe(true);
    expect(belongsTo(pipeline, 'sho')).toBe(false);
    const inNamespace = (namespace: string) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'eventbus', namespace },
    });
    expect(belongsTo(inNamespace('team-shop-dev'), 'shop')).toBe(true);
    expect(belongsTo(inNamespace('team-shop-2'), 'shop')).toBe(false);
  });
});
