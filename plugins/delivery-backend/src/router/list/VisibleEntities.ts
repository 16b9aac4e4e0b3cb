import type {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { readGoldenPaths } from '../../service/readGoldenPaths';
import type { AccessOptions } from '../readEntity';
import { ReadableEntities } from './ReadableEntities';

/**
 * A user who pages through a list, or looks at it again and again, does not make the
 * catalog read everything each time. Permissions are asked every time.
 */
const REMEMBERED_MS = 15_000;
const REMEMBERED_USERS = 100;
const KNOWN_MS = 5 * 60_000;

interface Answer {
  at: number;
  entities: Promise<Entity[]>;
}

/** Reads the entities whose delivery a user may see. */
export class VisibleEntities {
  readonly #options: AccessOptions;
  readonly #readable: ReadableEntities;
  readonly #answers = new Map<string, Answer>();
  /**
   * One object per entity, whoever reads it: thousands of entities are held once. Those
   * that no answer had for a while are dropped with the older of the two.
   */
  #known = new Map<string, Entity>();
  #knownBefore = new Map<string, Entity>();
  #knownSince = 0;

  constructor(options: AccessOptions) {
    this.#options = options;
    this.#readable = new ReadableEntities(options.permissions);
  }

  /** Entities with a golden path that the catalog shows to the user, and `delivery.read` allows. */
  async read(
    credentials: BackstageCredentials<BackstageUserPrincipal>,
  ): Promise<Entity[]> {
    const entities = await this.#catalogOf(credentials);
    return this.#readable.among(entities, credentials);
  }

  #catalogOf(
    credentials: BackstageCredentials<BackstageUserPrincipal>,
  ): Promise<Entity[]> {
    const user = credentials.principal.userEntityRef;
    const now = performance.now();
    const remembered = this.#answers.get(user);
    if (remembered && now - remembered.at < REMEMBERED_MS) {
      return remembered.entities;
    }
    const entities = readGoldenPaths(this.#options.catalog, credentials).then(
      found => found.map(entity => this.#once(entity)),
    );
    this.#answers.delete(user);
    this.#answers.set(user, { at: now, entities });
    entities.catch(() => this.#answers.delete(user));
    this.#forgetOld(now);
    return entities;
  }

  #once(entity: Entity): Entity {
    const ref = stringifyEntityRef(entity);
    const known = this.#known.get(ref) ?? this.#knownBefore.get(ref);
    const { etag } = entity.metadata;
    const kept =
      known && etag !== undefined && known.metadata.etag === etag
        ? known
        : entity;
    this.#known.set(ref, kept);
    return kept;
  }

  #forgetOld(now: number): void {
    if (now - this.#knownSince > KNOWN_MS) {
      this.#knownSince = now;
      this.#knownBefore = this.#known;
      this.#known = new Map();
    }
    // In the order of their age.
    for (const [user, { at }] of this.#answers) {
      if (now - at < REMEMBERED_MS && this.#answers.size <= REMEMBERED_USERS) {
        return;
      }
      this.#answers.delete(user);
    }
  }
}
