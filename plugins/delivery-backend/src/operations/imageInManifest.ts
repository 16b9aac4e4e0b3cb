import {
  isMap,
  isScalar,
  parseAllDocuments,
  stringify,
  visit,
  type Document,
  type Scalar,
} from 'yaml';

/** An image reference taken apart: `registry/repository:tag`, or with a digest. */
export interface ImageReference {
  repository: string;
  /** With what divides it from the repository, for example `:9f3c1ab`. */
  suffix: string;
}

/** @see https://pkg.go.dev/github.com/distribution/reference */
export function readImage(reference: string): ImageReference | undefined {
  const match =
    /^([^\s@:]+(?::\d+(?=\/))?[^\s@:]*)((?::[\w.-]+)?(?:@[\w:]+)?)$/.exec(
      reference,
    );
  return match ? { repository: match[1], suffix: match[2] } : undefined;
}

const HOOK = 'argocd.argoproj.io/hook';
const PUBLISH_VERSION = 'app.oam.dev/publishVersion';
const ANNOTATIONS = ['metadata', 'annotations'];

/** Images that the manifests in a file name, by the key `image`. */
export function imagesOf(text: string): ImageReference[] {
  return parseAllDocuments(text).flatMap(document => {
    const found: ImageReference[] = [];
    eachImage(document as Document, image => found.push(image));
    return found;
  });
}

/** A text of a manifest, and what it was. */
interface Change {
  scalar: Scalar;
  before: string;
}

/**
 * Puts an image wherever a file names one of the same repository, and says so in the
 * version that KubeVela publishes, where the manifest has one: without it a changed
 * image is enough. A manifest that held nothing yet
 * (`argocd.argoproj.io/hook: Skip`) is applied from now on. Everything else stays as
 * it is written, comments too.
 *
 * @returns undefined where the file names no such image
 */
export function withImage(
  text: string,
  image: ImageReference,
): string | undefined {
  const documents = parseAllDocuments(text) as Document[];
  const changes: Change[] = [];
  const set = (scalar: Scalar, value: string) => {
    changes.push({ scalar, before: String(scalar.value) });
    scalar.value = value;
  };
  let isFound = false;
  let isHeld = false;
  for (const document of documents) {
    const known = changes.length;
    let isHere = false;
    eachImage(document, (each, scalar) => {
      if (each.repository === image.repository) {
        isHere = true;
        if (each.suffix !== image.suffix) {
          set(scalar, `${image.repository}${image.suffix}`);
        }
      }
    });
    isFound ||= isHere;
    isHeld = (isHere && apply(document)) || isHeld;
    const version = document.getIn([...ANNOTATIONS, PUBLISH_VERSION], true);
    if (changes.length > known && isScalar(version)) {
      set(version, image.suffix.replace(/^[:@]/, '').replace(/[^\w.-]/g, '-'));
    }
  }
  if (!isFound) {
    return undefined;
  }
  return (
    (isHeld ? undefined : spliced(text, changes)) ??
    documents.map(document => document.toString({ lineWidth: 0 })).join('')
  );
}

/**
 * The text with these changes in their places: written anew, lists and comments would be
 * set otherwise.
 *
 * @returns undefined where a text is written in a way that hides it
 */
function spliced(text: string, changes: readonly Change[]): string | undefined {
  let result = text;
  // From the end, so that the places before stay where they are.
  const placed = [...changes].sort(
    (a, b) => (b.scalar.range?.[0] ?? 0) - (a.scalar.range?.[0] ?? 0),
  );
  for (const { scalar, before } of placed) {
    const [start, end] = scalar.range ?? [0, 0];
    const written = text.slice(start, end);
    if (!written.includes(before)) {
      return undefined;
    }
    const after = String(scalar.value);
    result = [
      text.slice(0, start),
      scalar.type === 'PLAIN'
        ? // In quotes where it would be read as a number.
          stringify(after, { lineWidth: 0 }).trimEnd()
        : written.replace(before, () => after),
      result.slice(end),
    ].join('');
  }
  return result;
}

/** Whether a manifest that held nothing is one to apply now. */
function apply(document: Document): boolean {
  if (document.getIn([...ANNOTATIONS, HOOK]) !== 'Skip') {
    return false;
  }
  document.deleteIn([...ANNOTATIONS, HOOK]);
  const annotations = document.getIn(ANNOTATIONS);
  if (isMap(annotations) && annotations.items.length === 0) {
    document.deleteIn(ANNOTATIONS);
  }
  return true;
}

function eachImage(
  document: Document,
  callback: (image: ImageReference, scalar: Scalar) => void,
): void {
  visit(document, {
    Map(_key, map) {
      const node = map.get('image', true);
      if (isMap(map) && isScalar(node) && typeof node.value === 'string') {
        const image = readImage(node.value);
        if (image) {
          callback(image, node);
        }
      }
    },
  });
}
