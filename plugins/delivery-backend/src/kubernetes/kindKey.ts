import { KindRef } from './types';

/** Identity of a watch: the kind and what narrows it. */
export function kindKey(kind: KindRef): string {
  return [
    kind.group,
    kind.kind,
    kind.namespace ?? '',
    kind.labelSelector ?? '',
    kind.fieldSelector ?? '',
  ].join('|');
}
