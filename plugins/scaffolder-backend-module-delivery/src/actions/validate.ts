import { InputError } from '@backstage/errors';
import {
  completeEnvironments,
  Environments,
  EnvironmentsInput,
  nameProblem,
  namespaceProblem,
} from '../manifests/names';
import { serverProblem } from '../manifests/servers';

/**
 * Checks the two names that everything else is made of.
 *
 * @param input - as given to an action
 * @param argoCdNamespace - where Argo CD is, and so no team may be
 * @returns both names, the namespace completed
 * @throws InputError that names the field, the value and what to do
 */
export function validNames(
  input: { name: string; namespace?: string },
  argoCdNamespace?: string,
): {
  name: string;
  namespace: string;
} {
  refuse('name', input.name, nameProblem(input.name));
  const namespace = input.namespace || `team-${input.name}`;
  refuse(
    'namespace',
    namespace,
    namespaceProblem(namespace, { argoCdNamespace }),
  );
  return { name: input.name, namespace };
}

/**
 * Checks where an application may go: these places become the destinations of its
 * AppProject, so a pattern or a namespace of the platform would take the fence down.
 *
 * @param input - as given to an action, the namespace completed
 * @param argoCdNamespace - where Argo CD is
 * @throws InputError that names the field, the value and what to do
 */
export function validatePlaces(
  input: {
    namespace: string;
    hubServer?: string;
    environments?: EnvironmentsInput;
  },
  argoCdNamespace?: string,
): void {
  const { namespace, hubServer, environments: given } = input;
  if (hubServer !== undefined) {
    refuse('hubServer', hubServer, serverProblem(hubServer));
  }
  const environments = completeEnvironments(namespace, given, hubServer);
  for (const name of Object.keys(environments) as Array<keyof Environments>) {
    const { server, namespace: place } = environments[name];
    refuse(`environments.${name}.server`, server, serverProblem(server));
    const problem = namespaceProblem(place, {
      argoCdNamespace,
      maximumLength: 63,
    });
    if (given?.[name]?.namespace !== undefined) {
      refuse(`environments.${name}.namespace`, place, problem);
    } else if (problem) {
      // Nobody has typed that one.
      refuse(
        'namespace',
        namespace,
        `${name} is in "${place}", and ${problem}`,
      );
    }
  }
}

function refuse(field: string, value: string, problem: string | undefined) {
  if (problem) {
    // Whoever writes credentials into an address must not find them in the log of a task.
    const shown = value.replace(/\/\/[^/]*@/, '//…@');
    throw new InputError(`${field} "${shown}" cannot be used: ${problem}`);
  }
}
