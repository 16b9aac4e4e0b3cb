import {
  DELIVERY_ANNOTATIONS,
  deliveryAnnotationsOf,
  deliveryAnnotationsSchema,
  PORTAL_ANNOTATIONS,
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
  /** Label selector of Applications, which older entities have instead. */
  registrationSelector?: string;
  /** Whether `kro.run/cluster` names the cluster. */
  clusterNamed: boolean;
  /** What the annotations that other plugins read say. */
  portal: Readonly<Record<string, string>>;
  /** Page of the source repository, for links to commits. */
  repositoryUrl?: string;
}

/** The location, and what is wrong with it where something is. */
export interface Located {
  location: Location;
  problem?: Diagnosis;
}

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
  const own = deliveryAnnotationsOf(annotations);
  const named = clusterAnnotation(annotations, clusters);
  const location: Location = {
    cluster: named?.value ?? clusters[0] ?? '',
    resourceGroup: own[DELIVERY_ANNOTATIONS.resourceGroup] ?? '',
    instanceName: own[DELIVERY_ANNOTATIONS.instanceName] ?? '',
    instanceNamespace: own[DELIVERY_ANNOTATIONS.instanceNamespace] ?? '',
    registration: annotations[PORTAL_ANNOTATIONS.applicationName] || undefined,
    registrationSelector:
      annotations[PORTAL_ANNOTATIONS.applicationSelector] || undefined,
    clusterNamed: Boolean(annotations[DELIVERY_ANNOTATIONS.cluster]),
    portal: portalOf(annotations, clusters),
    repositoryUrl: repositoryUrl(annotations[SOURCE_ANNOTATION]),
  };
  return {
    location,
    problem: badAnnotation(own) ?? clusterProblem(location, named, clusters),
  };
}

/** A cluster of another plugin's configuration says nothing about ours. */
function portalOf(
  annotations: Record<string, string>,
  clusters: readonly string[],
): Record<string, string> {
  const legacy = DELIVERY_ANNOTATIONS.legacyCluster;
  return Object.fromEntries(
    [...Object.values(PORTAL_ANNOTATIONS), legacy].flatMap(key => {
      const value = annotations[key];
      const isForeign = key === legacy && !clusters.includes(value);
      return value && !isForeign ? [[key, value]] : [];
    }),
  );
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
      clusters: [...clusters],
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
