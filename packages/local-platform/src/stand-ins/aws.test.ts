import { syncedStatus } from './aws.ts';

describe('syncedStatus', () => {
  const kind = {
    status: (name: string, region: string) => ({
      arn: `arn:aws:ecr:${region}:000000000000:repository/${name}`,
      repositoryURI: `000000000000.dkr.ecr.${region}.amazonaws.com/${name}`,
    }),
  };
  const repository = {
    apiVersion: 'ecr.services.k8s.aws/v1alpha1',
    kind: 'Repository',
    metadata: {
      name: 'shop-cicd-main-repo',
      annotations: { 'services.k8s.aws/region': 'eu-central-1' },
    },
    spec: { name: 'peeks/shop' },
  };

  it('reports the name in AWS, in the region of the object', () => {
    expect(syncedStatus(repository, kind, new Date(0))).toEqual({
      repositoryURI:
        '000000000000.dkr.ecr.eu-central-1.amazonaws.com/peeks/shop',
      ackResourceMetadata: {
        arn: 'arn:aws:ecr:eu-central-1:000000000000:repository/peeks/shop',
        ownerAccountID: '000000000000',
        region: 'eu-central-1',
      },
      conditions: ['ACK.ResourceSynced', 'Ready'].map(type => ({
        type,
        status: 'True',
        lastTransitionTime: '1970-01-01T00:00:00.000Z',
      })),
    });
  });
});
