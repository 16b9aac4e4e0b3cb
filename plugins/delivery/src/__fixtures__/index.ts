import type { Delivery } from '@golden-path/plugin-delivery-common';
import { readyToPromote } from './journeys';
import {
  annotationToNothing,
  clusterNeverReached,
  clusterUnreachable,
  crdMissing,
  sourceForbidden,
} from './outOfReach';
import { recorded, recordedNames } from './recorded';
import type { RecordedName } from './recorded';

/** States that are hard to bring about; made from recorded ones as the backend makes them. */
const MADE = {
  'ready-to-promote': readyToPromote,
  'cluster-unreachable': clusterUnreachable,
  'cluster-never-reached': clusterNeverReached,
  'source-forbidden': sourceForbidden,
  'crd-missing': crdMissing,
  'annotation-to-nothing': annotationToNothing,
} satisfies Record<string, (moment: number) => Delivery>;

/** A state that a delivery can be in. */
export type FixtureName = RecordedName | keyof typeof MADE;

export const fixtureNames: FixtureName[] = [
  ...recordedNames,
  ...(Object.keys(MADE) as Array<keyof typeof MADE>),
];

/**
 * A delivery in a given state.
 *
 * @param name - of the state
 * @param moment - milliseconds since 1970; all times of the delivery are set from it
 */
export function fixture(name: FixtureName, moment = Date.now()): Delivery {
  const delivery =
    name in MADE
      ? MADE[name as keyof typeof MADE](moment)
      : recorded(name as RecordedName, moment);
  // As it comes over the wire: without fields that are undefined.
  return JSON.parse(JSON.stringify({ ...delivery, revision: `${name}-1` }));
}
