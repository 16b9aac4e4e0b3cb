import { z } from 'zod';
import type { EventFilterFacts, ListenerFacts } from '../../delivery/facts';
import type { KubernetesObject } from '../../kubernetes/types';
import { conditions, isObject, listOf, part } from '../lenient';
import { oncePerObject } from '../oncePerObject';
import { pick, trimmed } from '../trimmed';

/** Where a push says which branch it is to. */
const REF = 'body.ref';

export const trimListener = (object: KubernetesObject) =>
  trimmed(object, { status: ['conditions'] });

/**
 * Of a Sensor also what its filters look for. Triggers hold whole manifests and scripts
 * may hold anything: nothing of them is kept.
 */
export function trimSensor(object: KubernetesObject): KubernetesObject {
  const { dependencies } = isObject(object.spec) ? object.spec : {};
  return {
    ...trimListener(object),
    spec: {
      dependencies: listIn(dependencies).map(dependency => {
        const { filters } = isObject(dependency) ? dependency : {};
        const { data, script } = isObject(filters) ? filters : {};
        return {
          refs: listIn(data)
            .filter(each => pick(each, ['path']).path === REF)
            .flatMap(each => listIn(pick(each, ['value']).value)),
          script: Boolean(script),
        };
      }),
    },
  };
}

const listenerSchema = z.object({
  spec: part({
    dependencies: listOf(
      z.object({ refs: listOf(z.string()), script: z.boolean() }),
    ),
  }),
  status: part({ conditions }),
});

/** Reads an EventSource, a Sensor or an EventBus. */
export const readListener = oncePerObject((object): ListenerFacts => {
  const { spec, status } = listenerSchema.parse(object);
  return {
    kind: object.kind,
    name: object.metadata.name,
    conditions: status.conditions,
    filter:
      spec.dependencies.length > 0 ? filterOf(spec.dependencies) : undefined,
  };
});

/** Only the dependency on pushes looks at a reference. */
function filterOf(
  dependencies: Array<{ refs: string[]; script: boolean }>,
): EventFilterFacts {
  const push =
    dependencies.find(({ refs }) => refs.length > 0) ?? dependencies[0];
  return { refs: push.refs, script: push.script };
}

function listIn(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
