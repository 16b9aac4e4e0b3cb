import { withoutCredentials } from '../redactCredentials';
import { KindRef, KubernetesObject } from './types';
import { Resource } from './Discovery';

/**
 * What an API server sent, as the store keeps it: with apiVersion and kind (items of
 * a list lack them), without managedFields, without copies of an applied manifest,
 * without what looks like a credential in any text, and of a Secret nothing but its
 * metadata.
 *
 * @returns undefined for what is not a stored object (no name or uid)
 */
export function trimObject(
  raw: unknown,
  kind: KindRef,
  resource: Resource,
): KubernetesObject | undefined {
  const metadata = (raw as { metadata?: KubernetesObject['metadata'] } | null)
    ?.metadata;
  if (!metadata?.name || !metadata.uid) {
    return undefined;
  }
  const envelope = {
    apiVersion: resource.apiVersion,
    kind: kind.kind,
    metadata: trimMetadata(metadata),
  };
  if (isSecret(kind)) {
    return envelope;
  }
  const object = { ...(raw as KubernetesObject), ...envelope };
  const { metadata: identity, ...content } = kind.trim
    ? applyTrim(kind.trim, object)
    : object;
  return { ...withoutCredentials(content), metadata: identity };
}

/** Whatever could not be trimmed may hold what must not be kept. */
export function applyTrim(
  trim: NonNullable<KindRef['trim']>,
  object: KubernetesObject,
): KubernetesObject {
  const { apiVersion, kind, metadata } = object;
  try {
    return trim(object);
  } catch {
    return { apiVersion, kind, metadata };
  }
}

/** Secrets are known by their names and labels only: their content is not even asked for. */
export function isSecret(kind: KindRef): boolean {
  return kind.group === '' && kind.kind === 'Secret';
}

function trimMetadata(
  metadata: KubernetesObject['metadata'],
): KubernetesObject['metadata'] {
  const { managedFields, annotations, ...kept } =
    metadata as KubernetesObject['metadata'] & { managedFields?: unknown };
  if (!annotations) {
    return kept;
  }
  // kubectl's, and others' after its example: the whole manifest once more, with
  // whatever secret was in it.
  const entries = Object.entries(annotations).filter(
    ([key]) => !key.endsWith('/last-applied-configuration'),
  );
  return { ...kept, annotations: Object.fromEntries(entries) };
}
