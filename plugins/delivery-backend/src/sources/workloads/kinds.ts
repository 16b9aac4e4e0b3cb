import type { PodSelectorFacts } from '../../delivery/facts';
import { labelSelectorOf } from '../podSelector';
import type { WatchedKind } from '../source';
import { trimPod } from './trim';
import { trimWorkload } from './workload';

/** The label of what an OAM Application brought. */
export const OAM_LABEL = 'app.oam.dev/name';

const shared = { place: 'destination', feeds: [] } as const;

/** In all namespaces, but only what an OAM Application brought. */
export const oamDeploymentKind: WatchedKind = {
  ...shared,
  group: 'apps',
  kind: 'Deployment',
  labelSelector: OAM_LABEL,
  trim: trimWorkload,
};

/** In all namespaces, but only what an OAM Application brought. */
export const oamPodKind: WatchedKind = {
  ...shared,
  group: '',
  kind: 'Pod',
  labelSelector: OAM_LABEL,
  trim: trimPod,
};

/** What keeps pods running. */
export const workloadKinds: readonly WatchedKind[] = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
].map(kind => ({
  ...shared,
  group: 'apps',
  kind,
  unannounced: true,
  trim: trimWorkload,
}));

/** Those of one namespace. */
export function inNamespace(kind: WatchedKind, namespace: string): WatchedKind {
  return { ...kind, namespace };
}

/** In all namespaces, but only what instances of kro are made of. */
export function ofInstances(kind: WatchedKind): WatchedKind {
  return { ...kind, labelSelector: 'kro.run/instance-id' };
}

/** The pods that one workload selects. */
export function podsOf(
  selector: PodSelectorFacts,
  namespace: string,
): WatchedKind {
  return {
    ...shared,
    group: '',
    kind: 'Pod',
    namespace,
    labelSelector: labelSelectorOf(selector),
    unannounced: true,
    trim: trimPod,
  };
}
