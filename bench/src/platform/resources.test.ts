import { listedResource, listPath, watchedResources } from './resources.ts';

describe('watchedResources', () => {
  it('tells each collection once, as it was asked for', () => {
    const found = watchedResources([
      '/apis/argoproj.io/v1alpha1',
      '/apis/argoproj.io/v1alpha1/workflows?limit=500',
      '/apis/argoproj.io/v1alpha1/workflows?watch=1&resourceVersion=7',
      '/apis/apps/v1/deployments?labelSelector=app.oam.dev%2Fname&watch=1',
      '/api/v1/pods?limit=1',
      '/apis/apiextensions.k8s.io/v1/customresourcedefinitions?watch=1',
    ]);
    expect(found.map(it => listPath(it, { limit: '2' }))).toEqual([
      '/apis/argoproj.io/v1alpha1/workflows?limit=2',
      '/apis/apps/v1/deployments?labelSelector=app.oam.dev%2Fname&limit=2',
      '/api/v1/pods?limit=2',
    ]);
  });
});

describe('listedResource', () => {
  it.each([
    ['/apis/argoproj.io/v1alpha1/workflows?limit=1', 'workflows.argoproj.io'],
    ['/api/v1/namespaces/argocd/configmaps', 'configmaps'],
    ['/api/v1/pods?watch=1&sendInitialEvents=true', undefined],
    ['/api/v1/namespaces/argocd/configmaps/argocd-cm', undefined],
    ['/apis/argoproj.io/v1alpha1', undefined],
  ])('of %s is %s', (path, resource) => {
    expect(listedResource(path)).toBe(resource);
  });
});
