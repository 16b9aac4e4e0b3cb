import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Objects of a moment of the local platform: real controllers wrote them. */
export function recorded(name: string): any[] {
  const file = path.resolve(__dirname, '../__fixtures__', `${name}.json`);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Annotations of an entity that point to the pipeline among these objects. */
export function annotationsOf(objects: any[]) {
  const { metadata } = objects.find(({ kind }) => kind === 'CICDPipeline');
  return {
    'kro.run/instance-name': metadata.name,
    'kro.run/instance-namespace': metadata.namespace,
  };
}
