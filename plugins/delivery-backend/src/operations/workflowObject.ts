import { z } from 'zod';
import type { LiveObject } from './OperatorCluster';

const nodeSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  phase: z.string().optional(),
  boundaryID: z.string().optional(),
  children: z.array(z.string()).optional(),
  templateName: z.string().optional(),
});

/** A node of `status.nodes`. */
export type WorkflowNode = z.infer<typeof nodeSchema>;

const workflowSchema = z.looseObject({
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string().optional(),
    generateName: z.string().optional(),
    labels: z.record(z.string(), z.string()).optional(),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
  spec: z.looseObject({}),
  status: z
    .looseObject({
      phase: z.string().optional(),
      nodes: z.record(z.string(), nodeSchema).optional(),
      compressedNodes: z.string().optional(),
      offloadNodeStatusVersion: z.string().optional(),
      conditions: z
        .array(z.looseObject({ type: z.string(), status: z.string() }))
        .optional(),
    })
    .optional(),
});

/** The part of a Workflow that operations read and write. */
export type WorkflowObject = z.infer<typeof workflowSchema>;

export function readWorkflow(object: LiveObject): WorkflowObject {
  return workflowSchema.parse(object);
}

/** Whether the controller has nothing more to do for it. */
export function isOver({ status }: WorkflowObject): boolean {
  return ['Succeeded', 'Failed', 'Error'].includes(status?.phase ?? '');
}
