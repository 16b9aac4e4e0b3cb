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

/** Kinds that nothing but the test acts on, in one namespace. */
export function subjects(namespace: string) {
  const core = (plural: string) => `/api/v1/namespaces/${namespace}/${plural}`;
  const configMaps: Subject = {
    kind: { group: '', kind: 'ConfigMap' },
    plural: 'configmaps',
    apiVersion: 'v1',
    written: {
      collection: core('configmaps'),
      fields: turn => ({ data: { turn: `${turn} ${WORDS}` } }),
    },
  };
  const limitRanges: Subject = {
    kind: { group: '', kind: 'LimitRange' },
    plural: 'limitranges',
    apiVersion: 'v1',
    written: {
      collection: core('limitranges'),
      fields: turn => ({
        spec: { limits: [{ type: 'Pod', max: { cpu: `${turn}` } }] },
      }),
    },
  };
  /** The API server does not cache these: watches are told what etcd says. */
  const events: Subject = {
    kind: { group: '', kind: 'Event' },
    plural: 'events',
    apiVersion: 'v1',
    written: {
      collection: core('events'),
      fields: turn => ({
        involvedObject: { kind: 'Namespace', name: namespace, namespace },
        message: `${turn}`,
      }),
    },
  };
  return { configMaps, limitRanges, events };
}
