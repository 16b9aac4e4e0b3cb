import { pipeline } from '../__testUtils__/objects';
import { goldenPath } from './__testUtils__/goldenPath';

describe('the pipeline', () => {
  it('is held and let go', async () => {
    const { perform, live } = goldenPath();
    const annotations = () =>
      live('CICDPipeline', pipeline().metadata.name).metadata.annotations;
    expect(await perform({ operation: 'suspend-pipeline' })).toMatchObject({
      outcome: 'accepted',
    });
    expect(annotations()).toEqual({ 'kro.run/reconcile': 'suspended' });
    expect(await perform({ operation: 'suspend-pipeline' })).toMatchObject({
      outcome: 'unchanged',
    });
    expect(await perform({ operation: 'resume-pipeline' })).toMatchObject({
      outcome: 'accepted',
    });
    expect(annotations()).toEqual({});
    expect(await perform({ operation: 'resume-pipeline' })).toMatchObject({
      outcome: 'unchanged',
    });
  });

  it('is of the kind that its definition says, however that is called', async () => {
    const { perform, cluster } = goldenPath({
      annotations: { 'kro.run/resource-group': 'golden-path' },
      facts: {
        pipelineKind: 'Delivery',
        resourceGraph: {
          name: 'golden-path',
          kind: 'Delivery',
          group: 'paths.example',
          conditions: [],
          printedConditions: [],
          outdated: false,
          deleting: false,
        },
      },
    });
    cluster.put({
      ...pipeline(),
      apiVersion: 'paths.example/v1alpha1',
      kind: 'Delivery',
    });
    for (const operation of ['suspend-pipeline', 'resume-pipeline'] as const) {
      expect(await perform({ operation })).toMatchObject({
        outcome: 'accepted',
      });
    }
  });

  const sensor = (dataKey: string) => ({
    kind: 'Sensor',
    metadata: {
      name: 'checkout-sensor',
      namespace: 'team-checkout',
      resourceVersion: '1',
    },
    spec: {
      triggers: [
        {
          template: {
            argoWorkflow: {
              source: {
                resource: {
                  kind: 'Workflow',
                  metadata: { generateName: 'checkout-cicd-' },
                  spec: {
                    arguments: {
                      parameters: [{ name: 'tag', value: 'unset' }],
                    },
                  },
                },
              },
              parameters: [
                { src: { dataKey }, dest: 'spec.arguments.parameters.0.value' },
              ],
            },
          },
        },
      ],
    },
  });

  it('is started as a push of the newest commit would', async () => {
    const { perform, cluster, repository } = goldenPath();
    repository.newest = 'a'.repeat(40);
    cluster.put(sensor('body.after'));
    expect(await perform({ operation: 'start-run' })).toMatchObject({
      outcome: 'accepted',
      run: 'checkout-cicd-1',
    });
    expect(cluster.created[0].spec.arguments.parameters).toEqual([
      { name: 'tag', value: 'a'.repeat(40) },
    ]);
  });

  it('is not started where only a push knows what it needs', async () => {
    const { perform, cluster } = goldenPath();
    cluster.put(sensor('body.pusher.name'));
    await expect(perform({ operation: 'start-run' })).rejects.toThrow(
      'takes "body.pusher.name" from the push',
    );
    expect(cluster.created).toEqual([]);
  });
});
