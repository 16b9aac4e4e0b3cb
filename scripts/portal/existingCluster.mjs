import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../bootstrap/root.mjs';
import { StepError } from '../bootstrap/step.mjs';
import { givenFile } from './givenFile.mjs';
import { missingForCreate } from './missingForCreate.mjs';

/** Name of the cluster of `--kubeconfig`, as in the annotation kro.run/cluster. */
const NAME = 'local';
const TEMPLATE = 'templates/create-app';

const kubeconfigHint = account =>
  `give the path of a kubeconfig of the account ${account}; docs/install.md, step 2, shows how to make one`;

/** Everything that the backend would read from these files, as one object. */
async function readConfig(files) {
  // There only once the dependencies are installed.
  const { ConfigSources } = await import('@backstage/config-loader');
  const read = async paths => {
    const config = await ConfigSources.toConfig(
      ConfigSources.default({
        rootDir: root,
        argv: paths.flatMap(path => ['--config', path]),
        watch: false,
      }),
    );
    config.close();
    return config.get();
  };
  // One by one first: what is wrong with a file is said without its name.
  for (const file of files) {
    await read([file]).catch(({ message }) => {
      // Below the first line, YAML's errors draw where it is.
      const [reason] = message.split(/:?\n/);
      throw new StepError(
        `--config ${JSON.stringify(file)} cannot be used: ${reason}`,
        'correct that file',
      );
    });
  }
  return read(files);
}

/**
 * What the options name, all looked at before anything is started.
 *
 * @param options - as the command line has them
 * @throws StepError that names the option, its value and what to do
 */
export function givenAccess(options) {
  const alone = ['operator-kubeconfig', 'context'].find(
    option => options[option] !== undefined && options.kubeconfig === undefined,
  );
  if (alone) {
    throw new StepError(
      `--${alone} ${JSON.stringify(options[alone])}: there is no --kubeconfig`,
      `give --kubeconfig FILE as well; the local platform has accounts of its own`,
    );
  }
  const file = (option, hint) =>
    options[option] === undefined
      ? undefined
      : givenFile(option, options[option], hint);
  return {
    kubeconfig: file('kubeconfig', kubeconfigHint('delivery-reader')),
    operatorKubeconfig: file(
      'operator-kubeconfig',
      kubeconfigHint('delivery-operator'),
    ),
    context: options.context,
    configs: (options.config ?? []).map(path =>
      givenFile('config', path, 'give the path of an app-config file'),
    ),
  };
}

/** The portal's configuration for a cluster that exists already. */
function clusterConfig({ kubeconfig, operatorKubeconfig, context }) {
  return {
    delivery: {
      clusters: [{ name: NAME, kubeconfig, operatorKubeconfig, context }],
    },
  };
}

/** The places of the catalog without the one of the template. */
function withoutTemplate(config) {
  return {
    catalog: {
      locations: (config.catalog?.locations ?? []).filter(
        ({ target }) => !String(target).includes(`${TEMPLATE}/`),
      ),
    },
  };
}

/**
 * Writes the portal's configuration for a cluster that exists already. The template is
 * offered only where the configuration has what its first step needs.
 *
 * @param options.directory - where the files are written
 * @param options.configs - further configuration of the person
 * @returns all files on top of app-config.yaml, and what the template lacks
 */
export async function useExistingCluster(options) {
  const { directory, configs, ...access } = options;
  await mkdir(directory, { recursive: true });
  const write = async (name, content) => {
    const file = join(directory, name);
    await writeFile(
      file,
      `# Written by npm start --kubeconfig\n${JSON.stringify(
        content,
        undefined,
        2,
      )}\n`,
    );
    return file;
  };
  const files = [
    await write('existing-cluster.app-config.yaml', clusterConfig(access)),
    ...configs,
  ];
  const config = await readConfig([join(root, 'app-config.yaml'), ...files]);
  const missing = missingForCreate(config);
  if (missing.length > 0) {
    files.push(
      await write('without-template.app-config.yaml', withoutTemplate(config)),
    );
  }
  return { configs: files, missing };
}
