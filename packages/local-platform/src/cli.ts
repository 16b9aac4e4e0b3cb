#!/usr/bin/env node
import { join } from 'node:path';
import { UsageError, type Command } from './commands/Command.ts';
import { apply } from './commands/apply.ts';
import { down, reset } from './commands/down.ts';
import { fail, heal } from './commands/fail.ts';
import { kubeconfig, kubectl } from './commands/kubectl.ts';
import { logs } from './commands/logs.ts';
import { record } from './commands/record.ts';
import { status } from './commands/status.ts';
import { up } from './commands/up.ts';
import { platformFolder } from './folder.ts';
import { repositoryFolder } from './programs/location.ts';

const COMMANDS: Record<string, Command> = {
  up,
  down,
  status,
  reset,
  logs,
  kubeconfig,
  kubectl,
  apply,
  fail,
  heal,
  record,
};

function overview(): string {
  const width = Math.max(
    ...Object.values(COMMANDS).map(({ usage }) => usage.length),
  );
  const lines = Object.values(COMMANDS).map(
    ({ usage, summary }) => `  ${usage.padEnd(width)}  ${summary}`,
  );
  return `npm run platform -- COMMAND

The local platform: a Kubernetes control plane and the golden path's controllers as
processes of this machine, in the folder .platform (or DELIVERY_PLATFORM_DIR).

${lines.join('\n')}

COMMAND --help says more.`;
}

async function main(argv: string[]): Promise<number> {
  const [name, ...args] = argv;
  if (name === undefined || name === '--help' || name === '-h') {
    console.log(overview());
    return name === undefined ? 1 : 0;
  }
  const command = COMMANDS[name];
  if (!command) {
    console.error(`There is no command ${name}.\n\n${overview()}`);
    return 1;
  }
  // kubectl has a help of its own.
  if (command !== kubectl && args.some(it => it === '--help' || it === '-h')) {
    console.log(`npm run platform -- ${command.usage}\n\n${command.help}`);
    return 0;
  }
  const root =
    process.env.DELIVERY_PLATFORM_DIR ?? join(repositoryFolder, '.platform');
  try {
    return await command.run(args, platformFolder(root));
  } catch (error) {
    const wrong =
      error instanceof UsageError ||
      (error instanceof TypeError &&
        'code' in error &&
        String(error.code).startsWith('ERR_PARSE_ARGS'));
    console.error(error instanceof Error ? error.message : String(error));
    if (wrong) {
      console.error(`npm run platform -- ${command.usage}`);
    }
    return 1;
  }
}

main(process.argv.slice(2)).then(code => {
  process.exitCode = code;
});
