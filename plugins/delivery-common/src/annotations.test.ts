import {
  DELIVERY_ANNOTATIONS,
  deliveryAnnotationsSchema,
  isDeliveryAvailable,
} from './annotations';

const annotations = {
  'kro.run/resource-group': 'cicdpipeline.kro.run',
  'kro.run/instance-name': 'checkout-cicd-pipeline',
  'kro.run/instance-namespace': 'team-checkout',
};

describe('deliveryAnnotationsSchema', () => {
  it('takes what the template writes', () => {
    expect(deliveryAnnotationsSchema.parse(annotations)).toEqual(annotations);
  });

  it.each([
    [DELIVERY_ANNOTATIONS.instanceName, 'Checkout', 'Kubernetes name'],
    [DELIVERY_ANNOTATIONS.instanceName, '../secrets', 'Kubernetes name'],
    [DELIVERY_ANNOTATIONS.instanceName, 'a'.repeat(254), '253'],
    [DELIVERY_ANNOTATIONS.instanceNamespace, 'team.a', 'Kubernetes namespace'],
    [DELIVERY_ANNOTATIONS.resourceGroup, '', 'Kubernetes name'],
  ])('refuses %s: %s', (annotation, value, problem) => {
    const { error } = deliveryAnnotationsSchema.safeParse({
      ...annotations,
      [annotation]: value,
    });
    expect(error?.issues[0]).toMatchObject({
      path: [annotation],
      message: expect.stringContaining(problem),
    });
  });
});

it('is available to entities that name an instance', () => {
  expect(isDeliveryAvailable({ metadata: { annotations } })).toBe(true);
  expect(isDeliveryAvailable({ metadata: {} })).toBe(false);
});
