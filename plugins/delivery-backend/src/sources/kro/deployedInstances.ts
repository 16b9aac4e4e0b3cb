import { applicationKey, type InstanceFacts } from '../../delivery/facts';
import type { KubernetesObject } from '../../kubernetes/types';
import { destinationOf } from '../destinations';
import { kubernetesIdOf } from '../kubernetesId';
import { isObject } from '../lenient';
import type { Source, WatchedKind } from '../source';
import { pick, trimmed } from '../trimmed';
import { readInstance } from './instance';

/**
 * The form of an application that needs no KubeVela: an instance of kro, which makes a
 * Deployment or Rollout, and all around it.
 *
 * @see https://github.com/aws-samples/appmod-blueprints (`appmodservice.kro.run`)
 */
const appmodServiceKind = deployedKind('AppmodService');

/** kro where applications run: the instances that Argo CD deployed. */
export const deployedInstances: Source = {
  system: 'kro',
  kinds: [],
  onDemand: [appmodServiceKind],
  kindsFor: ({ found }) =>
    found.applications.flatMap(({ instances, destination }) =>
      destination.watchedCluster === undefined
        ? []
        : instances.map(({ kind }) => ({
            ...deployedKind(kind),
            cluster: destination.watchedCluster,
          })),
    ),
  collect(surroundings) {
    return {
      instances: surroundings.found.applications.flatMap(application => {
        const objects = destinationOf(application, surroundings);
        return application.instances.flatMap(({ kind, name, namespace }) => {
          const object = objects?.get(deployedKind(kind), name, namespace);
          return object ? [read(object, applicationKey(application))] : [];
        });
      }),
    };
  },
};

/** A portal's own kinds are read where its role allows it. */
function deployedKind(kind: string): WatchedKind {
  return {
    group: 'kro.run',
    kind,
    optional: true,
    trim: trimDeployed,
    place: 'destination',
    feeds: [],
  };
}

/** Environment variables are in the specification: of it only the image is kept. */
function trimDeployed(object: KubernetesObject): KubernetesObject {
  return { ...trimmed(object, {}), spec: pick(object.spec, ['image']) };
}

function read(object: KubernetesObject, application: string): InstanceFacts {
  const { kind, name, namespace, uid, applySetId, childKinds } =
    readInstance(object);
  const { image } = isObject(object.spec) ? object.spec : {};
  return {
    application,
    kind,
    name,
    namespace,
    uid,
    applySetId,
    childKinds,
    images: typeof image === 'string' ? [image] : [],
    kubernetesId: kubernetesIdOf(object),
  };
}
