import { KindRef, KubernetesObject } from '../types';
import { NOT_KEPT, Written } from './Writer';

/** Words of one, two, three and four bytes, for whoever cuts between bytes. */
const WORDS = 'a ü ✓ 𝌆';

/** A kind that a trial watches, and how it is written. */
export interface Subject {
  readonly kind: KindRef;
  readonly plural: string;
  /** As its objects say. */
  apiVersion: string;
  readonly written: Written;
}

/** Path of all objects of a kind. */
export function everywhere({ apiVersion, plural }: Subject): string {
  const root = apiVersion.includes('/') ? 'apis' : 'api';
  return `/${root}/${apiVersion}/${plural}`;
}

/** An object as it is to be kept, from how the API server sends it in a list. */
export function asKept(
  { kind, apiVersion }: Subject,
  object: KubernetesObject,
): KubernetesObject {
  const metadata: KubernetesObject['metadata'] & { managedFields?: unknown } = {
    ...object.metadata,
  };
  delete metadata.managedFields;
  if (metadata.annotations) {
    metadata.annotations = { ...metadata.annotations };
    delete metadata.annotations[NOT_KEPT];
  }
  return { ...object, apiVersion, kind: kind.kind, metadata };
}

/**
 * Kinds that nothing but the test acts on, in one namespace. The plugin watches the first
 * two; the API server knows one by its definition and was built with the other.
 */
export function subjects(namespace: string) {
  const workflows: Subject = {
    kind: { group: 'argoproj.io', kind: 'Workflow' },
    plural: 'workflows',
    apiVersion: 'argoproj.io/v1alpha1',
    written: {
      collection: `/apis/argoproj.io/v1alpha1/namespaces/${namespace}/workflows`,
      fields: turn => ({
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Workflow',
        spec: { entrypoint: `${turn} ${WORDS}` },
      }),
    },
  };
  const labels = { app: 'test' };
  const deployments: Subject = {
    kind: { group: 'apps', kind: 'Deployment' },
    plural: 'deployments',
    apiVersion: 'apps/v1',
    written: {
      collection: `/apis/apps/v1/namespaces/${namespace}/deployments`,
      fields: turn => ({
        spec: {
          replicas: turn,
          selector: { matchLabels: labels },
          template: {
            metadata: { labels },
            spec: { containers: [{ name: 'test', image: 'test' }] },
          },
        },
      }),
    },
  };
  /** The API server does not cache these: watches are told what etcd says. */
  const events: Subject = {
    kind: { group: '', kind: 'Event' },
    plural: 'events',
    apiVersion: 'v1',
    written: {
      collection: `/api/v1/namespaces/${namespace}/events`,
      fields: turn => ({
        involvedObject: { kind: 'Namespace', name: namespace, namespace },
        message: `${turn}`,
      }),
    },
  };
  return { workflows, deployments, events };
}
