import { condition, pipeline } from '../../__testUtils__/objects';
import { MemoryCluster } from '../../__testUtils__/MemoryCluster';
import { readInstance } from './instance';
import { instanceKindOf } from './kinds';

function read(options: Parameters<typeof pipeline>[0]) {
  const cluster = new MemoryCluster('local').put(pipeline(options));
  const [object] = cluster.objects.list(
    instanceKindOf('cicdpipeline.kro.run')!,
  );
  return readInstance(object);
}

describe('readInstance', () => {
  it.each([
    [
      'kro 0.5',
      [condition('InstanceSynced')],
      { type: 'InstanceSynced', status: 'True' },
    ],
    [
      'kro 0.6 and later',
      [condition('InstanceManaged'), condition('Ready', 'False', 'not yet')],
      { type: 'Ready', status: 'False', message: 'not yet' },
    ],
    [
      'kro 0.9.3 and later where the author of the graph declares conditions',
      [condition('Signed'), condition('Deployable', 'False', 'no image')],
      { type: 'Deployable', status: 'False', message: 'no image' },
    ],
    [
      'kro 0.9.3 and later where all conditions of the author are met',
      [condition('Signed'), condition('Deployable')],
      { type: 'Signed', status: 'True' },
    ],
    ['no conditions at all', undefined, undefined],
  ])('takes the condition that %s prints', (_version, conditions, ready) => {
    const facts = read({ status: { state: 'ACTIVE', conditions } });
    expect(facts).toMatchObject({ state: 'ACTIVE', ready });
  });

  it.each([
    ['suspended', 'kro.run/reconcile'],
    ['disabled', 'kro.run/reconcile'],
    ['Suspended', 'kro.run/reconcile'],
    ['enabled', undefined],
  ])('reads kro.run/reconcile: %s', (value, suspendedBy) => {
    const annotations = { 'kro.run/reconcile': value };
    expect(read({ metadata: { annotations } }).suspendedBy).toBe(suspendedBy);
  });

  it('takes the condition that the columns of its kind name', () => {
    const conditions = [condition('Ready'), condition('Deployable', 'False')];
    const cluster = new MemoryCluster('local').put(
      pipeline({ status: { conditions } }),
    );
    const [object] = cluster.objects.list(
      instanceKindOf('cicdpipeline.kro.run')!,
    );
    expect(readInstance(object, ['Deployable']).ready?.type).toBe('Deployable');
    expect(readInstance(object, ['Other']).ready?.type).toBe('Ready');
  });

  it('knows kinds and namespaces of its children from its ApplySet', () => {
    const facts = read({
      metadata: {
        annotations: {
          'applyset.kubernetes.io/contains-group-kinds':
            'ConfigMap,Ingress.networking.k8s.io',
          'applyset.kubernetes.io/additional-namespaces': 'argocd,team-b',
        },
      },
    });
    expect(facts).toMatchObject({
      childKinds: [
        { group: '', kind: 'ConfigMap' },
        { group: 'networking.k8s.io', kind: 'Ingress' },
      ],
      childNamespaces: ['team-checkout', 'argocd', 'team-b'],
    });
    expect(read({}).childNamespaces).toEqual(['team-checkout']);
  });

  it('falls back to names by convention', () => {
    const facts = read({ spec: { name: undefined, application: 'odd' } });
    expect(facts).toMatchObject({
      pipelineName: 'checkout-cicd',
      applicationName: 'checkout',
    });
  });

  it('knows the environments that its specification names', () => {
    expect(
      read({ spec: { environments: { dev: {}, qa: {}, prod: {} } } })
        .environments,
    ).toEqual(['dev', 'qa', 'prod']);
    expect(read({ spec: { environments: undefined } }).environments).toEqual(
      [],
    );
  });
});
