/**
 * The entry of a table for a word that another program wrote; `undefined` also for words
 * such as `constructor`, which every object knows without having them.
 */
export function entryOf<T>(
  table: Readonly<Record<string, T>>,
  word: string | undefined,
): T | undefined {
  return word !== undefined && Object.hasOwn(table, word)
    ? table[word]
    : undefined;
}
