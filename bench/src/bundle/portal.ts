import {
  cpSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { root } from '../root.ts';
import { buildPackage } from './backstageCli.ts';
import { installPublished } from './published.ts';

/** What adopters of this repository add to their portal. */
const OURS = /^@golden-path\//;

const INDEX = `import '@backstage/cli/asset-types';
import ReactDOM from 'react-dom/client';
import { createApp } from '@backstage/frontend-defaults';
import '@backstage/ui/css/styles.css';

const app = createApp();
ReactDOM.createRoot(document.getElementById('root')!).render(app.createRoot());
`;

const CONFIG = {
  app: { title: 'Portal', baseUrl: 'http://localhost', packages: 'all' },
  backend: { baseUrl: 'http://localhost' },
};

/**
 * Builds a portal by Backstage's own command for that: all of Backstage's plugins that
 * this repository's app has, nothing written for it, and the packages of this repository
 * as they are published, or none of them.
 *
 * @returns the folder with what a web server would serve
 */
export async function buildPortal(
  folder: string,
  options: { withOurs: boolean },
): Promise<string> {
  const app = join(root, 'packages/app');
  const manifest = JSON.parse(readFileSync(join(app, 'package.json'), 'utf8'));
  const dependencies = Object.fromEntries(
    Object.entries(manifest.dependencies).filter(
      ([name]) => options.withOurs || !OURS.test(name),
    ),
  );
  const { browserslist } = manifest;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'src'), { recursive: true });
  cpSync(join(app, 'public'), join(folder, 'public'), { recursive: true });
  writeFileSync(join(folder, 'src/index.tsx'), INDEX);
  writeFileSync(join(folder, 'app-config.json'), JSON.stringify(CONFIG));
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({
      // Known to Yarn: the schema of its configuration is collected by that name.
      name: manifest.name,
      version: '0.0.0',
      private: true,
      backstage: { role: 'frontend' },
      dependencies,
      browserslist,
    }),
  );
  if (options.withOurs) {
    await installPublished(folder, `${folder}-packages`);
  }
  await buildPackage(folder, '--config', join(folder, 'app-config.json'));
  return join(folder, 'dist');
}
