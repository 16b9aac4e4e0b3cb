import { kindKey } from './kindKey';
import { KindRef } from './types';

/**
 * One watch per kind and selectors, however many sources ask for it. All of their
 * trims apply: what one of them says must not be kept is not kept.
 */
export function mergeKinds(kinds: readonly KindRef[]): KindRef[] {
  const merged = new Map<string, KindRef>();
  for (const kind of kinds) {
    const key = kindKey(kind);
    const other = merged.get(key);
    merged.set(key, other ? { ...kind, trim: both(other, kind) } : kind);
  }
  return [...merged.values()];
}

function both(a: KindRef, b: KindRef): KindRef['trim'] {
  if (!a.trim || !b.trim || a.trim === b.trim) {
    return a.trim ?? b.trim;
  }
  return object => b.trim!(a.trim!(object));
}
