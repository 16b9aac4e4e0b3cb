/** Length that Argo Workflows leaves for the name of the Workflow and the template. */
const PREFIX_LENGTH = 253 - 10 - 1;

/**
 * Name of the pod of a node: `<workflow>-<template>-<hash>`, the hash being the last
 * part of the node's id.
 *
 * @see https://argo-workflows.readthedocs.io/en/latest/pod-names/
 */
export function podNameOf(
  workflow: { name: string; annotations?: Record<string, string> },
  node: { id: string; name: string; templateName?: string },
): string {
  const format =
    workflow.annotations?.['workflows.argoproj.io/pod-name-format'] ?? 'v2';
  if (format === 'v1') {
    return node.id;
  }
  if (node.name === workflow.name) {
    return workflow.name;
  }
  const prefix = node.templateName
    ? `${workflow.name}-${node.templateName}`
    : workflow.name;
  const hash = node.id.slice(node.id.lastIndexOf('-') + 1);
  return `${prefix.slice(0, PREFIX_LENGTH)}-${hash}`;
}
