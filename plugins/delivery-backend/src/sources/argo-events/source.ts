import type { ListenerFacts } from '../../delivery/facts';
import type { KubernetesObject } from '../../kubernetes/types';
import { childrenOf, isOfKind } from '../membership';
import { namesOf } from '../names';
import type { Source, WatchedKind } from '../source';
import { readWorkload, trimWorkload } from '../workloads/workload';
import { readListener, trimListener, trimSensor } from './listener';

const eventSourceKind: WatchedKind = {
  group: 'argoproj.io',
  kind: 'EventSource',
  trim: trimListener,
  place: 'pipeline',
  feeds: ['trigger'],
};

const sensorKind: WatchedKind = {
  group: 'argoproj.io',
  kind: 'Sensor',
  trim: trimSensor,
  place: 'pipeline',
  feeds: ['trigger'],
};

/** The bus of a namespace, unless a pipeline brings its own. */
const DEFAULT_BUS = 'default';

/** Where the bus comes from elsewhere, a stage can be told without it. */
const eventBusKind: WatchedKind = {
  group: 'argoproj.io',
  kind: 'EventBus',
  trim: trimListener,
  place: 'pipeline',
  feeds: [],
};

/**
 * What Argo Events runs for an EventSource or a Sensor. Their own conditions mean that
 * it exists, not that its pods do.
 */
const listeningKind: WatchedKind = {
  group: 'apps',
  kind: 'Deployment',
  labelSelector: 'owner-name',
  trim: trimWorkload,
  place: 'pipeline',
  feeds: [],
};

/** Argo Events: what waits for pushes. */
export const argoEvents: Source = {
  system: 'Argo Events',
  kinds: [eventSourceKind, sensorKind, eventBusKind, listeningKind],
  collect({ location, objects, found }) {
    const { pipelineName } = namesOf(location, found);
    const ofPipeline = (kind: WatchedKind, name: string) => {
      const children = found.pipeline
        ? childrenOf(objects, kind, found.pipeline)
        : [];
      const byName = objects.get(kind, name, location.instanceNamespace);
      return children.length === 0 && byName ? [byName] : children;
    };
    const withListening = (object: KubernetesObject): ListenerFacts => {
      const deployment = objects
        .byOwner(object.metadata.uid)
        .find(
          each =>
            isOfKind(each, listeningKind) &&
            each.metadata.namespace === object.metadata.namespace,
        );
      return {
        ...readListener(object),
        listening: deployment && listeningOf(deployment),
      };
    };
    const listeners = [
      ...ofPipeline(eventSourceKind, `${pipelineName}-gitlab-eventsource`),
      ...ofPipeline(sensorKind, `${pipelineName}-gitlab-sensor`),
    ];
    const bus = ofPipeline(eventBusKind, DEFAULT_BUS);
    return { listeners: [...listeners, ...bus].map(withListening) };
  },
};

function listeningOf(deployment: KubernetesObject) {
  const { desired, available, stuck } = readWorkload(deployment);
  return { desired, available, message: stuck };
}
