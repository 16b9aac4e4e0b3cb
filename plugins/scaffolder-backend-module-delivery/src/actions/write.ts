import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';

/**
 * Writes a file of the new repository; the same content always gives the same file.
 *
 * @param workspacePath - the task's workspace
 * @param path - relative to it
 * @throws when the path leads out of the workspace
 */
export async function writeToWorkspace(
  workspacePath: string,
  path: string,
  content: string,
): Promise<void> {
  const file = resolveSafeChildPath(workspacePath, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}
