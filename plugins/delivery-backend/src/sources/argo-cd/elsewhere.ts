import type { KubernetesObject } from '../../kubernetes/types';
import { applicationSchema } from './schema';

/** Condition of an Application whose project does not take it from its namespace. */
const REFUSED = 'InvalidSpecError';

/**
 * Whether Argo CD takes an Application from a namespace that is neither its own nor the
 * pipeline's. Anybody may write labels there, so its word counts: the namespace is
 * among `application.namespaces`, and the project, which must be the pipeline's own,
 * allows the namespace.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/app-any-namespace/
 */
export function isTakenByArgoCd(
  object: KubernetesObject,
  pipeline: {
    isAllowed(namespace: string): boolean;
    registration?: KubernetesObject;
    applicationName: string;
  },
): boolean {
  if (!pipeline.isAllowed(object.metadata.namespace ?? '')) {
    return false;
  }
  const { spec, status } = applicationSchema.parse(object);
  const own = [
    `${pipeline.applicationName}-project`,
    pipeline.registration &&
      applicationSchema.parse(pipeline.registration).spec.project,
  ].filter(project => project && project !== 'default');
  return (
    own.includes(spec.project) &&
    status.reconciledAt !== undefined &&
    status.conditions.every(({ type }) => type !== REFUSED)
  );
}
