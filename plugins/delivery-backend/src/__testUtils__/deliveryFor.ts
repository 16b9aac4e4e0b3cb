import { mockServices } from '@backstage/backend-test-utils';
import {
  deliverySchema,
  type Delivery,
} from '@golden-path/plugin-delivery-common';
import { NOTHING_BEYOND, type Beyond } from '../delivery/journey/beyond';
import { DefaultDeliveryService } from '../service/DefaultDeliveryService';
import { sources } from '../sources';
import { MemoryCluster } from './MemoryCluster';
import { entity } from './entity';

/** The delivery of an entity whose cluster holds these objects. */
export function deliveryFor(
  objects: object[],
  options: {
    annotations?: Record<string, string | undefined>;
    prepare?: (
      cluster: MemoryCluster,
      others: Record<string, MemoryCluster>,
    ) => void;
    /** Further clusters, by name, and what they hold. */
    clusters?: Record<string, object[]>;
    /** What no cluster knows. */
    beyond?: Beyond;
    /** Whether the cluster has an account that acts. */
    operable?: boolean;
    /** What Argo CD calls them, by name. */
    argoCdDestinations?: Record<string, string[]>;
  } = {},
): Delivery {
  const cluster = new MemoryCluster('local').put(...objects);
  const others = Object.entries(options.clusters ?? {}).map(([name, held]) =>
    new MemoryCluster(name).put(...held),
  );
  options.prepare?.(
    cluster,
    Object.fromEntries(others.map(other => [other.name, other])),
  );
  const service = DefaultDeliveryService.create({
    sources,
    logger: mockServices.logger.mock(),
    beyond: () => options.beyond ?? NOTHING_BEYOND,
    clusters: [cluster, ...others].map(watch => ({
      watch,
      operable: options.operable,
      argoCdNamespace: 'argocd',
      argoCdDestinations: options.argoCdDestinations?.[watch.name],
      links: {
        argoCd: 'https://argocd.example',
        argoWorkflows: 'https://workflows.example/',
      },
    })),
  });
  const delivery = service.read(entity(options.annotations));
  expect(deliverySchema.parse(delivery)).toEqual(delivery);
  return delivery;
}

/** `status code` of each stage. */
export function stagesOf(delivery: Delivery): Record<string, string> {
  return Object.fromEntries(
    delivery.stages.map(({ id, status, sentence }) => [
      id,
      `${status} ${sentence.code}`,
    ]),
  );
}

/** The stage of an id. */
export const stageOf = (delivery: Delivery, id: string) =>
  delivery.stages.find(stage => stage.id === id);

/** Keeps objects of other kinds than these. */
export function isNo(...kinds: string[]) {
  return (object: object) => !kinds.includes((object as { kind: string }).kind);
}
