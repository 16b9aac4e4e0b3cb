import { gunzipSync } from 'node:zlib';
import { isObject } from '../lenient';

/** Some of what Argo Workflows stores must fit into 1 MB; this is far more than that unpacks to. */
const MAXIMUM_NODES_BYTES = 32 * 1024 * 1024;

/** The nodes that a Workflow carries, or why it does not. */
export interface StoredNodes {
  nodes: Record<string, unknown>[];
  /** `elsewhere`: in the controller's own database. `unreadable`: compressed, but not as Argo does. */
  absent?: 'elsewhere' | 'unreadable';
}

/**
 * Nodes of a Workflow. One that is too big for an object of Kubernetes keeps them gzipped
 * in `compressedNodes`, or the controller moved them to its own database; then the object
 * holds a hash of them only.
 *
 * @param status - of the Workflow
 * @see https://argo-workflows.readthedocs.io/en/latest/offloading-large-workflows/
 */
export function storedNodesOf(status: Record<string, unknown>): StoredNodes {
  const plain = isObject(status.nodes) ? status.nodes : {};
  if (Object.keys(plain).length > 0) {
    return { nodes: Object.values(plain).filter(isObject) };
  }
  if (isText(status.compressedNodes)) {
    const nodes = decompress(status.compressedNodes);
    return nodes
      ? { nodes: Object.values(nodes).filter(isObject) }
      : { nodes: [], absent: 'unreadable' };
  }
  return {
    nodes: [],
    absent: isText(status.offloadNodeStatusVersion) ? 'elsewhere' : undefined,
  };
}

function decompress(compressed: string): Record<string, unknown> | undefined {
  try {
    const json = gunzipSync(Buffer.from(compressed, 'base64'), {
      maxOutputLength: MAXIMUM_NODES_BYTES,
    });
    const nodes: unknown = JSON.parse(json.toString('utf8'));
    return isObject(nodes) ? nodes : undefined;
  } catch {
    return undefined;
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
