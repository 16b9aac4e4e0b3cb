import { z } from 'zod';
import type { KargoStageFacts } from '../../delivery/facts';
import type { KubernetesObject } from '../../kubernetes/types';
import {
  conditions,
  flag,
  isObject,
  listOf,
  moment,
  part,
  text,
} from '../lenient';
import { pick } from '../trimmed';
import {
  freightReferenceSchema,
  imageReference,
  imagesIn,
  type FreightFacts,
} from './freight';

/** Steps of promotions, their variables and their outputs are not kept. */
export function trimStage(object: KubernetesObject): KubernetesObject {
  const spec = isObject(object.spec) ? object.spec : {};
  const status = isObject(object.status) ? object.status : {};
  const health = isObject(status.health) ? status.health : {};
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: object.metadata,
    spec: { requestedFreight: spec.requestedFreight },
    status: {
      ...pick(status, ['conditions', 'autoPromotionEnabled']),
      health: pick(health, ['status', 'issues']),
      // The newest is what the Stage holds.
      freightHistory: listIn(status.freightHistory).slice(0, 1).map(trimHeld),
      currentPromotion: trimPromotionReference(status.currentPromotion),
      lastPromotion: trimPromotionReference(status.lastPromotion),
    },
  };
}

function trimHeld(collection: unknown) {
  const { items, verificationHistory } = isObject(collection) ? collection : {};
  return {
    // A map by origin; each piece says where it comes from.
    items: Object.values(isObject(items) ? items : {}).map(freight => ({
      ...pick(freight, ['name']),
      images: imagesIn(isObject(freight) ? freight.images : undefined),
    })),
    verificationHistory: listIn(verificationHistory)
      .slice(0, 1)
      .map(verification => pick(verification, ['phase', 'message'])),
  };
}

function trimPromotionReference(promotion: unknown) {
  const { freight, status } = isObject(promotion) ? promotion : {};
  return {
    ...pick(promotion, ['name', 'finishedAt']),
    freight: pick(freight, ['name']),
    status: pick(status, ['phase', 'message', 'finishedAt']),
  };
}

const promotionReference = part({
  name: text,
  finishedAt: moment,
  freight: part({ name: text }),
  status: part({ phase: text, message: text, finishedAt: moment }),
});

const stageSchema = z.object({
  spec: part({
    requestedFreight: listOf(
      z.object({
        origin: part({ name: text }),
        sources: part({ direct: flag, stages: listOf(z.string()) }),
      }),
    ),
  }),
  status: part({
    conditions,
    autoPromotionEnabled: flag,
    health: part({ status: text, issues: listOf(z.string()) }),
    freightHistory: listOf(
      z.object({
        items: listOf(freightReferenceSchema),
        verificationHistory: listOf(z.object({ phase: text, message: text })),
      }),
    ),
    currentPromotion: promotionReference,
    lastPromotion: promotionReference,
  }),
});

/** Warehouses that a Stage takes Freight of. */
export function originsOf(object: KubernetesObject): string[] {
  return stageSchema
    .parse(object)
    .spec.requestedFreight.flatMap(({ origin }) => origin.name ?? []);
}

/**
 * Reads a Stage.
 *
 * @param freight - all of its project
 * @see https://github.com/akuity/kargo/blob/main/api/v1alpha1/stage_types.go
 */
export function readStage(
  object: KubernetesObject,
  freight: readonly FreightFacts[],
): KargoStageFacts {
  const { spec, status } = stageSchema.parse(object);
  const { name, namespace: project = '' } = object.metadata;
  const [collection] = status.freightHistory;
  const held = collection?.items[0];
  const known = freight.find(each => each.name === held?.name);
  const promotion = status.currentPromotion.name
    ? status.currentPromotion
    : status.lastPromotion;
  return {
    project,
    name,
    freight: held && {
      name: held.name,
      alias: known?.alias,
      images: held.images.map(imageReference),
    },
    health: status.health.status,
    issues: status.health.issues,
    verified:
      collection?.verificationHistory[0]?.phase === 'Successful' ||
      known?.verifiedIn.includes(name) === true,
    autoPromotion: status.autoPromotionEnabled,
    promotion: promotion.name
      ? {
          name: promotion.name,
          freight: promotion.freight.name,
          phase:
            promotion.status.phase ??
            (promotion === status.currentPromotion ? 'Pending' : undefined),
          message: promotion.status.message || undefined,
          finishedAt: promotion.finishedAt ?? promotion.status.finishedAt,
        }
      : undefined,
    upstream: spec.requestedFreight.flatMap(({ sources }) => sources.stages),
    conditions: status.conditions,
    available: freight
      .filter(
        each =>
          each.name !== held?.name &&
          (each.approvedFor.includes(name) ||
            spec.requestedFreight.some(
              ({ origin, sources }) =>
                origin.name === each.origin &&
                (sources.direct ||
                  sources.stages.some(stage =>
                    each.verifiedIn.includes(stage),
                  )),
            )),
      )
      .filter(each => !known || each.createdAt > known.createdAt)
      .sort((a, b) => b.createdAt.localeCompare(a.createdAt))
      .map(({ name: freightName, alias, images }) => ({
        name: freightName,
        alias,
        images,
      })),
  };
}

function listIn(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
