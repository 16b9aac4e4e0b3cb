import { Document } from 'yaml';

/**
 * Writes a manifest the same way every time: keys in the order in which they were
 * set, strings quoted only where YAML needs it, lines never folded.
 *
 * @param manifest - a Kubernetes object
 * @param comment - said above it, one entry per line
 */
export function manifestYaml(manifest: object, comment: string[] = []): string {
  const document = new Document(manifest, {
    aliasDuplicateObjects: false,
    // Kubernetes reads YAML 1.1, where a bare N or yes is a boolean.
    compat: 'yaml-1.1',
  });
  if (comment.length) {
    document.commentBefore = comment.map(line => ` ${line}`).join('\n');
  }
  return document.toString({ lineWidth: 0, singleQuote: true });
}
