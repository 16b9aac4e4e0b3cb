/** The catalog entity of `checkout`; an annotation of `undefined` is left out. */
export function entity(annotations: Record<string, string | undefined> = {}) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: 'checkout',
      namespace: 'default',
      annotations: Object.fromEntries(
        Object.entries({
          'kro.run/resource-group': 'cicdpipeline.kro.run',
          'kro.run/instance-name': 'checkout-cicd-pipeline',
          'kro.run/instance-namespace': 'team-checkout',
          'backstage.io/source-location':
            'url:https://git.example/team/checkout/tree/main/',
          ...annotations,
        }).filter((entry): entry is [string, string] => Boolean(entry[1])),
      ),
    },
    spec: { type: 'service', owner: 'guests', lifecycle: 'experimental' },
  };
}
