import type { Bench } from '../Bench.ts';
import { measureBundle } from '../bundle/measureBundle.ts';

export const bundle: Bench = async ({ say }) => {
  say('building a portal without our packages, then one with them');
  return measureBundle();
};
