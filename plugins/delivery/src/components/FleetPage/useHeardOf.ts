import { useState } from 'react';

/**
 * Everything that was ever among these, in order: a list that is filtered by one of them
 * names no other, and still another can be chosen.
 */
export function useHeardOf(
  now: ReadonlyArray<string | undefined>,
): readonly string[] {
  const [heardOf, setHeardOf] = useState<readonly string[]>([]);
  const all = new Set(heardOf);
  for (const each of now) {
    if (each) {
      all.add(each);
    }
  }
  if (all.size === heardOf.length) {
    return heardOf;
  }
  const sorted = [...all].sort();
  setHeardOf(sorted);
  return sorted;
}
