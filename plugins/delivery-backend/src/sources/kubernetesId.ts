import { PORTAL_ANNOTATIONS } from '@golden-path/plugin-delivery-common';
import type { KubernetesObject } from '../kubernetes/types';

/**
 * The label by which Backstage's Kubernetes plugin finds what an entity with the
 * annotation of the same name owns.
 *
 * @see https://backstage.io/docs/features/kubernetes/configuration/#surfacing-your-kubernetes-components-as-part-of-an-entity
 */
export function kubernetesIdOf({
  metadata,
}: KubernetesObject): string | undefined {
  return metadata.labels?.[PORTAL_ANNOTATIONS.kubernetesId];
}
