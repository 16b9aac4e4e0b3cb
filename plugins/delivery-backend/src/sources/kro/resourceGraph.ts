import { z } from 'zod';
import type { ResourceGraphFacts } from '../../delivery/facts';
import type { KubernetesObject } from '../../kubernetes/types';
import {
  conditions,
  count,
  flag,
  isObject,
  listOf,
  part,
  text,
} from '../lenient';
import { oncePerObject } from '../oncePerObject';
import { pick, trimmed } from '../trimmed';

/** A resource of a graph, without what its template says beyond kind and name. */
const nodeSchema = z.object({
  id: z.string(),
  apiVersion: z.string(),
  kind: z.string(),
  /** Either may hold `${…}`. */
  name: text,
  namespace: text,
  /** Belongs to somebody else; kro only reads it. */
  external: flag,
  /** One for each item of a list. */
  collection: flag,
  /** Made only where a condition holds. */
  conditional: flag,
});

/** {@inheritDoc nodeSchema} */
export type GraphNode = z.infer<typeof nodeSchema> & {
  group: string;
  /** Ids of the resources that it refers to. */
  dependsOn: string[];
};

const observed = listOf(
  z.object({ type: z.string(), observedGeneration: count }),
);

const graphSchema = z.object({
  metadata: part({ generation: count }),
  spec: part({
    schema: part({
      kind: text,
      group: text,
      apiVersion: text,
      printedConditions: listOf(z.string()),
    }),
    resources: listOf(nodeSchema),
  }),
  status: part({
    state: text,
    conditions,
    observed,
    topologicalOrder: listOf(z.string()),
    resources: listOf(
      z.object({
        id: z.string(),
        dependencies: listOf(z.object({ id: z.string() })),
      }),
    ),
  }),
});

const DEFAULT_GROUP = 'kro.run';

/** A graph as it is read: what it says of its kind, and its resources in order. */
export interface ResourceGraph {
  facts: ResourceGraphFacts;
  nodes: readonly GraphNode[];
}

/** Reads a ResourceGraphDefinition, trimmed as it is kept. */
export const readResourceGraph = oncePerObject((object): ResourceGraph => {
  const parsed = graphSchema.parse(object);
  return { facts: factsOf(object, parsed), nodes: nodesOf(parsed) };
});

type Parsed = z.infer<typeof graphSchema>;

function factsOf(
  object: KubernetesObject,
  { metadata, spec, status }: Parsed,
): ResourceGraphFacts {
  return {
    name: object.metadata.name,
    kind: spec.schema.kind,
    group: spec.schema.group ?? DEFAULT_GROUP,
    state: status.state || undefined,
    conditions: status.conditions,
    printedConditions: spec.schema.printedConditions,
    outdated: status.observed.some(
      ({ observedGeneration }) =>
        observedGeneration !== undefined &&
        metadata.generation !== undefined &&
        observedGeneration < metadata.generation,
    ),
    deleting: object.metadata.deletionTimestamp !== undefined,
  };
}

/** The resources in the order in which kro makes them. */
function nodesOf({ spec, status }: Parsed): GraphNode[] {
  const dependencies = new Map(
    status.resources.map(({ id, dependencies: on }) => [
      id,
      // kro writes them in no fixed order.
      on.map(each => each.id).sort(),
    ]),
  );
  const order = new Map(
    status.topologicalOrder.map((id, index) => [id, index]),
  );
  const place = (id: string) => order.get(id) ?? order.size;
  return spec.resources
    .map(node => ({
      ...node,
      group: groupOf(node.apiVersion),
      dependsOn: dependencies.get(node.id) ?? [],
    }))
    .sort((a, b) => place(a.id) - place(b.id));
}

/**
 * Templates hold commands, environment variables and whole Secrets: of them only kind and
 * name are kept.
 */
export function trimResourceGraph(object: KubernetesObject): KubernetesObject {
  const spec = isObject(object.spec) ? object.spec : {};
  const schema = isObject(spec.schema) ? spec.schema : {};
  const status = isObject(object.status) ? object.status : {};
  const resources = Array.isArray(spec.resources) ? spec.resources : [];
  return {
    ...trimmed(object, {}),
    spec: {
      schema: {
        ...pick(schema, ['kind', 'group', 'apiVersion']),
        printedConditions: printedConditions(schema.additionalPrinterColumns),
      },
      resources: resources.filter(isObject).map(toNode),
    },
    status: {
      ...pick(status, ['state', 'conditions', 'topologicalOrder', 'resources']),
      observed: Array.isArray(status.conditions)
        ? status.conditions.map(each =>
            pick(each, ['type', 'observedGeneration']),
          )
        : [],
    },
  };
}

function toNode(resource: Record<string, unknown>): Record<string, unknown> {
  const { template, externalRef } = resource;
  const [manifest = {}] = [template, externalRef].filter(isObject);
  const metadata = isObject(manifest.metadata) ? manifest.metadata : {};
  return {
    id: resource.id,
    ...pick(manifest, ['apiVersion', 'kind']),
    ...pick(metadata, ['name', 'namespace']),
    external: isObject(externalRef),
    collection: isNonEmpty(resource.forEach),
    conditional: isNonEmpty(resource.includeWhen),
  };
}

/**
 * Conditions that `kubectl get` prints, where the author of the graph chose the columns
 * in place of kro's own.
 */
function printedConditions(columns: unknown): string[] {
  return (Array.isArray(columns) ? columns : [])
    .filter(isObject)
    .flatMap(({ jsonPath }) => {
      const type =
        /\.status\.conditions\[\?\(@\.type==["']([^"']+)["']\)\]\.status$/.exec(
          String(jsonPath),
        )?.[1];
      return type ? [type] : [];
    });
}

function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

function isNonEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}
