import { mockCredentials } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { entity } from '../__testUtils__/entity';
import { readGoldenPaths } from './readGoldenPaths';

const OURS = [
  'kro.run/resource-group',
  'kro.run/instance-name',
  'kro.run/instance-namespace',
];

function named(name: string, annotations: Record<string, string> = {}) {
  const it = entity({
    ...Object.fromEntries(OURS.map(each => [each, undefined])),
    ...annotations,
  });
  it.metadata.name = name;
  return it;
}

it('finds golden paths by all annotations that tell where one runs, and nothing else', async () => {
  const component = 'app.kubernetes.io/component=cicd-pipeline';
  const catalog = catalogServiceMock({
    entities: [
      named('new', { 'kro.run/instance-name': 'new-cicd-pipeline' }),
      named('old', {
        'argo-workflows.cnoe.io/label-selector': `app.kubernetes.io/name=old,${component}`,
      }),
      named('older', {
        'backstage.io/kubernetes-label-selector': `app.kubernetes.io/name=older,${component}`,
      }),
      named('other', {
        'backstage.io/kubernetes-label-selector': 'app=other',
      }),
      named('none'),
    ],
  });
  const found = await readGoldenPaths(catalog, mockCredentials.user());
  expect(found.map(({ metadata }) => metadata.name)).toEqual([
    'new',
    'old',
    'older',
  ]);
  // What nobody shows is not held in memory.
  expect(found[0]).not.toHaveProperty('spec');
});
