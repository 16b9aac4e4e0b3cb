import { KindRef } from '../types';

/**
 * Workflows to test with: the reading account may watch them, anything may be written
 * into them, and controllers leave them alone because they belong to another one.
 *
 * @param test - tells them from those of other tests
 */
export function testWorkflows(test: string, namespace: string) {
  const controller = 'workflows.argoproj.io/controller-instanceid';
  const kind: KindRef = {
    group: 'argoproj.io',
    kind: 'Workflow',
    labelSelector: `${controller}=${test}`,
  };
  return {
    kind,
    collection: `/apis/argoproj.io/v1alpha1/namespaces/${namespace}/workflows`,
    /** @param entrypoint - any text */
    workflow: (name: string, entrypoint: string) => ({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Workflow',
      metadata: { name, labels: { [controller]: test } },
      spec: { entrypoint },
    }),
  };
}
