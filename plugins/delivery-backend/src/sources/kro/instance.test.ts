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
    ['conditions of the author only', [condition('Deployable')], undefined],
    ['no conditions at all', undefined, undefined],
  ])('takes the condition that %s prints', (_version, conditions, ready) => {
    const facts = read({ status: { state: 'ACTIVE', conditions } });
    expect(facts).toMatchObject({ state: 'ACTIVE', ready });
  });

  it.each([
    ['suspended', 'kro.run/reconcile'],
    ['disabled', 'kro.run/reconcile'],
    ['enabled', undefined],
  ])('reads kro.run/reconcile: %s', (value, suspendedBy) => {
    const annotations = { 'kro.run/reconcile': value };
    expect(read({ metadata: { annotations } }).suspendedBy).toBe(suspendedBy);
  });

  it('falls back to names by convention', () => {
    const facts = read({ spec: { name: undefined, application: 'odd' } });
    expect(facts).toMatchObject({
      pipelineName: 'checkout-cicd',
      applicationName: 'checkout',
    });
  });

  it('knows the environments of its specification, else dev and prod', () => {
    expect(
      read({ spec: { environments: { dev: {}, qa: {}, prod: {} } } })
        .environments,
    ).toEqual(['dev', 'qa', 'prod']);
    expect(read({ spec: { environments: undefined } }).environments).toEqual([
      'dev',
      'prod',
    ]);
  });
});
