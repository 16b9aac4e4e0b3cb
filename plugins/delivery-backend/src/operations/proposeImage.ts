import { ConflictError } from '@backstage/errors';
import type { Link } from '@golden-path/plugin-delivery-common';
import type { GitFile, GitRepository } from '../git/GitRepository';
import {
  manifestSource,
  type ArgoCdApplicationObject,
} from './argoCdApplication';
import { imagesOf, withImage, type ImageReference } from './imageInManifest';
import { branchPartOf, titleOf } from './imageTitle';
import type { OperationContext } from './Operation';

/** Where the images come from. */
type Origin =
  /** The manifests of another Application, as they are in Git now. */
  | { application: ArgoCdApplicationObject }
  /** The manifests of this one, as they were. */
  | { revision: string };

export interface ImageProposal {
  application: ArgoCdApplicationObject;
  /** The environment that gets the image. */
  environment: string;
  /**
   * The application's own image, as it runs: manifests name others too, of sidecars and
   * caches. From another Application it is brought as it runs: Git may ask for one
   * already that nobody has seen run.
   */
  image?: ImageReference;
  from: Origin;
  verb: 'Promote' | 'Roll back';
  context: OperationContext;
}

export interface ProposedImage {
  tag: string;
  /** Whether Git holds it already, so that nothing was proposed. */
  isDone: boolean;
  isOld: boolean;
  link?: Link;
}

/**
 * Opens a pull request that puts an image into the manifests of an environment. Git is
 * the truth: whoever may merge decides.
 *
 * @throws ConflictError where Git holds no such image or manifest
 */
export async function proposeImage(
  proposal: ImageProposal,
): Promise<ProposedImage> {
  const { application, environment, image, from, verb, context } = proposal;
  const target = await folderOf(application, context);
  const origin =
    'application' in from ? await folderOf(from.application, context) : target;
  const [before, after] = await Promise.all([
    origin.repository.folder(
      origin.path,
      'revision' in from ? from.revision : origin.branch,
    ),
    target.repository.folder(target.path, target.branch),
  ]);
  const named = oncePerRepository(
    manifestsOf(before).flatMap(({ content }) => imagesOf(content)),
  );
  const isOwn = ({ repository }: ImageReference) =>
    repository === image?.repository;
  const found = named.find(isOwn);
  const own = found && image && 'application' in from ? image : found;
  // The version that KubeVela publishes is that of the last one.
  const images = own ? [...named.filter(each => !isOwn(each)), own] : named;
  const files = changed(manifestsOf(after), images);
  const main = own ?? images.at(0);
  if (!main || !(own ? [own] : images).some(files.names)) {
    throw new ConflictError(
      `No manifest in "${target.path}" of ${target.repository.name} names ${
        own ? `the image "${own.repository}" of` : 'an image of those in'
      } "${origin.path}", so there is nothing to change`,
    );
  }
  const tag = titleOf(main);
  if (files.changed.length === 0) {
    return { tag, isDone: true, isOld: false };
  }
  const title = `${verb} ${environment} to ${tag}`;
  const { url, number, isOld } = await target.repository.propose({
    branch: `delivery/${verb.toLowerCase().replace(' ', '-')}-${
      context.delivery.location.instanceName
    }-${environment}-${branchPartOf(main)}`,
    base: target.branch,
    title,
    body: `Asked for by ${context.user} in Backstage for ${
      context.delivery.entityRef
    }.\n\n${images
      .map(({ repository, suffix }) => `- \`${repository}${suffix}\``)
      .join('\n')}`,
    files: files.changed,
  });
  const link = { title: `${target.repository.name} #${number}`, url };
  return { tag, isDone: false, isOld, link };
}

async function folderOf(
  application: ArgoCdApplicationObject,
  { repositories }: OperationContext,
): Promise<{ repository: GitRepository; path: string; branch?: string }> {
  const source = manifestSource(application);
  if (!source?.path) {
    throw new ConflictError(
      'The Argo CD application takes its manifests from no folder of a repository, so no pull request can change them',
    );
  }
  const { targetRevision } = source;
  return {
    repository: await repositories.byUrl(source.repoURL),
    path: source.path.replace(/^\.?\/+|\/+$/g, ''),
    branch:
      !targetRevision || targetRevision === 'HEAD'
        ? undefined
        : targetRevision.replace(/^refs\/heads\//, ''),
  };
}

function manifestsOf(files: readonly GitFile[]): GitFile[] {
  return files.filter(({ path }) => /\.ya?ml$/.test(path));
}

function oncePerRepository(images: readonly ImageReference[]) {
  return [...new Map(images.map(image => [image.repository, image])).values()];
}

function changed(files: readonly GitFile[], images: readonly ImageReference[]) {
  const named = new Set<string>();
  const result = files.flatMap(({ path, content }) => {
    const text = images.reduce<string>((current, image) => {
      const next = withImage(current, image);
      if (next !== undefined) {
        named.add(image.repository);
      }
      return next ?? current;
    }, content);
    return hasOtherImages(content, text) ? [{ path, content: text }] : [];
  });
  return {
    names: ({ repository }: ImageReference) => named.has(repository),
    changed: result,
  };
}

/** Whether more than the way of writing differs. */
function hasOtherImages(before: string, after: string): boolean {
  return (
    JSON.stringify(imagesOf(before)) !== JSON.stringify(imagesOf(after)) ||
    (/hook:\s*Skip/.test(before) && !/hook:\s*Skip/.test(after))
  );
}
