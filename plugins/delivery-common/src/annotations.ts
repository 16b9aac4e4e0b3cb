import { z } from 'zod';

/**
 * Annotations of a catalog entity that say where its golden path runs.
 *
 * @remarks
 * The three `kro.run/*` keys are written by the platform's template; the cluster
 * keys are optional and only matter where several clusters are configured.
 *
 * @public
 */
export const DELIVERY_ANNOTATIONS = {
  /** Name of the ResourceGraphDefinition, for example `cicdpipeline.kro.run`. */
  resourceGroup: 'kro.run/resource-group',
  /** `metadata.name` of the kro instance. */
  instanceName: 'kro.run/instance-name',
  /** `metadata.namespace` of the kro instance. */
  instanceNamespace: 'kro.run/instance-namespace',
  /** Name of the cluster in the plugin's configuration. */
  cluster: 'kro.run/cluster',
  /** Older name of the same, written by existing golden paths. */
  legacyCluster: 'argo-workflows.cnoe.io/cluster-name',
} as const;

const dns1123Subdomain = z
  .string()
  .max(253)
  .regex(
    /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
    'must be a Kubernetes name: lower case letters, digits, "-" and "."',
  );

const dns1123Label = z
  .string()
  .max(63)
  .regex(
    /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
    'must be a Kubernetes namespace: lower case letters, digits and "-"',
  );

/**
 * The annotations of an entity that has a golden path.
 *
 * @public
 */
export const deliveryAnnotationsSchema = z.object({
  [DELIVERY_ANNOTATIONS.resourceGroup]: dns1123Subdomain,
  [DELIVERY_ANNOTATIONS.instanceName]: dns1123Subdomain,
  [DELIVERY_ANNOTATIONS.instanceNamespace]: dns1123Label,
  [DELIVERY_ANNOTATIONS.cluster]: z.string().min(1).optional(),
  [DELIVERY_ANNOTATIONS.legacyCluster]: z.string().min(1).optional(),
});

/**
 * Tells whether an entity says where its golden path runs; the tab and the card
 * are shown for no other entity.
 *
 * @param entity - any catalog entity
 * @public
 */
export function isDeliveryAvailable(entity: {
  metadata: { annotations?: Record<string, string> };
}): boolean {
  return Boolean(
    entity.metadata.annotations?.[DELIVERY_ANNOTATIONS.instanceName],
  );
}
