import {
  cpSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root } from '../root.ts';
import { buildPackage } from './backstageCli.ts';

const PACKAGES = ['delivery', 'delivery-common', 'scaffolder-module-delivery'];

/**
 * Puts our frontend packages under `node_modules` of a folder as they are published: a
 * portal bundles them otherwise than it does sources of its own repository.
 *
 * @param work - a folder of this repository to build them in
 */
export async function installPublished(
  folder: string,
  work: string,
): Promise<void> {
  rmSync(work, { recursive: true, force: true });
  await Promise.all(
    PACKAGES.map(async name => {
      const source = join(root, 'plugins', name);
      const copy = join(work, name);
      mkdirSync(copy, { recursive: true });
      cpSync(join(source, 'src'), join(copy, 'src'), { recursive: true });
      cpSync(join(source, 'package.json'), join(copy, 'package.json'));
      const manifest = JSON.parse(
        readFileSync(join(copy, 'package.json'), 'utf8'),
      );
      declareNothing(copy, manifest);
      await buildPackage(copy);
      const installed = join(folder, 'node_modules', manifest.name);
      cpSync(join(copy, 'dist'), join(installed, 'dist'), { recursive: true });
      const { exports: _, typesVersions: __, ...published } = manifest;
      writeFileSync(
        join(installed, 'package.json'),
        JSON.stringify({ ...published, main: 'dist/index.esm.js' }),
      );
    }),
  );
}

/** Types weigh nothing in a portal, and take longer to make than all the rest. */
function declareNothing(
  folder: string,
  manifest: { main: string; exports?: Record<string, string> },
): void {
  for (const entry of Object.values(
    manifest.exports ?? { '.': manifest.main },
  )) {
    if (/\.tsx?$/.test(entry)) {
      const declaration = join(
        root,
        'dist-types',
        relative(root, folder),
        entry.replace(/\.tsx?$/, '.d.ts'),
      );
      mkdirSync(dirname(declaration), { recursive: true });
      writeFileSync(declaration, 'export {};\n');
    }
  }
}
