import type { KubernetesObject } from '../../kubernetes/types';

/** Written by the pipeline on the Applications of its environments. */
const ENVIRONMENT_ANNOTATION = 'cicd.kro.run/environment';
/** `<project>:<stage>`: who may promote with Kargo. */
const KARGO_ANNOTATION = 'kargo.akuity.io/authorized-stage';
const NAME_LABEL = 'app.kubernetes.io/name';

/**
 * The environment that an Application stands for: as it says, or as its Kargo Stage or
 * its name `<application>-<environment>-cd` tells.
 */
export function environmentNameOf(
  metadata: KubernetesObject['metadata'],
): string | undefined {
  const { annotations = {}, labels = {}, name } = metadata;
  const application = labels[NAME_LABEL];
  return (
    annotations[ENVIRONMENT_ANNOTATION] ||
    kargoStageOf(metadata)?.name ||
    (application && name.startsWith(`${application}-`)
      ? /^(.+)-cd$/.exec(name.slice(application.length + 1))?.[1]
      : undefined)
  );
}

/** The Kargo Stage that may promote to an Application. */
export function kargoStageOf({
  annotations,
}: KubernetesObject['metadata']):
  | { project: string; name: string }
  | undefined {
  const [, project, name] =
    /^([^:*]+):([^:*]+)$/.exec(annotations?.[KARGO_ANNOTATION] ?? '') ?? [];
  return project && name ? { project, name } : undefined;
}
