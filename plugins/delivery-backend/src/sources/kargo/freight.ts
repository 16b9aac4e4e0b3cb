import { z } from 'zod';
import type { KubernetesObject } from '../../kubernetes/types';
import { isObject, listOf, part, text } from '../lenient';
import { pick } from '../trimmed';

const imageSchema = z.object({ repoURL: z.string(), tag: text, digest: text });

const freightSchema = z.object({
  alias: text,
  origin: part({ name: text }),
  images: listOf(imageSchema),
  status: part({ verifiedIn: z.unknown(), approvedFor: z.unknown() }),
});

/** Freight as a Stage may take it. */
export interface FreightFacts {
  name: string;
  alias?: string;
  /** Warehouse that it comes from. */
  origin?: string;
  images: string[];
  /** Stages that verified it. */
  verifiedIn: string[];
  /** Stages that somebody approved it for. */
  approvedFor: string[];
  createdAt: string;
}

/** Freight has no specification: what it holds is at the top. */
export function trimFreight(object: KubernetesObject): KubernetesObject {
  const status = isObject(object.status) ? object.status : {};
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: object.metadata,
    alias: object.alias,
    origin: pick(object.origin, ['kind', 'name']),
    images: imagesIn(object.images),
    status: {
      verifiedIn: namesIn(status.verifiedIn),
      approvedFor: namesIn(status.approvedFor),
    },
  };
}

/**
 * Reads Freight.
 *
 * @see https://github.com/akuity/kargo/blob/main/api/v1alpha1/freight_types.go
 */
export function readFreight(object: KubernetesObject): FreightFacts {
  const { alias, origin, images, status } = freightSchema.parse(object);
  return {
    name: object.metadata.name,
    alias,
    origin: origin.name,
    images: images.map(imageReference),
    verifiedIn: Object.keys(namesIn(status.verifiedIn)),
    approvedFor: Object.keys(namesIn(status.approvedFor)),
    createdAt: object.metadata.creationTimestamp,
  };
}

/** Freight as a Stage or a Promotion refers to it. */
export const freightReferenceSchema = z.object({
  name: z.string(),
  images: listOf(imageSchema),
});

/** `repository:tag`, or with the digest where there is no tag. */
export function imageReference({
  repoURL,
  tag,
  digest,
}: z.infer<typeof imageSchema>): string {
  if (tag) {
    return `${repoURL}:${tag}`;
  }
  return digest ? `${repoURL}@${digest}` : repoURL;
}

/** Of images only what names them: annotations of images are others' texts. */
export function imagesIn(images: unknown): unknown[] {
  return (Array.isArray(images) ? images : []).map(image =>
    pick(image, ['repoURL', 'tag', 'digest']),
  );
}

function namesIn(value: unknown): Record<string, object> {
  return Object.fromEntries(
    Object.keys(isObject(value) ? value : {}).map(name => [name, {}]),
  );
}
