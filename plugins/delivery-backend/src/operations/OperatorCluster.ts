import {
  ConflictError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { z } from 'zod';
import { Discovery } from '../kubernetes/Discovery';
import { KubeError, toKubeError } from '../kubernetes/KubeError';
import type { HttpTransport } from '../kubernetes/KubeTransport';
import { collectionPath, objectPath } from '../kubernetes/paths';

/** One object of a cluster. */
export interface ObjectRef {
  group: string;
  kind: string;
  namespace: string;
  name: string;
}

const liveObjectSchema = z.looseObject({
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string().optional(),
    resourceVersion: z.string(),
    labels: z.record(z.string(), z.string()).optional(),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
});

/** An object as the API server has it now. */
export type LiveObject = z.infer<typeof liveObjectSchema>;

/** How often a change is made anew because somebody else changed the object meanwhile. */
const ATTEMPTS = 5;

/**
 * One cluster under the account that may act. Every failure is an error that a person
 * can read.
 */
export class OperatorCluster {
  constructor(
    readonly name: string,
    private readonly transport: HttpTransport,
    private readonly discovery: Discovery,
  ) {}

  /** @throws NotFoundError when it is not there */
  async get(ref: ObjectRef): Promise<LiveObject> {
    const path = await this.#path(ref);
    return this.#ask(ref, async () =>
      liveObjectSchema.parse(await this.transport.get(path)),
    );
  }

  /**
   * Changes an object by a merge patch that is made from what the object is, so that
   * no change in between is overwritten.
   *
   * @param patchOf - the patch, or undefined to leave the object as it is
   * @returns the object, and whether it was changed
   */
  async change(
    ref: ObjectRef,
    patchOf: (object: LiveObject) => object | undefined,
  ): Promise<{ object: LiveObject; isChanged: boolean }> {
    const path = await this.#path(ref);
    for (let attempt = 1; ; attempt += 1) {
      const object = await this.get(ref);
      const patch = patchOf(object) as { metadata?: object } | undefined;
      if (!patch) {
        return { object, isChanged: false };
      }
      const { resourceVersion } = object.metadata;
      try {
        await this.#ask(ref, () =>
          this.transport.send(path, {
            method: 'PATCH',
            contentType: 'application/merge-patch+json',
            body: {
              ...patch,
              metadata: { ...patch.metadata, resourceVersion },
            },
          }),
        );
        return { object, isChanged: true };
      } catch (error) {
        if (!ConflictError.is(error) || attempt === ATTEMPTS) {
          throw error;
        }
      }
    }
  }

  /** Makes an object, and returns its name. */
  async create(ref: Omit<ObjectRef, 'name'>, body: object): Promise<string> {
    const resource = await this.#resource(ref);
    const path = collectionPath(ref, resource, {});
    const made = await this.#ask(ref, async () =>
      liveObjectSchema.parse(
        await this.transport.send(path, { method: 'POST', body }),
      ),
    );
    return made.metadata.name;
  }

  /** Deletes an object; one that is not there is none to delete. */
  async delete(ref: ObjectRef): Promise<void> {
    const path = await this.#path(ref);
    try {
      await this.#ask(ref, () =>
        this.transport.send(path, { method: 'DELETE' }),
      );
    } catch (error) {
      if (!NotFoundError.is(error)) {
        throw error;
      }
    }
  }

  async #path(ref: ObjectRef): Promise<string> {
    return objectPath(ref, await this.#resource(ref), ref.name);
  }

  async #resource(ref: Omit<ObjectRef, 'name'>) {
    const resource = await this.#ask(ref, () => this.discovery.resolve(ref));
    if (!resource) {
      throw new NotFoundError(
        `Cluster "${this.name}" does not serve ${ref.kind} of ${ref.group}`,
      );
    }
    return resource;
  }

  async #ask<T>(
    ref: Omit<ObjectRef, 'name'> & { name?: string },
    request: () => Promise<T>,
  ): Promise<T> {
    try {
      return await request();
    } catch (error) {
      throw readable(toKubeError(error), this.name, ref);
    }
  }
}

function readable(
  error: KubeError,
  cluster: string,
  { kind, name, namespace }: { kind: string; name?: string; namespace: string },
): Error {
  const object = `${kind} ${
    name ? `"${name}" ` : ''
  }in namespace "${namespace}" of cluster "${cluster}"`;
  switch (error.status) {
    case 404:
      return new NotFoundError(`There is no ${object}`);
    case 409:
      return new ConflictError(
        `${object} was changed by somebody else at the same time; try again`,
      );
    case 403:
      return new NotAllowedError(
        `The operator account of cluster "${cluster}" may not do this; ask your platform team to apply platform/rbac/operator.yaml (${error.message})`,
      );
    case 400:
    case 422:
      return new ConflictError(
        `${object} cannot be changed so: ${error.message}`,
      );
    default:
      return new ServiceUnavailableError(
        `Cluster "${cluster}" did not do it: ${error.message}; try again`,
      );
  }
}
