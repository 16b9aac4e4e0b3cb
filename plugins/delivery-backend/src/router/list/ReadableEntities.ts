import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { deliveryReadPermission } from '@golden-path/plugin-delivery-common';

/** As long as an open stream lives before it is asked for again. */
const REMEMBERED_MS = 60_000;
const REMEMBERED_CONDITIONS = 100;
/** What the permission plugin and the catalog read of a request (Express' default). */
const LARGEST_REQUEST = 90_000;
const AT_ONCE = 4;

/** What one condition says of entities, by the very object that was read. */
interface Remembered {
  at: number;
  allowed: WeakMap<Entity, boolean>;
}

/**
 * Tells for which entities `delivery.read` is allowed. The policy is asked once per
 * answer. Where it answers with conditions, these are applied to each entity by the
 * plugin that owns it, as the framework does; what a condition says of an entity that
 * did not change is remembered for a minute.
 */
export class ReadableEntities {
  readonly #permissions: PermissionsService;
  readonly #remembered = new Map<string, Remembered>();

  constructor(permissions: PermissionsService) {
    this.#permissions = permissions;
  }

  async among(
    entities: readonly Entity[],
    credentials: BackstageCredentials,
  ): Promise<Entity[]> {
    const [decision] = await this.#permissions.authorizeConditional(
      [{ permission: deliveryReadPermission }],
      { credentials },
    );
    switch (decision.result) {
      case AuthorizeResult.ALLOW:
        return [...entities];
      case AuthorizeResult.CONDITIONAL:
        return this.#meeting(JSON.stringify(decision), entities, credentials);
      default:
        return [];
    }
  }

  /** Conditions name the user's claims: what one user's say is not told to another. */
  async #meeting(
    conditions: string,
    entities: readonly Entity[],
    credentials: BackstageCredentials,
  ): Promise<Entity[]> {
    const { allowed } = this.#rememberedOf(conditions);
    const open = entities.filter(entity => !allowed.has(entity));
    const batches = inBatches(open, conditions.length);
    for (let next = 0; next < batches.length; next += AT_ONCE) {
      await Promise.all(
        batches.slice(next, next + AT_ONCE).map(async batch => {
          const decisions = await this.#permissions.authorize(
            batch.map(entity => ({
              permission: deliveryReadPermission,
              resourceRef: stringifyEntityRef(entity),
            })),
            { credentials },
          );
          batch.forEach((entity, index) =>
            allowed.set(
              entity,
              decisions[index].result === AuthorizeResult.ALLOW,
            ),
          );
        }),
      );
    }
    return entities.filter(entity => allowed.get(entity));
  }

  #rememberedOf(conditions: string): Remembered {
    const now = performance.now();
    // In the order of their age.
    for (const [key, { at }] of this.#remembered) {
      if (
        now - at < REMEMBERED_MS &&
        this.#remembered.size < REMEMBERED_CONDITIONS
      ) {
        break;
      }
      this.#remembered.delete(key);
    }
    const remembered = this.#remembered.get(conditions) ?? {
      at: now,
      allowed: new WeakMap(),
    };
    this.#remembered.set(conditions, remembered);
    return remembered;
  }
}

/** As few as their largest size allows: the catalog is sent the conditions per entity. */
function inBatches(
  entities: readonly Entity[],
  conditionSize: number,
): Entity[][] {
  const size = Math.max(Math.floor(LARGEST_REQUEST / (conditionSize + 400)), 1);
  return Array.from({ length: Math.ceil(entities.length / size) }, (_, index) =>
    entities.slice(index * size, (index + 1) * size),
  );
}
