import { Clock } from './clock';
import { ObjectSink } from './Replica';
import { KindRef, KubernetesObject } from './types';

/** What says which kinds a cluster serves beyond those that it was built with. */
export const customResourceDefinitions: KindRef = {
  group: 'apiextensions.k8s.io',
  kind: 'CustomResourceDefinition',
};

/** The several writes of one installation are one change. */
const SETTLE_MS = 100;

/**
 * Tells which API groups gained, lost or changed kinds. A definition is named
 * `<plural>.<group>`, so its metadata are enough.
 */
export function groupsChanged(
  clock: Clock,
  onGroups: (groups: ReadonlySet<string>) => void,
): ObjectSink {
  const versions = new Map<string, string>();
  let groups = new Set<string>();
  const changed = ({ metadata: { name } }: KubernetesObject) => {
    if (groups.size === 0) {
      clock.after(SETTLE_MS, () => {
        const settled = groups;
        groups = new Set();
        onGroups(settled);
      });
    }
    groups.add(name.slice(name.indexOf('.') + 1));
  };
  const upsert = (object: KubernetesObject) => {
    const { uid, resourceVersion } = object.metadata;
    if (versions.get(uid) !== resourceVersion) {
      versions.set(uid, resourceVersion);
      changed(object);
    }
  };
  return {
    upsert,
    remove: object => {
      versions.delete(object.metadata.uid);
      changed(object);
    },
    replace: objects => [...objects].forEach(upsert),
    clear: () => versions.clear(),
  };
}
