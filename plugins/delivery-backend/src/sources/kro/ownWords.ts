import { z } from 'zod';
import type { KubernetesObject } from '../../kubernetes/types';
import { conditions, part, text } from '../lenient';

const schema = z.object({
  status: part({ conditions, phase: text, state: text, message: text }),
});

/** Conditions of the ACK controllers that mean trouble when they are true. */
const TROUBLE_WHEN_TRUE = ['ACK.Terminal', 'ACK.Recoverable'];
const FAILED_PHASES = ['Failed', 'Error', 'ERROR'];
/** Of Workflows; of many other kinds `Running` is how they should be. */
const UNDER_WAY = ['', 'Pending', 'Running'];

/**
 * What an object of any kind says of itself where it is not as it should be.
 *
 * @returns `undefined` where it has nothing to say
 */
export function ownWords(
  object: KubernetesObject,
): { failed: boolean; says?: string } | undefined {
  const { data } = schema.safeParse(object);
  if (!data) {
    return undefined;
  }
  const { status } = data;
  const trouble = status.conditions.find(
    ({ type, status: value }) =>
      TROUBLE_WHEN_TRUE.includes(type) && value === 'True',
  );
  if (trouble) {
    return { failed: trouble.type === 'ACK.Terminal', says: trouble.message };
  }
  if (FAILED_PHASES.includes(status.phase ?? status.state ?? '')) {
    return { failed: true, says: status.message || undefined };
  }
  if (object.kind === 'Workflow' && UNDER_WAY.includes(status.phase ?? '')) {
    return { failed: false, says: status.message || undefined };
  }
  const unmet = status.conditions.find(
    ({ status: value, message }) => value === 'False' && message,
  );
  return unmet && { failed: false, says: unmet.message };
}
