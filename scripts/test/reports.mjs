import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../bootstrap/root.mjs';

const folder = join(root, 'test-results');

/** Path of a fresh report file; what an earlier run wrote there is removed. */
export function reports(name) {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  rmSync(path, { force: true });
  return path;
}
