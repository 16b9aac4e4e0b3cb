import {
  DELIVERY_ANNOTATIONS,
  deliveryAnnotationsSchema,
  say,
  type Diagnosis,
} from '@golden-path/plugin-delivery-common';

/** Where the golden path of an entity runs. */
export interface Location {
  cluster: string;
  resourceGroup: string;
  instanceName: string;
  instanceNamespace: string;
  /** Argo CD Application that brings the pipeline from Git. */
  registration?: string;
  /** Page of the source repository, for links to commits. */
  repositoryUrl?: string;
}

/** The location, and what is wrong with it where something is. */
export interface Located {
  location: Location;
  problem?: Diagnosis;
}

const REGISTRATION_ANNOTATION = 'argocd/app-name';
const SOURCE_ANNOTATION = 'backstage.io/source-location';

/**
 * Tells where the annotations of an entity point to.
 *
 * @param annotations - of the entity; the three required ones are there
 * @param clusters - names of the configured clusters, the default first
 */
export function locate(
  annotations: Record<string, string>,
  clusters: readonly string[],
): Located {
  const named = clusterAnnotation(annotations, clusters);
  const location: Location = {
    cluster: named?.value ?? clusters[0] ?? '',
    resourceGroup: annotations[DELIVERY_ANNOTATIONS.resourceGroup] ?? '',
    instanceName: annotations[DELIVERY_ANNOTATIONS.instanceName] ?? '',
    instanceNamespace:
      annotations[DELIVERY_ANNOTATIONS.instanceNamespace] ?? '',
    registration: annotations[REGISTRATION_ANNOTATION] || undefined,
    repositoryUrl: repositoryUrl(annotations[SOURCE_ANNOTATION]),
  };
  return {
    location,
    problem:
      badAnnotation(annotations) ?? clusterProblem(location, named, clusters),
  };
}

/**
 * The older annotation names clusters of another plugin's configuration, so it only
 * counts where it names one of ours.
 */
function clusterAnnotation(
  annotations: Record<string, string>,
  clusters: readonly string[],
) {
  const own = annotations[DELIVERY_ANNOTATIONS.cluster];
  if (own) {
    return { annotation: DELIVERY_ANNOTATIONS.cluster, value: own };
  }
  const legacy = annotations[DELIVERY_ANNOTATIONS.legacyCluster];
  return legacy && (clusters.includes(legacy) || clusters.length > 1)
    ? { annotation: DELIVERY_ANNOTATIONS.legacyCluster, value: legacy }
    : undefined;
}

function badAnnotation(
  annotations: Record<string, string>,
): Diagnosis | undefined {
  const parsed = deliveryAnnotationsSchema.safeParse(annotations);
  const issue = parsed.error?.issues[0];
  if (!issue) {
    return undefined;
  }
  const annotation = String(issue.path[0]);
  return {
    cause: say('pipeline.badAnnotation', {
      annotation,
      value: annotations[annotation] ?? '',
      problem: issue.message,
    }),
    nextStep: say('pipeline.badAnnotation.next'),
  };
}

function clusterProblem(
  location: Location,
  named: { annotation: string; value: string } | undefined,
  clusters: readonly string[],
): Diagnosis | undefined {
  if (clusters.length === 0) {
    return {
      cause: say('clusters.none'),
      nextStep: say('clusters.none.next'),
    };
  }
  if (!named || clusters.includes(location.cluster)) {
    return undefined;
  }
  return {
    cause: say('pipeline.unknownCluster', {
      annotation: named.annotation,
      cluster: named.value,
    }),
    nextStep: say('pipeline.unknownCluster.next', {
      clusters: clusters.join(', '),
    }),
  };
}

/** `url:https://host/owner/repo/tree/main/` → `https://host/owner/repo`. */
function repositoryUrl(sourceLocation?: string): string | undefined {
  const target = sourceLocation?.replace(/^url:/, '');
  if (!target || !URL.canParse(target)) {
    return undefined;
  }
  const url = new URL(target);
  if (!/^https?:$/.test(url.protocol)) {
    return undefined;
  }
  // At least owner and name come first; either may be called `src` or `tree`.
  const path = url.pathname
    .replace(/^((?:\/[^/]+){2,}?)\/(-\/)?(tree|blob|src)\/.*$/, '$1')
    .replace(/(\.git)?\/*$/, '');
  return `${url.origin}${path}`;
}
