import type {
  Delivery,
  Environment,
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
  delivery: Pick<Delivery, 'environments' | 'stages'>,
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
  const from = environmentBefore(request.environment, environments)?.name;
  // What Argo CD has not noticed yet says nothing of what runs; what it cannot sync does.
  return stages.find(
    ({ kind, environment, status }) =>
      environment === from &&
      ((kind === 'run' && status !== 'succeeded') ||
        (kind === 'deploy' && status === 'failed')),
  );
}

/**
 * The request as it is sent: a promotion names the image that the user has been shown, so
 * that a newer one does not go along unseen.
 *
 * @param request - the operation
 * @param delivery - what the user sees
 */
export function asShown(
  request: OperationRequest,
  delivery: Pick<Delivery, 'environments' | 'stages'>,
): OperationRequest {
  if (request.operation !== 'promote') {
    return request;
  }
  const tag = promoted(request.environment, delivery);
  return tag === undefined ? request : { ...request, tag };
}

/** What would be promoted to an environment: an image, or what Kargo has ready for it. */
function promoted(
  name: string,
  { environments, stages }: Pick<Delivery, 'environments' | 'stages'>,
): string | undefined {
  const to = environments.find(it => it.name === name);
  if (!to?.kargo) {
    return environmentBefore(name, environments)?.image?.tag;
  }
  const freight = stages.find(({ id }) => id === `promotion:${name}`)?.sentence
    .values?.freight;
  return typeof freight === 'string' ? freight : undefined;
}

function environmentBefore(
  name: string,
  environments: Delivery['environments'],
): Environment | undefined {
  return environments[environments.findIndex(it => it.name === name) - 1];
}

function detailsOf(
  request: OperationRequest,
  delivery: Pick<Delivery, 'environments' | 'stages'>,
): { values: Record<string, string>; variant: string } {
  if ('run' in request) {
    return { values: { run: request.run }, variant: 'effect' };
  }
  if (!('environment' in request)) {
    return { values: {}, variant: 'effect' };
  }
  const { environments } = delivery;
  const { environment: name } = request;
  const environment = environments.find(it => it.name === name);
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
    const from = environmentBefore(name, environments);
    return {
      values: {
        environment: name,
        from: from?.name ?? '',
        tag: shortened(promoted(name, delivery) ?? from?.image?.tag ?? ''),
      },
      variant: environment?.kargo ? 'kargo' : 'effect',
    };
  }
  return { values: { environment: name }, variant: 'effect' };
}
