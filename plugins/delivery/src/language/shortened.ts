const FULL_SHA = /\b[0-9a-f]{40}\b/g;

/** Commits as Git prints them: the first seven digits are enough to tell them apart. */
export function shortened(text: string): string {
  return text.replace(FULL_SHA, sha => sha.slice(0, 7));
}
