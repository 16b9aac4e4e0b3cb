import type { Delivery } from '@golden-path/plugin-delivery-common';
import type { DeliveryOverview } from './DeliveryService';

/** The part of a document that a row shows. */
export function toOverview(delivery: Delivery): DeliveryOverview {
  const { entityRef, location, summary, environments, revision } = delivery;
  const [run] = delivery.runs;
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
    lastRun: run && {
      name: run.name,
      purpose: run.purpose,
      status: run.status,
      commit: run.commit,
      createdAt: run.createdAt,
      finishedAt: run.finishedAt,
    },
    revision,
  };
}
