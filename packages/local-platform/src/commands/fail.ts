import { parseArgs } from 'node:util';
import type { PlatformFolder } from '../folder.ts';
import { PLAYED_STEP_NAMES } from '../stand-ins/stepNames.ts';
import { UsageError, type Command } from './Command.ts';

async function connect(folder: PlatformFolder) {
  const { Cluster } = await import('../cluster/Cluster.ts');
  return new Cluster(folder.kubeconfig);
}

function stepOf(positionals: string[]): string | undefined {
  const [step, ...rest] = positionals;
  if (rest.length > 0) {
    throw new UsageError(`One step at a time, got ${positionals.join(' ')}`);
  }
  if (step !== undefined && !PLAYED_STEP_NAMES.includes(step)) {
    throw new UsageError(
      `There is no step ${step}. There are: ${PLAYED_STEP_NAMES.join(', ')}`,
    );
  }
  return step;
}

export const fail: Command = {
  usage: 'fail STEP [--message TEXT] [--app NAME]',
  summary: 'let a step of the pipeline fail until healed',
  help: `  --message TEXT  what the run shows
  --app NAME      only in runs of this application`,
  async run(args, folder) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { message: { type: 'string' }, app: { type: 'string' } },
    });
    const step = stepOf(positionals);
    if (step === undefined) {
      throw new UsageError(`Name a step: ${PLAYED_STEP_NAMES.join(', ')}`);
    }
    const { failStep } = await import('../stand-ins/failures.ts');
    await failStep(await connect(folder), { step, ...values });
    console.log(`${step} fails from now on. \`heal ${step}\` ends that.`);
    return 0;
  },
};

export const heal: Command = {
  usage: 'heal [STEP] [--app NAME]',
  summary: 'end what `fail` began',
  help: 'Without STEP, all steps are healed.',
  async run(args, folder) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { app: { type: 'string' } },
    });
    const { healSteps } = await import('../stand-ins/failures.ts');
    await healSteps(await connect(folder), {
      step: stepOf(positionals),
      ...values,
    });
    console.log('Healed.');
    return 0;
  },
};
