import type { Delivery } from '@golden-path/plugin-delivery-common';
import { laterOf, toLastRun, type LastRun } from '../delivery/lastRun';
import type { DeliveryOverview } from './DeliveryService';

/** The part of a document that a row shows. */
export function toOverview(delivery: Delivery): DeliveryOverview {
  const { entityRef, location, summary, environments, revision } = delivery;
  const [run] = delivery.runs;
  // Its stages are there before its Application is, and while that is made anew. Without
  // any Application they may be the usual ones, which are only guessed.
  const production =
    environments.length > 0
      ? delivery.stages.findLast(({ environment }) => environment !== undefined)
          ?.environment
      : undefined;
  return {
    entityRef,
    cluster: location.cluster,
    summary,
    environments: environments.map(({ name, image, argoCd }) => ({
      name,
      status:
        delivery.stages.find(({ id }) => id === `run:${name}`)?.status ??
        'unknown',
      image,
      deployedAt: argoCd.deployedAt,
    })),
    production,
    lastRun: run && toLastRun(run),
    revision,
  };
}

/** A row whose last run is the recorded one where the cluster only has older ones. */
export function withRecorded(
  overview: DeliveryOverview,
  recorded: LastRun | undefined,
): DeliveryOverview {
  const lastRun = laterOf(overview.lastRun, recorded);
  return lastRun === overview.lastRun ? overview : { ...overview, lastRun };
}
