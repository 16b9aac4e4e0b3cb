import { filterPredicateToFilterFunction } from '@backstage/filter-predicates';
import { isDeliveryAvailable } from '@golden-path/plugin-delivery-common';
import fc from 'fast-check';

const INSTANCE = 'kro.run/instance-name';
const SELECTORS = [
  'argo-workflows.cnoe.io/label-selector',
  'backstage.io/kubernetes-label-selector',
];

/** As the README has it for app-config. */
const documented = filterPredicateToFilterFunction({
  [`metadata.annotations.${INSTANCE}`]: { $exists: true },
});

type Annotations = Record<string, string>;

const requirement = fc
  .tuple(
    fc.constantFrom(
      'app.kubernetes.io/name',
      'app.kubernetes.io/component',
      'my-app.kubernetes.io/name',
      'tier',
    ),
    fc.constantFrom('=', '==', '!=', ' = ', ' in '),
    fc.constantFrom('checkout', 'cicd-pipeline', 'cicd-pipeline-2'),
  )
  .map(parts => parts.join(''));

const selector = fc
  .array(requirement, { minLength: 1, maxLength: 4 })
  .chain(all => fc.constantFrom(',', ', ').map(comma => all.join(comma)));

const entity = fc
  .record(
    {
      [INSTANCE]: fc.constantFrom('checkout-cicd-pipeline', 'x'),
      [SELECTORS[0]]: selector,
      [SELECTORS[1]]: selector,
      'backstage.io/kubernetes-namespace': fc.constant('team-checkout'),
      'argocd/app-name': fc.constant('checkout-cicd'),
    },
    { requiredKeys: [] },
  )
  .map(annotations => ({
    kind: 'Component',
    metadata: { name: 'checkout', annotations: annotations as Annotations },
  }));

/** What a selector asks for with `=` or `==`, read without the plugin's own expressions. */
function equalities(text: string): Array<{ key: string; value: string }> {
  return text.split(',').flatMap(each => {
    const [key, value] = each.replace('==', '=').split('=');
    return value === undefined || key.endsWith('!')
      ? []
      : [{ key: key.trim(), value: value.trim() }];
  });
}

function selectsPipeline(annotations: Annotations): boolean {
  return SELECTORS.map(key => equalities(annotations[key] ?? '')).some(
    asked =>
      asked.some(
        ({ key, value }) =>
          key === 'app.kubernetes.io/component' && value === 'cicd-pipeline',
      ) && asked.some(({ key }) => key === 'app.kubernetes.io/name'),
  );
}

it('is the documented predicate of data, and selectors of older golden paths', () => {
  fc.assert(
    fc.property(entity, it => {
      expect(isDeliveryAvailable(it)).toBe(
        documented(it) || selectsPipeline(it.metadata.annotations),
      );
    }),
    { numRuns: 2_000 },
  );
});

it('is the documented predicate where entities have no selectors', () => {
  fc.assert(
    fc.property(entity, ({ metadata, ...it }) => {
      const annotations = { ...metadata.annotations };
      SELECTORS.forEach(key => delete annotations[key]);
      const bare = { ...it, metadata: { ...metadata, annotations } };
      expect(isDeliveryAvailable(bare)).toBe(documented(bare));
    }),
  );
});
