import { MemoryCluster } from '../../__testUtils__/MemoryCluster';
import { locate } from '../../delivery/locate';
import { computeDelivery } from '../../service/computeDelivery';
import { sources } from '../../sources';
import type { Notifier } from '../Notifier';

export const ENTITY = 'component:default/checkout';

/** The delivery of an entity whose cluster holds these objects, with what it is made from. */
export function computed(
  objects: any[],
  options: {
    entityRef?: string;
    prepare?: (cluster: MemoryCluster) => void;
  } = {},
) {
  const { metadata } = objects.find(({ kind }) => kind === 'CICDPipeline');
  const watch = new MemoryCluster('local').put(...objects);
  options.prepare?.(watch);
  return computeDelivery({
    entityRef: options.entityRef ?? ENTITY,
    located: locate(
      {
        'kro.run/resource-group': 'cicdpipeline.kro.run',
        'kro.run/instance-name': metadata.name,
        'kro.run/instance-namespace': metadata.namespace,
      },
      ['local'],
    ),
    clusters: new Map([
      ['local', { watch, argoCdNamespace: 'argocd', links: {} }],
    ]),
    sources,
    hold: () => {},
  });
}

/** Lets a notifier see the delivery that these objects make. */
export function observe(notifier: Notifier, objects: object[]): void {
  const { delivery, observation } = computed(objects);
  notifier.observe(observation, delivery);
}
