import { readImage } from './imageInManifest';
import { branchPartOf, titleOf } from './imageTitle';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const LONG = `main-${'a'.repeat(40)}`;

it.each([
  ['a commit', `:${'9f3c1ab0'.repeat(5)}`, '9f3c1ab', '9f3c1ab'],
  ['a version', ':7.2-alpine', '7.2-alpine', '7.2-alpine'],
  // Cut, it would be called as the one before.
  ['a long tag', `:${LONG}.2`, `${LONG}.2`, `${LONG}.2`],
  ['a digest', `@${DIGEST}`, 'sha256:0123456789ab', '0123456789ab'],
  ['both', `:1.2@${DIGEST}`, '1.2', '1.2-0123456789ab'],
  ['neither', '', 'latest', 'latest'],
  ['what Git does not take', ':1..2.lock', '1..2.lock', '1-.2-lock'],
  ['a dot at the end', ':1.', '1.', '1-'],
])('calls an image by %s', (_what, suffix, title, part) => {
  const image = readImage(`a.io/shop${suffix}`)!;
  expect(titleOf(image)).toBe(title);
  expect(branchPartOf(image)).toBe(part);
});
