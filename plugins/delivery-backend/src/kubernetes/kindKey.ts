import { KindRef } from './types';

/** Identity of a watch: the kind and what narrows it. */
export function kindKey(kind: KindRef): string {
  return [kind.group, kind.kind, ...narrowing(kind)].join('|');
}

/** What narrows a watch; `undefined` of one that is of all objects of its kind. */
export function narrowedBy(kind: KindRef): string | undefined {
  const parts = narrowing(kind);
  return parts.some(Boolean) ? parts.join('|') : undefined;
}

function narrowing(kind: KindRef): string[] {
  return [
    kind.namespace ?? '',
    kind.labelSelector ?? '',
    kind.fieldSelector ?? '',
  ];
}
