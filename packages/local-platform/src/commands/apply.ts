import { parseArgs } from 'node:util';
import { applyGoldenPath } from '../systems/goldenPath.ts';
import type { Command } from './Command.ts';

export const apply: Command = {
  usage: 'apply',
  summary: 'apply platform/ again, after a change',
  help: 'Applies everything in platform/ to the running cluster and waits until kro accepts it. `up` does so by itself.',
  async run(args, folder) {
    parseArgs({ args });
    const { Cluster } = await import('../cluster/Cluster.ts');
    let said = '';
    await applyGoldenPath(new Cluster(folder.kubeconfig), {
      say: message => {
        if (message !== said) {
          said = message;
          console.log(message);
        }
      },
    });
    console.log('Applied.');
    return 0;
  },
};
