import type { Image } from '@golden-path/plugin-delivery-common';

/** The commit that a tag names: tags of the golden path are full commit SHAs. */
export function commitOf(tag?: string): string | undefined {
  return tag && /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(tag) ? tag : undefined;
}

/** A tag as people read it: commits in seven digits, others as they are. */
export function shortTag(tag: string): string {
  return commitOf(tag)?.slice(0, 7) ?? tag;
}

/** Takes an image reference apart. */
export function readImage(reference: string): Image {
  const withoutDigest = reference.split('@')[0];
  const tag = /:([^/:]+)$/.exec(withoutDigest)?.[1];
  return { reference, tag, commit: commitOf(tag) };
}

/** The repository of an image reference, without tag and digest. */
export function repositoryOf(reference: string): string {
  return reference.split('@')[0].replace(/:[^/:]+$/, '');
}
