import { isMap, isScalar, parseAllDocuments, visit, type Document } from 'yaml';

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

/** Images that the manifests in a file name, by the key `image`. */
export function imagesOf(text: string): ImageReference[] {
  return parseAllDocuments(text).flatMap(document => {
    const found: ImageReference[] = [];
    eachImage(document as Document, image => found.push(image));
    return found;
  });
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
  let isFound = false;
  for (const document of documents) {
    let isHere = false;
    eachImage(document, (each, set) => {
      if (each.repository === image.repository) {
        isHere = true;
        set(`${image.repository}${image.suffix}`);
      }
    });
    if (isHere) {
      isFound = true;
      publish(document, image);
    }
  }
  return isFound
    ? documents.map(document => document.toString({ lineWidth: 0 })).join('')
    : undefined;
}

function publish(document: Document, { suffix }: ImageReference): void {
  const path = ['metadata', 'annotations'];
  if (document.getIn([...path, HOOK]) === 'Skip') {
    document.deleteIn([...path, HOOK]);
    const annotations = document.getIn(path);
    if (isMap(annotations) && annotations.items.length === 0) {
      document.deleteIn(path);
    }
  }
  if (document.hasIn([...path, PUBLISH_VERSION])) {
    document.setIn(
      [...path, PUBLISH_VERSION],
      suffix.replace(/^[:@]/, '').replace(/[^\w.-]/g, '-'),
    );
  }
}

function eachImage(
  document: Document,
  callback: (image: ImageReference, set: (value: string) => void) => void,
): void {
  visit(document, {
    Map(_key, map) {
      const node = map.get('image', true);
      if (isMap(map) && isScalar(node) && typeof node.value === 'string') {
        const scalar = node;
        const image = readImage(String(scalar.value));
        if (image) {
          callback(image, value => {
            scalar.value = value;
          });
        }
      }
    },
  });
}
