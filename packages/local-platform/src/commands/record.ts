import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { belongsTo, RECORDED_KINDS, stabilise } from '../record.ts';
import { UsageError, type Command } from './Command.ts';

export const record: Command = {
  usage: 'record DIR [--app NAME]',
  summary: 'save the live objects as test fixtures',
  help: `Writes one JSON file per kind, each with a list of objects: without managedFields and
versions, with stable ids and addresses, without secrets.

  --app NAME  only what belongs to this application`,
  async run(args, folder) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { app: { type: 'string' } },
    });
    const [directory] = positionals;
    if (directory === undefined) {
      throw new UsageError('Name the folder for the files.');
    }
    const { Cluster } = await import('../cluster/Cluster.ts');
    const cluster = new Cluster(folder.kubeconfig);
    const lists = await Promise.all(
      RECORDED_KINDS.map(({ apiVersion, kind }) =>
        cluster.list(apiVersion, kind),
      ),
    );
    const { app } = values;
    const wanted = lists.map(list =>
      list.filter(object => app === undefined || belongsTo(object, app)),
    );
    // In one go: references between objects of different kinds stay references.
    const stable = stabilise(wanted.flat());
    mkdirSync(directory, { recursive: true });
    let start = 0;
    for (const [index, { file }] of RECORDED_KINDS.entries()) {
      const objects = stable.slice(start, start + wanted[index].length);
      start += objects.length;
      if (objects.length > 0) {
        writeFileSync(
          join(directory, `${file}.json`),
          `${JSON.stringify(objects, undefined, 2)}\n`,
        );
        console.log(`${file}: ${objects.length}`);
      }
    }
    return 0;
  },
};
