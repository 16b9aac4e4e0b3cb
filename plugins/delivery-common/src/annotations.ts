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

/**
 * Annotations that other plugins read. Entities of existing golden paths have them, and
 * they repeat in part what `kro.run/*` says.
 *
 * @see https://github.com/aws-samples/appmod-blueprints/tree/main/platform/backstage/templates
 * @public
 */
export const PORTAL_ANNOTATIONS = {
  /** Name of the Argo CD Application that brings the pipeline from Git. */
  applicationName: 'argocd/app-name',
  /** Label selector of it, which entities had before they had its name. */
  applicationSelector: 'argocd/app-selector',
  workflowsNamespace: 'argo-workflows.cnoe.io/namespace',
  workflowsSelector: 'argo-workflows.cnoe.io/label-selector',
  kubernetesId: 'backstage.io/kubernetes-id',
  kubernetesNamespace: 'backstage.io/kubernetes-namespace',
  kubernetesSelector: 'backstage.io/kubernetes-label-selector',
} as const;

/** The one that the golden path has had from the beginning. */
const USUAL_RESOURCE_GROUP = 'cicdpipeline.kro.run';

/** Component that objects of a pipeline are labelled with. */
const PIPELINE_SELECTOR =
  /(?:^|,)\s*app\.kubernetes\.io\/component\s*==?\s*cicd-pipeline\s*(?:,|$)/;
const NAME_SELECTOR =
  /(?:^|,)\s*app\.kubernetes\.io\/name\s*==?\s*([^\s,]+)\s*(?:,|$)/;

/**
 * The annotations that say where a golden path runs; what `kro.run/*` leaves out is told
 * by those that other plugins read, after the names of the golden path: the pipeline of
 * application `checkout` is `checkout-cicd-pipeline`.
 *
 * @param annotations - of any entity
 * @public
 */
export function deliveryAnnotationsOf(
  annotations: Record<string, string>,
): Record<string, string> {
  const { resourceGroup, instanceName, instanceNamespace } =
    DELIVERY_ANNOTATIONS;
  const told: Record<string, string | undefined> = {
    [resourceGroup]: USUAL_RESOURCE_GROUP,
    [instanceName]: instanceNameOf(annotations),
    [instanceNamespace]:
      annotations[PORTAL_ANNOTATIONS.kubernetesNamespace] ||
      annotations[PORTAL_ANNOTATIONS.workflowsNamespace],
  };
  const missing = Object.entries(told).flatMap(([key, value]) =>
    value && annotations[key] === undefined ? [[key, value]] : [],
  );
  return { ...annotations, ...Object.fromEntries(missing) };
}

function instanceNameOf(
  annotations: Record<string, string>,
): string | undefined {
  const { workflowsSelector, kubernetesSelector } = PORTAL_ANNOTATIONS;
  const [name] = [workflowsSelector, kubernetesSelector].flatMap(key => {
    const selector = annotations[key] ?? '';
    const selected = NAME_SELECTOR.exec(selector)?.[1];
    return selected && PIPELINE_SELECTOR.test(selector) ? [selected] : [];
  });
  return name && `${name}-cicd-pipeline`;
}

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
 * Tells whether an entity says where its golden path runs, with `kro.run/*` or with a
 * selector of the objects of its pipeline; the tab and the card
 * are shown for no other entity.
 *
 * @param entity - any catalog entity
 * @public
 */
export function isDeliveryAvailable(entity: {
  metadata: { annotations?: Record<string, string> };
}): boolean {
  const annotations = entity.metadata.annotations ?? {};
  return Boolean(
    annotations[DELIVERY_ANNOTATIONS.instanceName] ||
      instanceNameOf(annotations),
  );
}
