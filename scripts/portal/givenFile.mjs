import { accessSync, constants, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { StepError } from '../bootstrap/step.mjs';

function troubleWith(path) {
  try {
    if (!statSync(path).isFile()) {
      return `${path} is not a file`;
    }
    accessSync(path, constants.R_OK);
    return undefined;
  } catch ({ code }) {
    return code === 'ENOENT' || code === 'ENOTDIR'
      ? `there is no file ${path}`
      : `${path} cannot be read (${code})`;
  }
}

/**
 * A file that an option names.
 *
 * @param option - name of the option
 * @param value - relative to the folder in which the person is: npm starts scripts in
 * that of package.json, and says in INIT_CWD where it was called
 * @param hint - what to give
 * @returns its absolute path
 * @throws StepError that names the option and the value
 */
export function givenFile(option, value, hint) {
  const path = resolve(process.env.INIT_CWD ?? '.', value);
  const trouble = value === '' ? 'a path is missing' : troubleWith(path);
  if (trouble) {
    throw new StepError(
      `--${option} ${JSON.stringify(value)}: ${trouble}`,
      hint,
    );
  }
  return path;
}
