import type { KubernetesObject } from '../../kubernetes/types';
import { isObject } from '../lenient';
import type { GraphNode } from './resourceGraph';

/** Names may refer to names of others, which may refer to others. */
const MAXIMUM_DEPTH = 10;

interface Surroundings {
  nodes: readonly GraphNode[];
  instance: KubernetesObject;
}

/**
 * Name of a part as its template says it, where that needs no more than is kept of the
 * instance: `${schema.spec.name}-role` is known, `${schema.spec.list[0]}` is not.
 */
export function nameOf(
  node: GraphNode,
  surroundings: Surroundings,
  depth = 0,
): string | undefined {
  if (node.name === undefined || node.collection || depth > MAXIMUM_DEPTH) {
    return undefined;
  }
  let known = true;
  const name = node.name.replace(/\$\{\s*([^}]*?)\s*\}/g, (_, expression) => {
    const value = valueOf(expression, surroundings, depth);
    known &&= value !== undefined;
    return value ?? '';
  });
  return known ? name : undefined;
}

function valueOf(
  expression: string,
  surroundings: Surroundings,
  depth: number,
): string | undefined {
  const [root, ...path] = expression.split('.');
  if (root === 'schema') {
    const value = path.reduce<unknown>(
      (from, key) =>
        isObject(from) && Object.hasOwn(from, key) ? from[key] : undefined,
      surroundings.instance,
    );
    return typeof value === 'string' ? value : undefined;
  }
  const other = surroundings.nodes.find(({ id }) => id === root);
  return other && path.join('.') === 'metadata.name'
    ? nameOf(other, surroundings, depth + 1)
    : undefined;
}
