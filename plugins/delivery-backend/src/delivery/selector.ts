/**
 * Reads a label selector of equalities, as `a=b,c=d`.
 *
 * @returns `undefined` for a selector of another form
 */
export function readSelector(
  selector: string,
): Record<string, string> | undefined {
  const pairs = selector.split(',').map(each => {
    const [, label, value] =
      /^\s*([^\s=!]+)\s*==?\s*([^\s=]+)\s*$/.exec(each) ?? [];
    return [label, value] as const;
  });
  return pairs.every(([label, value]) => label && value)
    ? Object.fromEntries(pairs)
    : undefined;
}
