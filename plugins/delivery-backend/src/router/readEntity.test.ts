import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { entity } from '../__testUtils__/entity';
import { readEntity } from './readEntity';

const ref = { kind: 'Component', namespace: 'default', name: 'checkout' };

/** Annotations of an entity that has none of `kro.run`. */
function withoutOurs(annotations: Record<string, string>) {
  return entity({
    'kro.run/resource-group': undefined,
    'kro.run/instance-name': undefined,
    'kro.run/instance-namespace': undefined,
    ...annotations,
  });
}

const read = (annotations: Record<string, string>) =>
  readEntity(ref, mockCredentials.user(), {
    catalog: catalogServiceMock({ entities: [withoutOurs(annotations)] }),
    permissions: mockServices.permissions(),
  });

const selector = {
  'argo-workflows.cnoe.io/label-selector':
    'app.kubernetes.io/name=checkout,app.kubernetes.io/component=cicd-pipeline',
};

it('takes the annotations of other plugins where they tell where the pipeline is', async () => {
  const found = await read({
    ...selector,
    'argo-workflows.cnoe.io/namespace': 'team-checkout',
  });
  expect(found.metadata.name).toBe('checkout');
});

it.each([
  ['no pipeline', {}, 'kro.run/instance-name'],
  ['no namespace', selector, 'kro.run/instance-namespace'],
])('names what is missing where they tell %s', async (_, given, missing) => {
  await expect(read(given)).rejects.toMatchObject({
    name: 'NotFoundError',
    message: expect.stringContaining(`no annotation "${missing}"`),
  });
});
