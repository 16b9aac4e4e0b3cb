import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';

/** Any object of the Kubernetes API. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    uid?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    [key: string]: unknown;
  };
  [key: string]: unknown;
}

const manifestSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
});

/** @throws when a document is no Kubernetes object; the message names the file and the field */
export function parseManifests(
  content: string,
  source: string,
): KubernetesObject[] {
  return parseAllDocuments(content).flatMap((document, index) => {
    if (document.errors.length > 0) {
      throw new Error(`${source}: ${document.errors[0].message}`);
    }
    // Pipelines repeat environment variables by alias, many times.
    const value: unknown = document.toJS({ maxAliasCount: -1 });
    if (value === null) {
      return [];
    }
    const result = manifestSchema.safeParse(value);
    if (!result.success) {
      throw new Error(
        `${source}, document ${index + 1}: ${z.prettifyError(result.error)}`,
      );
    }
    return [result.data as KubernetesObject];
  });
}

export function readManifests(path: string): KubernetesObject[] {
  return parseManifests(readFileSync(path, 'utf8'), path);
}

/** All manifests of a folder by file name; kustomizations are not manifests. None when there is no folder. */
export function readManifestFolder(folder: string): KubernetesObject[] {
  if (!existsSync(folder)) {
    return [];
  }
  return readdirSync(folder)
    .filter(name => /\.ya?ml$/.test(name) && name !== 'kustomization.yaml')
    .sort()
    .flatMap(name => readManifests(join(folder, name)));
}
