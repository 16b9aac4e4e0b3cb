import { gunzipSync } from 'node:zlib';
import type { KubernetesObject } from '../../kubernetes/types';
import { isObject } from '../lenient';
import { trimmed } from '../trimmed';
import { planOf } from './plan';
import { redact } from './redact';

/** The only parameter of a Workflow that is ever kept. */
export const IMAGE_TAG_PARAMETER = 'image-tag';

/** Parameters whose value may stand in a message: it says nothing secret and helps. */
const HARMLESS_PARAMETERS = [
  IMAGE_TAG_PARAMETER,
  'repo-name',
  'git-revision',
  'application-name',
  'dockerfile-path',
  'deployment-path',
  'aws-region',
];

const NODE_FIELDS = [
  'id',
  'name',
  'displayName',
  'type',
  'templateName',
  'phase',
  'boundaryID',
  'children',
  'startedAt',
  'finishedAt',
  'nodeFlag',
];

const MAXIMUM_NODES_BYTES = 32 * 1024 * 1024;

/**
 * A Workflow carries the Git token as a parameter, and its nodes repeat parameters
 * as inputs: only what is named here is kept, and values are taken out of messages.
 */
export function trimWorkflow(object: KubernetesObject): KubernetesObject {
  const spec = isObject(object.spec) ? object.spec : {};
  const status = isObject(object.status) ? object.status : {};
  const parameters = parametersOf(spec);
  const values = parameters
    .filter(({ name }) => !HARMLESS_PARAMETERS.includes(name))
    .map(({ value }) => value);
  const clean = (message: unknown) =>
    typeof message === 'string' ? redact(message, values) : undefined;
  return {
    ...trimmed(object, {}),
    spec: {
      workflowTemplateRef: isObject(spec.workflowTemplateRef)
        ? { name: spec.workflowTemplateRef.name }
        : undefined,
      arguments: {
        parameters: parameters.filter(
          ({ name }) => name === IMAGE_TAG_PARAMETER,
        ),
      },
    },
    status: {
      phase: status.phase,
      startedAt: status.startedAt,
      finishedAt: status.finishedAt,
      progress: status.progress,
      message: clean(status.message),
      plan: planOf(status.storedWorkflowTemplateSpec),
      nodes: nodesOf(status).map(node => ({
        ...Object.fromEntries(NODE_FIELDS.map(field => [field, node[field]])),
        message: clean(node.message),
      })),
    },
  };
}

function parametersOf(
  spec: Record<string, unknown>,
): Array<{ name: string; value: string }> {
  const given = isObject(spec.arguments) ? spec.arguments.parameters : [];
  return (Array.isArray(given) ? given : [])
    .filter(isObject)
    .filter(({ name, value }) => name !== undefined && value !== undefined)
    .map(({ name, value }) => ({ name: String(name), value: String(value) }));
}

/**
 * Nodes of a Workflow; a big one keeps them gzipped in `compressedNodes`. Those that
 * the controller moved to its own database are not in the object at all.
 */
function nodesOf(status: Record<string, unknown>): Record<string, unknown>[] {
  const nodes = isObject(status.nodes)
    ? status.nodes
    : decompress(status.compressedNodes);
  return Object.values(nodes).filter(isObject);
}

function decompress(compressed: unknown): Record<string, unknown> {
  if (typeof compressed !== 'string' || compressed === '') {
    return {};
  }
  try {
    const json = gunzipSync(Buffer.from(compressed, 'base64'), {
      maxOutputLength: MAXIMUM_NODES_BYTES,
    });
    const nodes: unknown = JSON.parse(json.toString('utf8'));
    return isObject(nodes) ? nodes : {};
  } catch {
    return {};
  }
}
