import type {
  Delivery,
  OperationRequest,
  Stage,
} from '@golden-path/plugin-delivery-common';
import { shortened } from '../../language';
import type { AnyMessage, Words } from '../../language';

/** The words for one thing that can be done. */
export type OperationText = {
  /** Short, for a button that stands beside what it is about. */
  label: string;
  /** Says what it is about, too. */
  name: string;
  /** What will happen, for those who are about to confirm it. */
  effect: string;
};

/**
 * Says what an operation is called and what it will do.
 *
 * @param request - the operation
 * @param delivery - what it would be done to
 */
export function operationText(
  request: OperationRequest,
  delivery: Pick<Delivery, 'environments'>,
  t: Words['t'],
): OperationText {
  const anyMessage = t as AnyMessage;
  const { operation } = request;
  const { values, variant } = detailsOf(request, delivery);
  return {
    label: anyMessage(`operation.${operation}`),
    name: anyMessage(`operation.${operation}.name`, values),
    effect: anyMessage(`operation.${operation}.${variant}`, values),
  };
}

/**
 * The stage that speaks against a promotion: what would be promoted is not well where it
 * runs now.
 */
export function cautionOf(
  request: OperationRequest,
  { environments, stages }: Pick<Delivery, 'environments' | 'stages'>,
): Stage | undefined {
  if (request.operation !== 'promote') {
    return undefined;
  }
  const to = environments.findIndex(it => it.name === request.environment);
  return stages.find(
    ({ kind, environment, status }) =>
      kind === 'deploy' &&
      environment === environments[to - 1]?.name &&
      status !== 'succeeded',
  );
}

function detailsOf(
  request: OperationRequest,
  { environments }: Pick<Delivery, 'environments'>,
): { values: Record<string, string>; variant: string } {
  if ('run' in request) {
    return { values: { run: request.run }, variant: 'effect' };
  }
  if (!('environment' in request)) {
    return { values: {}, variant: 'effect' };
  }
  const { environment: name } = request;
  const index = environments.findIndex(it => it.name === name);
  const environment = environments[index];
  if (request.operation === 'rollback') {
    const revision = environment?.argoCd.history?.find(
      it => it.id === request.deployment,
    )?.revision;
    return {
      values: {
        environment: name,
        revision: shortened(revision ?? String(request.deployment)),
      },
      // Argo CD would undo anything but a change in Git.
      variant: environment?.argoCd.automated ? 'proposal' : 'effect',
    };
  }
  if (request.operation === 'promote') {
    const from = environments[index - 1];
    return {
      values: {
        environment: name,
        from: from?.name ?? '',
        tag: shortened(from?.image?.tag ?? ''),
      },
      variant: environment?.kargo ? 'kargo' : 'effect',
    };
  }
  return { values: { environment: name }, variant: 'effect' };
}
