import { shortTag } from '../delivery/image';
import type { ImageReference } from './imageInManifest';

/** As many as Docker shows. */
const DIGEST_DIGITS = 12;

/** What people call an image: by its tag, or by the beginning of its digest. */
export function titleOf(image: ImageReference): string {
  const { tag, digest } = partsOf(image);
  return tag ?? (digest ? `sha256:${digest}` : 'latest');
}

/**
 * What tells an image from others of its repository in the name of a branch. A tag may
 * be what Git takes in no such name.
 *
 * @see https://git-scm.com/docs/git-check-ref-format
 */
export function branchPartOf(image: ImageReference): string {
  const { tag, digest } = partsOf(image);
  return ([tag, digest].filter(Boolean).join('-') || 'latest').replace(
    /\.(?=\.|$|lock$)/g,
    '-',
  );
}

function partsOf({ suffix }: ImageReference) {
  const [, tag, digest] = /^(?::([^@]+))?(?:@\w+:(\w+))?$/.exec(suffix) ?? [];
  return {
    tag: tag && shortTag(tag),
    digest: digest?.slice(0, DIGEST_DIGITS),
  };
}
