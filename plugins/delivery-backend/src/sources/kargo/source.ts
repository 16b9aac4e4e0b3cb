import { z } from 'zod';
import type { KargoStageFacts, WarehouseFacts } from '../../delivery/facts';
import type { KubernetesObject, ObjectReader } from '../../kubernetes/types';
import { conditions, part } from '../lenient';
import { namesOf } from '../names';
import type { Source, WatchedKind } from '../source';
import { trimmed } from '../trimmed';
import { readFreight, trimFreight } from './freight';
import { readPromotion, trimPromotion } from './promotion';
import { originsOf, readStage, trimStage } from './stage';

const kargoKind = (
  kind: string,
  trim: (object: KubernetesObject) => KubernetesObject,
): WatchedKind => ({
  group: 'kargo.akuity.io',
  kind,
  trim,
  place: 'pipeline',
  feeds: [],
});

const stageKind = kargoKind('Stage', trimStage);
const freightKind = kargoKind('Freight', trimFreight);
const promotionKind = kargoKind('Promotion', trimPromotion);
const warehouseKind = kargoKind('Warehouse', object =>
  trimmed(object, { status: ['conditions'] }),
);

const warehouseSchema = z.object({ status: part({ conditions }) });

/**
 * Kargo: which Freight is where, and what may go on. A project of Kargo is a namespace;
 * Applications name theirs in `kargo.akuity.io/authorized-stage`.
 */
export const kargo: Source = {
  system: 'Kargo',
  isOptional: true,
  kinds: [stageKind, freightKind, promotionKind, warehouseKind],
  collect({ location, objects, found }) {
    const { applicationName } = namesOf(location, found);
    const named = found.applications.flatMap(
      ({ kargoStage }) => kargoStage?.project ?? [],
    );
    const projects = [...new Set([...named, `${applicationName}-app-kargo`])];
    const stages = projects.flatMap(project =>
      objects.list(stageKind, project),
    );
    return {
      kargoStages: projects.flatMap(project => stagesOf(project, objects)),
      warehouses: projects.flatMap(project => {
        const origins = stages
          .filter(({ metadata }) => metadata.namespace === project)
          .flatMap(originsOf);
        return [...new Set(origins)]
          .sort()
          .flatMap((name): WarehouseFacts[] => {
            const object = objects.get(warehouseKind, name, project);
            return object
              ? [
                  {
                    name,
                    project,
                    conditions: warehouseSchema.parse(object).status.conditions,
                  },
                ]
              : [];
          });
      }),
    };
  },
};

function stagesOf(project: string, objects: ObjectReader): KargoStageFacts[] {
  const freight = objects.list(freightKind, project).map(readFreight);
  const promotions = [...objects.list(promotionKind, project)]
    .sort((a, b) =>
      `${b.metadata.creationTimestamp} ${b.metadata.name}`.localeCompare(
        `${a.metadata.creationTimestamp} ${a.metadata.name}`,
      ),
    )
    .map(readPromotion);
  return [...objects.list(stageKind, project)]
    .sort((a, b) => a.metadata.name.localeCompare(b.metadata.name))
    .map(object => {
      const read = readStage(object, freight);
      // A Stage hears of a Promotion some time after it was made.
      const newest = promotions.find(({ stage }) => stage === read.name);
      return newest ? { ...read, promotion: withoutStage(newest) } : read;
    });
}

function withoutStage({
  stage: _,
  ...promotion
}: ReturnType<typeof readPromotion>) {
  return promotion;
}
