import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { buildProgram } from '../programs/build.ts';
import { programNamed } from '../programs/catalogue.ts';
import { UsageError, type Command } from './Command.ts';

export const kubeconfig: Command = {
  usage: 'kubeconfig [--account administrator|reader|operator]',
  summary: 'print the path of the kubeconfig',
  help: `Prints the path of the kubeconfig of an account (default: administrator):
  export KUBECONFIG="$(npm run -s platform -- kubeconfig)"`,
  async run(args, folder) {
    const { values } = parseArgs({
      args,
      options: { account: { type: 'string', default: 'administrator' } },
    });
    const paths: Record<string, string | undefined> = {
      administrator: folder.kubeconfig,
      reader: folder.readerKubeconfig,
      operator: folder.operatorKubeconfig,
    };
    const path = paths[values.account];
    if (!path) {
      throw new UsageError(
        `--account: there is no account ${values.account}, only ${Object.keys(
          paths,
        ).join(', ')}`,
      );
    }
    console.log(path);
    return 0;
  },
};

export const kubectl: Command = {
  usage: 'kubectl ARGUMENTS',
  summary: 'run kubectl against the platform',
  help: 'Runs kubectl (built from the same module as the API server) as the administrator: kubectl get cicdpipelines -A',
  async run(args, folder) {
    const program = await buildProgram(programNamed('kubectl'), {
      onProgress: ({ message }) => console.error(message),
    });
    const child = spawn(program, args, {
      stdio: 'inherit',
      env: { KUBECONFIG: folder.kubeconfig, ...process.env },
    });
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('exit', code => resolve(code ?? 1));
    });
  },
};
