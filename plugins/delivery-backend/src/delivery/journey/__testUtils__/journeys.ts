import type { Journey } from '@golden-path/plugin-delivery-common';
import { deliveryFor } from '../../../__testUtils__/deliveryFor';
import { annotationsOf } from '../../../__testUtils__/recorded';
import { NOTHING_BEYOND, type Beyond } from '../beyond';

export function journeysFor(
  objects: object[],
  beyond: Partial<Beyond> = {},
): Journey[] {
  const { journeys = [] } = deliveryFor(objects, {
    annotations: annotationsOf(objects),
    beyond: { ...NOTHING_BEYOND, ...beyond },
  });
  return journeys;
}

/** `id status` of each step, with the code of its sentence. */
export const told = ({ steps }: Journey) =>
  steps.map(({ id, status, sentence }) =>
    [id, status, sentence?.code].filter(Boolean).join(' '),
  );

export const done = (...ids: string[]) => ids.map(id => `${id} succeeded`);
export const awaited = (...ids: string[]) => ids.map(id => `${id} waiting`);

export const BUILT = done(
  'pushed',
  'run-started',
  'built',
  'in-registry',
  'manifest-bumped',
);
export const IN_DEV = done(
  'noticed:dev',
  'synced:dev',
  'rolled-out:dev',
  'healthy:dev',
);
export const AWAITS_DEV = awaited(
  'noticed:dev',
  'synced:dev',
  'rolled-out:dev',
  'healthy:dev',
);
export const AWAITS_PROD = awaited(
  'promoted:prod',
  'synced:prod',
  'rolled-out:prod',
  'healthy:prod',
);
