import { RealCluster } from '../kubernetes/__testing__/RealCluster';
import type { KindRef } from '../kubernetes/types';
import type { Schema } from './admitted';
import { resourceOf } from './resources';

/** How a real API server serves a kind. */
export interface ServedSchema {
  apiVersion: string;
  /** Path of a collection to write to. */
  path: string;
  schema: Schema;
  /** What `$ref` names in the schema, by name. */
  definitions: Record<string, Schema>;
  /** Whether its Go code refuses more than its schema says. */
  isBuiltIn: boolean;
  /** Whether the shape of the content is left open. */
  isOpen: boolean;
}

/** Reads it from the API server; nothing where the kind is not served. */
export async function servedSchema(
  cluster: RealCluster,
  kind: KindRef,
): Promise<ServedSchema | undefined> {
  const resource = resourceOf(kind);
  return kind.group.includes('.')
    ? custom(cluster, kind, resource)
    : builtIn(cluster, kind, resource);
}

async function custom(
  cluster: RealCluster,
  { group }: KindRef,
  resource: string,
): Promise<ServedSchema | undefined> {
  const { items } = await cluster.send(
    'GET',
    `/apis/apiextensions.k8s.io/v1/customresourcedefinitions?fieldSelector=metadata.name=${resource}.${group}`,
  );
  if (items.length === 0) {
    return undefined;
  }
  const [{ spec }] = items;
  const version = spec.versions.find((each: any) => each.served);
  const schema = version.schema.openAPIV3Schema;
  const root = `/apis/${group}/${version.name}`;
  const namespace =
    spec.scope === 'Namespaced' ? `/namespaces/${cluster.namespace}` : '';
  return {
    apiVersion: `${group}/${version.name}`,
    path: `${root}${namespace}/${resource}`,
    schema: contentOf(schema),
    definitions: {},
    isBuiltIn: false,
    isOpen: !schema.properties.spec.properties,
  };
}

async function builtIn(
  cluster: RealCluster,
  { group, kind }: KindRef,
  resource: string,
): Promise<ServedSchema> {
  const root = group ? `apis/${group}/v1` : 'api/v1';
  const { components } = await cluster.send('GET', `/openapi/v3/${root}`);
  const definitions: Record<string, Schema> = components.schemas;
  const name = Object.keys(definitions).find(each =>
    each.endsWith(`.${group || 'core'}.v1.${kind}`),
  )!;
  return {
    apiVersion: group ? `${group}/v1` : 'v1',
    path: `/${root}/namespaces/${cluster.namespace}/${resource}`,
    schema: contentOf(definitions[name]),
    definitions,
    isBuiltIn: true,
    isOpen: true,
  };
}

/** All but what says which object it is. */
function contentOf(schema: Schema): Schema {
  const { apiVersion, kind, metadata, ...properties } = schema.properties ?? {};
  return {
    ...schema,
    properties,
    required: Object.keys(properties).filter(name =>
      ['spec', 'status', ...(schema.required ?? [])].includes(name),
    ),
  };
}
