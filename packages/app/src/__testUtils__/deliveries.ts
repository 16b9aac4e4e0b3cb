import type { Entity } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import type { DeliveryApi } from '@golden-path/plugin-delivery';

function component(name: string, annotations: Record<string, string>): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default', annotations },
    spec: { type: 'service', owner: `team-${name}`, lifecycle: 'production' },
  };
}

/** One that the user owns, one that the user does not, and one of an older golden path. */
export const entities: Entity[] = [
  component('ours', { 'kro.run/instance-name': 'ours-cicd-pipeline' }),
  component('theirs', { 'kro.run/instance-name': 'theirs-cicd-pipeline' }),
  component('older', {
    'backstage.io/kubernetes-label-selector':
      'app.kubernetes.io/name=older,app.kubernetes.io/component=cicd-pipeline',
  }),
];

export const isOwn = (entityRef?: string) =>
  entityRef === 'component:default/ours';

const NONE = {
  succeeded: 0,
  running: 0,
  waiting: 0,
  failed: 0,
  suspended: 0,
  missing: 0,
  unknown: 0,
};

/** A backend that has heard of one golden path, and refuses those of others. */
export const deliveryApi = {
  async *streamDelivery({ entityRef, signal }) {
    if (!isOwn(entityRef)) {
      throw new NotAllowedError('Permission delivery.read is needed');
    }
    await new Promise(resolve => signal?.addEventListener('abort', resolve));
  },
  listDeliveries: async () => ({
    changed: true,
    list: {
      items: [
        {
          entityRef: 'component:default/ours',
          cluster: 'local',
          summary: {
            status: 'missing',
            stage: 'pipeline',
            sentence: {
              code: 'summary.missing',
              text: 'There is no pipeline yet.',
            },
          },
          environments: [],
          revision: '1',
        },
      ],
      totalItems: 1,
      statuses: { ...NONE, missing: 1 },
      sources: [],
    },
  }),
  // Figures that are still being read.
  getDora: () => new Promise(() => {}),
  listDora: () => new Promise(() => {}),
} as Partial<DeliveryApi> as DeliveryApi;
