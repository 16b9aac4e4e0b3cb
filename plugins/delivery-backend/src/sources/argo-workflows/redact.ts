/** Shorter values are too common to be taken out of a text (`main`, `.`). */
const MINIMUM_LENGTH = 6;

/**
 * Takes credentials out of a message: the given values, and what stands before the
 * `@` of a URL.
 */
export function redact(message: string, values: readonly string[]): string {
  const withoutUserInfo = message.replace(
    /([a-z][a-z0-9+.-]*:\/\/)[^/\s@]+@/gi,
    '$1***@',
  );
  return values
    .filter(value => value.length >= MINIMUM_LENGTH)
    .reduce((text, value) => text.replaceAll(value, '***'), withoutUserInfo);
}
