import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { watchedKinds } from '../src/sources';

/*
 * Turns a recording of the local platform (`npm run platform -- record DIR --app NAME`)
 * into a fixture: the objects of watched kinds, as they are.
 *
 *   yarn fixture DIR NAME && yarn run -T prettier --write src/__fixtures__
 */
const [folder, name] = process.argv.slice(2);

const objects = readdirSync(folder)
  .sort()
  .flatMap(file => JSON.parse(readFileSync(path.join(folder, file), 'utf8')))
  .filter(isWatched)
  .map(withoutCopies);

writeFileSync(
  path.resolve(__dirname, '../src/__fixtures__', `${name}.json`),
  `${JSON.stringify(objects, undefined, 1)}\n`,
);

function isWatched({ apiVersion, kind, metadata }: any): boolean {
  return watchedKinds.some(
    each =>
      each.kind === kind &&
      apiVersion.startsWith(`${each.group}/`) &&
      (!each.labelSelector || each.labelSelector in (metadata.labels ?? {})),
  );
}

/** Argo keeps a template in a Workflow twice; one is enough to see that it is dropped. */
function withoutCopies(object: any) {
  if (object.kind === 'Workflow') {
    delete object.status?.storedTemplates;
  }
  return object;
}
