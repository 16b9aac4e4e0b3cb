/**
 * Gives back `next`, with every part that equals the same part of `previous`
 * replaced by that very object, so that memoised components of unchanged parts are
 * not rendered again. List entries with an `id` or a `name` are matched by it: a new
 * run at the top leaves the others as they were.
 *
 * @param previous - plain JSON data
 * @param next - plain JSON data
 */
export function reuseUnchanged<T>(previous: unknown, next: T): T {
  return reuse(previous, next) as T;
}

function reuse(previous: unknown, next: unknown): unknown {
  if (Object.is(previous, next)) {
    return previous;
  }
  if (Array.isArray(previous) && Array.isArray(next)) {
    const keys = keysOf(previous);
    const byKey = new Map(previous.map((item, i) => [keys[i], item]));
    const items = keysOf(next).map((key, i) => reuse(byKey.get(key), next[i]));
    const same =
      items.length === previous.length &&
      items.every((item, i) => item === previous[i]);
    return same ? previous : items;
  }
  if (isRecord(previous) && isRecord(next)) {
    const keys = Object.keys(next);
    const record = Object.fromEntries(
      keys.map(key => [key, reuse(previous[key], next[key])]),
    );
    const same =
      keys.length === Object.keys(previous).length &&
      keys.every(key => key in previous && record[key] === previous[key]);
    return same ? previous : record;
  }
  return next;
}

/** What an entry of a list is known by; of entries with one name, the first, the second … */
function keysOf(items: readonly unknown[]): string[] {
  const seen = new Map<string, number>();
  return items.map(item => {
    const key = isRecord(item) ? `${item.id ?? item.name ?? ''}` : '';
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    return `${key} ${count}`;
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
