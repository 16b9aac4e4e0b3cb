import { NotFoundError } from '@backstage/errors';
import type {
  Delivery,
  Environment,
  Run,
} from '@golden-path/plugin-delivery-common';
import type { ObjectRef } from './OperatorCluster';

/** @throws NotFoundError that names those there are */
export function environmentOf(delivery: Delivery, name: string): Environment {
  return pick(delivery.environments, name, 'environment');
}

/** @throws NotFoundError that names those there are */
export function runOf(delivery: Delivery, name: string): Run {
  return pick(delivery.runs, name, 'run');
}

function pick<T extends { name: string }>(
  all: readonly T[],
  name: string,
  what: string,
): T {
  const found = all.find(each => each.name === name);
  if (!found) {
    const names = all.map(each => `"${each.name}"`).join(', ') || 'none';
    throw new NotFoundError(
      `This golden path has no ${what} "${name}"; it has ${names}`,
    );
  }
  return found;
}

export function applicationRef({ argoCd }: Environment): ObjectRef {
  const { name, namespace } = argoCd;
  return { group: 'argoproj.io', kind: 'Application', name, namespace };
}

export function workflowRef({ name, namespace }: Run): ObjectRef {
  return { group: 'argoproj.io', kind: 'Workflow', name, namespace };
}
