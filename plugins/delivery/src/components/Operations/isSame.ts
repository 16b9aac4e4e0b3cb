import type { OperationRequest } from '@golden-path/plugin-delivery-common';

/** Whether the same is asked to be done to the same. */
export function isSame(a: OperationRequest, b: OperationRequest): boolean {
  return keyOf(a) === keyOf(b);
}

function keyOf(request: OperationRequest): string {
  return JSON.stringify(Object.entries(request).sort());
}
