import type { Delivery } from '@golden-path/plugin-delivery-common';
import dayZero from './recorded/day-0.json';
import drifted from './recorded/drifted.json';
import failedBuild from './recorded/failed-build.json';
import firstBuild from './recorded/first-build.json';
import healthyDev from './recorded/healthy-dev.json';
import healthyProd from './recorded/healthy-prod.json';
import imagePull from './recorded/image-pull.json';
import notNoticed from './recorded/not-noticed.json';
import onTheWay from './recorded/on-the-way.json';
import settingUp from './recorded/setting-up.json';
import suspended from './recorded/suspended.json';

/**
 * What the backend said while one application was created on the local platform, pushed to,
 * disturbed and promoted: `node scripts/recordTabStates.mjs`.
 */
const RECORDED = {
  'day-0': dayZero,
  'setting-up': settingUp,
  'first-build': firstBuild,
  'on-the-way': onTheWay,
  'healthy-dev': healthyDev,
  'failed-build': failedBuild,
  'not-noticed': notNoticed,
  'image-pull': imagePull,
  suspended,
  drifted,
  'healthy-prod': healthyProd,
};

export type RecordedName = keyof typeof RECORDED;

export const recordedNames = Object.keys(RECORDED) as RecordedName[];

/**
 * A recorded delivery, with all its times moved.
 *
 * @param name - of the state
 * @param moment - milliseconds since 1970; when it was recorded, as it were
 */
export function recorded(name: RecordedName, moment: number): Delivery {
  const { recordedAt, delivery } = RECORDED[name];
  const shift = moment - Date.parse(recordedAt);
  return JSON.parse(JSON.stringify(delivery), (_key, value) =>
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)
      ? new Date(Date.parse(value) + shift).toISOString()
      : value,
  );
}
