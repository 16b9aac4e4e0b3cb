import type { KubernetesObject } from '../../kubernetes/types';
import { isObject } from '../lenient';
import { trimmed } from '../trimmed';
import { nodeShell } from './nodes';
import { planOf } from './plan';
import { redactValues } from './redact';
import { storedNodesOf } from './storedNodes';

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

/**
 * A Workflow carries the Git token as a parameter, and its nodes repeat parameters
 * as inputs: only what is named here is kept, and values are taken out of messages.
 */
export function trimWorkflow(object: KubernetesObject): KubernetesObject {
  const spec = isObject(object.spec) ? object.spec : {};
  const status = isObject(object.status) ? object.status : {};
  const parameters = parametersOf(spec.arguments);
  const { nodes, absent } = storedNodesOf(status);
  const stored = isObject(status.storedWorkflowTemplateSpec)
    ? status.storedWorkflowTemplateSpec
    : {};
  const values = lazily(() => secretValues(spec, stored, nodes));
  const clean = (message: unknown) =>
    typeof message === 'string' && message !== ''
      ? redactValues(message, values())
      : undefined;
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
      suspend: spec.suspend,
    },
    status: {
      phase: status.phase,
      startedAt: status.startedAt,
      finishedAt: status.finishedAt,
      progress: status.progress,
      message: clean(status.message),
      estimatedDuration: status.estimatedDuration,
      plan: planOf('templates' in stored ? stored : spec),
      nodeCount: absent ? undefined : nodes.length,
      nodesAbsent: absent,
      nodes: nodes.map(node => ({
        ...nodeShell(node),
        message: clean(node.message),
      })),
    },
  };
}

/**
 * Values of the parameters of a Workflow that must not be shown.
 *
 * @param object - a Workflow as the cluster gave it
 */
export function secretValuesOf(object: Record<string, unknown>): string[] {
  const spec = isObject(object.spec) ? object.spec : {};
  const status = isObject(object.status) ? object.status : {};
  const stored = isObject(status.storedWorkflowTemplateSpec)
    ? status.storedWorkflowTemplateSpec
    : {};
  return secretValues(spec, stored, storedNodesOf(status).nodes);
}

function secretValues(
  spec: Record<string, unknown>,
  stored: Record<string, unknown>,
  nodes: ReadonlyArray<Record<string, unknown>>,
): string[] {
  return [
    ...parametersOf(spec.arguments),
    // What the template gives where the run gives nothing.
    ...parametersOf(stored.arguments),
    ...nodes.flatMap(({ inputs, outputs }) => [
      ...parametersOf(inputs),
      ...parametersOf(outputs),
    ]),
  ]
    .filter(({ name }) => !HARMLESS_PARAMETERS.includes(name))
    .map(({ value }) => value);
}

/** Parameters of `spec.arguments`, or of a node's `inputs` or `outputs`. */
function parametersOf(holder: unknown): Array<{ name: string; value: string }> {
  const { parameters, result } = isObject(holder)
    ? holder
    : { parameters: [], result: undefined };
  return [
    ...(Array.isArray(parameters) ? parameters : []),
    // What a script printed can be handed on like a parameter.
    { name: 'result', value: result },
  ]
    .filter(isObject)
    .filter(({ name, value }) => name !== undefined && value !== undefined)
    .map(({ name, value }) => ({ name: String(name), value: String(value) }));
}

function lazily<T>(compute: () => T): () => T {
  let value: T | undefined;
  return () => (value ??= compute());
}
