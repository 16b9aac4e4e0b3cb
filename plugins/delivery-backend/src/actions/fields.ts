import type { z } from 'zod/v3';

/** Fields that several actions have; the registry hands out the `zod` to make them with. */
export const fields = {
  entity: (zod: typeof z) =>
    zod
      .string()
      .min(1)
      .max(200)
      .describe(
        'Reference of a catalog entity that has a golden path, for example "component:default/checkout"; kind and namespace may be left out',
      ),
  run: (zod: typeof z) =>
    zod
      .string()
      .min(1)
      .max(253)
      .describe('Name of a run, as delivery.list-runs gives it'),
  environment: (zod: typeof z) =>
    zod
      .string()
      .min(1)
      .max(63)
      .describe(
        'Name of an environment, as delivery.get-delivery-status gives it',
      ),
};

/** Of an action that changes nothing. */
export const READS = { readOnly: true, destructive: false, idempotent: true };
