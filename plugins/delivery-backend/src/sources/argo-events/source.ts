import { z } from 'zod';
import type { ListenerFacts } from '../../delivery/facts';
import type { KubernetesObject } from '../../kubernetes/types';
import { conditions, part } from '../lenient';
import { childrenOf } from '../membership';
import { namesOf } from '../names';
import type { Source, WatchedKind } from '../source';
import { trimmed } from '../trimmed';

const trim = (object: KubernetesObject) =>
  trimmed(object, { status: ['conditions'] });

const eventSourceKind: WatchedKind = {
  group: 'argoproj.io',
  kind: 'EventSource',
  trim,
  place: 'pipeline',
  feeds: ['trigger'],
};

const sensorKind: WatchedKind = {
  group: 'argoproj.io',
  kind: 'Sensor',
  trim,
  place: 'pipeline',
  feeds: ['trigger'],
};

/** The bus of a namespace, unless a pipeline brings its own. */
const DEFAULT_BUS = 'default';

/** Where the bus comes from elsewhere, a stage can be told without it. */
const eventBusKind: WatchedKind = {
  group: 'argoproj.io',
  kind: 'EventBus',
  trim,
  place: 'pipeline',
  feeds: [],
};

const listenerSchema = z.object({ status: part({ conditions }) });

/** Argo Events: what waits for pushes. */
export const argoEvents: Source = {
  system: 'Argo Events',
  kinds: [eventSourceKind, sensorKind, eventBusKind],
  collect({ location, objects, found }) {
    const { pipelineName } = namesOf(location, found);
    const ofPipeline = (kind: WatchedKind, name: string) => {
      const children = found.pipeline
        ? childrenOf(objects, kind, found.pipeline)
        : [];
      const byName = objects.get(kind, name, location.instanceNamespace);
      return children.length === 0 && byName ? [byName] : children;
    };
    const listeners = [
      ...ofPipeline(eventSourceKind, `${pipelineName}-gitlab-eventsource`),
      ...ofPipeline(sensorKind, `${pipelineName}-gitlab-sensor`),
    ];
    const bus = ofPipeline(eventBusKind, DEFAULT_BUS);
    return { listeners: [...listeners, ...bus].map(readListener) };
  },
};

/** Reads an EventSource, a Sensor or an EventBus. */
export function readListener(object: KubernetesObject): ListenerFacts {
  const { status } = listenerSchema.parse(object);
  return {
    kind: object.kind,
    name: object.metadata.name,
    conditions: status.conditions,
  };
}
