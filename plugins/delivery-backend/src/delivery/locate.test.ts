import { deliveryFor, stageOf } from '../__testUtils__/deliveryFor';

import { locate } from './locate';

describe('when annotations are wrong', () => {
  it.each<[string, Record<string, string>, string, string]>([
    [
      'a name that Kubernetes does not allow',
      { 'kro.run/instance-name': 'Check Out' },
      'pipeline.badAnnotation',
      'kro.run/instance-name',
    ],
    [
      'a cluster that is not configured',
      { 'kro.run/cluster': 'moon' },
      'pipeline.unknownCluster',
      'kro.run/cluster',
    ],
    [
      'a resource group that is not watched',
      { 'kro.run/resource-group': 'webapp.kro.run' },
      'pipeline.resourceGraphMissing',
      'kro.run/resource-group',
    ],
  ])('explains %s', (_name, annotations, code, annotation) => {
    const delivery = deliveryFor([], { annotations });
    expect(stageOf(delivery, 'pipeline')).toMatchObject({
      status: 'failed',
      sentence: { code, values: { annotation } },
    });
    expect(delivery.summary).toMatchObject({
      status: 'failed',
      stage: 'pipeline',
    });
  });

  it('takes the older cluster annotation only for clusters of its own', () => {
    const legacy = { 'argo-workflows.cnoe.io/cluster-name': 'hub' };
    expect(deliveryFor([], { annotations: legacy }).location.cluster).toBe(
      'local',
    );
    expect(
      deliveryFor([], { annotations: legacy, clusters: { hub: [] } }).location
        .cluster,
    ).toBe('hub');
  });
});

describe('locate', () => {
  it.each([
    [
      'url:https://git.example/team/checkout/',
      'https://git.example/team/checkout',
    ],
    [
      'url:https://github.com/team/checkout/tree/main/',
      'https://github.com/team/checkout',
    ],
    [
      'url:https://gitlab.com/group/sub/checkout/-/tree/main',
      'https://gitlab.com/group/sub/checkout',
    ],
    [
      'url:http://git.example/team/checkout/src/branch/main/',
      'http://git.example/team/checkout',
    ],
    [
      'url:https://git.example/team/checkout.git',
      'https://git.example/team/checkout',
    ],
    [
      'url:https://git.example/team/src/src/branch/main/',
      'https://git.example/team/src',
    ],
    ['dir:/somewhere', undefined],
    ['url:javascript:alert(1)', undefined],
  ])('finds the repository of %s', (source, repositoryUrl) => {
    const { location } = locate({ 'backstage.io/source-location': source }, []);
    expect(location.repositoryUrl).toBe(repositoryUrl);
  });
});
