import { NotFoundError } from '@backstage/errors';
import type { OperationContext } from '../Operation';
import type { LiveObject, ObjectRef } from '../OperatorCluster';

const keyOf = ({ kind, namespace, name }: ObjectRef) =>
  `${kind} ${namespace}/${name}`;

/** Objects that say of which group they are exist in no other. */
const isOfGroup = ({ apiVersion }: { apiVersion?: string }, group: string) =>
  !apiVersion || apiVersion.split('/').slice(0, -1).join() === group;

/** A cluster that holds objects and applies merge patches, as an API server does. */
export class FakeCluster {
  readonly objects = new Map<string, any>();
  readonly deleted: string[] = [];
  readonly created: any[] = [];

  put(...objects: any[]): this {
    for (const object of objects) {
      const { name, namespace } = object.metadata;
      this.objects.set(
        keyOf({ group: '', kind: object.kind, name, namespace }),
        structuredClone(object),
      );
    }
    return this;
  }

  /** The cluster as operations see it. */
  readonly cluster: OperationContext['cluster'] = {
    get: async ref => this.#get(ref),
    change: async (ref, patchOf) => {
      const object = this.#get(ref);
      const patch = patchOf(object);
      if (patch) {
        this.objects.set(keyOf(ref), merged(object, patch));
      }
      return { object, isChanged: patch !== undefined };
    },
    create: async ({ namespace }, body: any) => {
      const { generateName } = body.metadata;
      const name = `${generateName}${this.created.length + 1}`;
      this.created.push(body);
      this.put({ ...body, metadata: { ...body.metadata, name, namespace } });
      return name;
    },
    delete: async ref => {
      this.deleted.push(keyOf(ref));
      this.objects.delete(keyOf(ref));
    },
  };

  #get(ref: ObjectRef): LiveObject {
    const object = this.objects.get(keyOf(ref));
    if (!object || !isOfGroup(object, ref.group)) {
      throw new NotFoundError(`There is no ${keyOf(ref)} of "${ref.group}"`);
    }
    return structuredClone(object);
  }
}

/** @see https://www.rfc-editor.org/rfc/rfc7396 */
function merged(target: any, patch: any): any {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) {
    return patch;
  }
  const result = { ...target };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) {
      delete result[key];
    } else {
      result[key] = merged(result[key], value);
    }
  }
  return result;
}
