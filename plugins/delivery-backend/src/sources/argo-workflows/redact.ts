/** Shorter values are too common to be taken out of a text (`main`, `.`). */
const MINIMUM_LENGTH = 6;

/**
 * Takes the values of parameters out of a message, also as they look in a URL, in JSON
 * and in base64. What else looks like a credential goes when the object is stored.
 */
export function redactValues(
  message: string,
  values: readonly string[],
): string {
  return withoutForms(message, formsOf(values));
}

/** A text without any of these; `***` stands in their place. */
export function withoutForms(text: string, forms: readonly string[]): string {
  return forms.reduce((rest, form) => rest.replaceAll(form, '***'), text);
}

/** Values as they look in a text, in a URL, in JSON and in base64, the longest first. */
export function formsOf(values: readonly string[]): string[] {
  return [...new Set(values)]
    .filter(value => value.length >= MINIMUM_LENGTH)
    .sort((a, b) => b.length - a.length)
    .flatMap(value => [
      value,
      // Half of a surrogate pair cannot be in a URL.
      encodeURIComponent(Buffer.from(value).toString()),
      JSON.stringify(value).slice(1, -1),
      Buffer.from(value).toString('base64').replace(/=+$/, ''),
    ]);
}
