import { isMap, isSeq, parseDocument } from 'yaml';

/** What the step update-deployment writes. */
export interface NewImage {
  application: string;
  image: string;
  tag: string;
}

const ANNOTATIONS = ['metadata', 'annotations'];
/** Holds KubeVela back until it changes; never added, as a changed image is a changed spec. */
const PUBLISH_VERSION = [...ANNOTATIONS, 'app.oam.dev/publishVersion'];
/** Keeps Argo CD from applying an application that has no image yet. */
const SKIP = [...ANNOTATIONS, 'argocd.argoproj.io/hook'];

/**
 * The OAM Application with a new image; comments and order stay.
 *
 * @throws when the manifest has no component of the application's name
 */
export function withImage(manifest: string, change: NewImage): string {
  const document = parseDocument(manifest);
  const components = document.getIn(['spec', 'components']);
  const component = isSeq(components)
    ? components.items.find(
        item => isMap(item) && item.get('name') === change.application,
      )
    : undefined;
  if (!isMap(component)) {
    throw new Error(`spec.components has none named ${change.application}`);
  }
  component.setIn(['properties', 'image'], change.image);
  if (document.hasIn(PUBLISH_VERSION)) {
    document.setIn(PUBLISH_VERSION, change.tag);
  }
  if (document.hasIn(SKIP)) {
    document.deleteIn(SKIP);
    const annotations = document.getIn(ANNOTATIONS);
    if (isMap(annotations) && annotations.items.length === 0) {
      document.deleteIn(ANNOTATIONS);
    }
  }
  return document.toString({ lineWidth: 0 });
}
