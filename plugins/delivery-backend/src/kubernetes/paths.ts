import { Resource } from './Discovery';
import { KindRef } from './types';

type Query = Record<string, string | number | boolean | undefined>;

/** Path and query of a collection, narrowed as the kind says. */
export function collectionPath(
  kind: KindRef,
  resource: Resource,
  query: Query,
): string {
  const search = new URLSearchParams();
  const parameters: Query = {
    labelSelector: kind.labelSelector,
    fieldSelector: kind.fieldSelector,
    ...query,
  };
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) {
      search.set(name, String(value));
    }
  }
  return `${pathOf(kind, resource)}?${search}`;
}

/** Path of one object. */
export function objectPath(
  kind: KindRef,
  resource: Resource,
  name: string,
): string {
  return `${pathOf(kind, resource)}/${encodeURIComponent(name)}`;
}

function pathOf(kind: KindRef, resource: Resource): string {
  const segments = [
    ...(kind.group ? ['apis', kind.group] : ['api']),
    resource.version,
    ...(kind.namespace && resource.namespaced
      ? ['namespaces', kind.namespace]
      : []),
    resource.plural,
  ];
  return `/${segments.map(encodeURIComponent).join('/')}`;
}

/** Media type for full objects, or for nothing but their metadata. */
export function accept(of: 'List' | 'Object', metadataOnly: boolean): string {
  if (!metadataOnly) {
    return 'application/json';
  }
  const as =
    of === 'List' ? 'PartialObjectMetadataList' : 'PartialObjectMetadata';
  return `application/json;as=${as};g=meta.k8s.io;v=v1`;
}
