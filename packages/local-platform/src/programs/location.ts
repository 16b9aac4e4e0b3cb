import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProgramModule } from './catalogue.ts';

/** Folder of the package `local-platform`. */
export const packageFolder = fileURLToPath(new URL('../../', import.meta.url));

/** Folder of the repository, where `platform/` is. */
export const repositoryFolder = join(packageFolder, '../..');

/** Folder that holds a module's `go.mod`. */
export function moduleFolder(module: ProgramModule): string {
  return join(packageFolder, 'programs', module.folder);
}

/** Folder of the user's cache in which built programs are kept, for every clone of the repository. */
export function programsCache(): string {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(cache, 'golden-path', 'programs');
}
