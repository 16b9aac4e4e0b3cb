import { InputError } from '@backstage/errors';
import { nameProblem, namespaceProblem } from '../manifests/names';

/**
 * Checks the two names that everything else is made of.
 *
 * @param input - as given to an action
 * @returns both names, the namespace completed
 * @throws InputError that names the field, the value and what to do
 */
export function validNames(input: { name: string; namespace?: string }): {
  name: string;
  namespace: string;
} {
  const problem = nameProblem(input.name);
  if (problem) {
    throw new InputError(`name "${input.name}" cannot be used: ${problem}`);
  }
  const namespace = input.namespace || `team-${input.name}`;
  const namespaceTrouble = namespaceProblem(namespace);
  if (namespaceTrouble) {
    throw new InputError(
      `namespace "${namespace}" cannot be used: ${namespaceTrouble}`,
    );
  }
  return { name: input.name, namespace };
}
