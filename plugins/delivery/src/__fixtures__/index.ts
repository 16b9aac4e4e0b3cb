import type { Delivery } from '@golden-path/plugin-delivery-common';
import { dayZero, failedBuild, firstBuild } from './building';
import { healthyDev } from './healthy';
import {
  annotationToNothing,
  clusterNeverReached,
  clusterUnreachable,
  crdMissing,
  sourceForbidden,
} from './outOfReach';
import { agoFrom } from './parts';
import type { Ago } from './parts';

const STATES = {
  'day-0': dayZero,
  'first-build': firstBuild,
  'healthy-dev': healthyDev,
  'failed-build': failedBuild,
  'cluster-unreachable': clusterUnreachable,
  'cluster-never-reached': clusterNeverReached,
  'source-forbidden': sourceForbidden,
  'crd-missing': crdMissing,
  'annotation-to-nothing': annotationToNothing,
} satisfies Record<string, (ago: Ago) => Delivery>;

/** A state that a delivery can be in. */
export type FixtureName = keyof typeof STATES;

export const fixtureNames = Object.keys(STATES) as FixtureName[];

/**
 * A delivery in a given state.
 *
 * @param name - of the state
 * @param now - milliseconds since 1970; all times of the delivery are set from it
 */
export function fixture(name: FixtureName, now = Date.now()): Delivery {
  const delivery = STATES[name](agoFrom(now));
  // As it comes over the wire: without fields that are undefined.
  return JSON.parse(JSON.stringify({ ...delivery, revision: `${name}-1` }));
}
