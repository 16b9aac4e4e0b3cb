import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { UsageError, type Command } from './Command.ts';

export const logs: Command = {
  usage: 'logs NAME',
  summary: 'print the log of a process',
  help: 'Prints the log of a process since it was last started by hand. Without NAME, lists the names.',
  async run(args, folder) {
    const { positionals } = parseArgs({ args, allowPositionals: true });
    const names = existsSync(folder.logs)
      ? readdirSync(folder.logs)
          .filter(file => file.endsWith('.log'))
          .map(file => file.slice(0, -'.log'.length))
      : [];
    const [name] = positionals;
    if (name === undefined) {
      console.log(names.join('\n'));
      return 0;
    }
    if (!names.includes(name)) {
      throw new UsageError(
        `There is no log of ${name}. There are: ${names.join(', ') || 'none'}`,
      );
    }
    process.stdout.write(readFileSync(join(folder.logs, `${name}.log`)));
    return 0;
  },
};
