import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  deliveryOperatePermission,
  say,
  type Environment,
  type OperationOutcome,
} from '@golden-path/plugin-delivery-common';
import {
  hasOperation,
  isAutomated,
  manifestRevision,
  operationOn,
  readArgoCdApplication,
  type ArgoCdApplicationObject,
  type EarlierDeployment,
} from './argoCdApplication';
import { readImage } from './imageInManifest';
import type { Operation, OperationContext } from './Operation';
import { proposeImage } from './proposeImage';
import { applicationRef, environmentOf } from './targets';

/**
 * An earlier deployment again. Where Argo CD syncs by itself it would undo anything but
 * a change in Git, so there a pull request proposes the earlier image.
 */
export const rollback: Operation<'rollback'> = {
  permission: deliveryOperatePermission,
  async perform({ environment: name, deployment }, context) {
    const environment = environmentOf(context.delivery, name);
    const ref = applicationRef(environment);
    const application = readArgoCdApplication(await context.cluster.get(ref));
    const earlier = deploymentOf(application, environment, deployment);
    if (isAutomated(application)) {
      return proposeEarlier(application, environment, earlier, context);
    }
    const { isChanged } = await context.cluster.change(ref, object => {
      const current = readArgoCdApplication(object);
      return hasOperation(current)
        ? undefined
        : operationOn(current, context.user, {
            revision: earlier.revision,
            ...(earlier.revisions && { revisions: earlier.revisions }),
            ...(earlier.source && { source: earlier.source }),
            ...(earlier.sources && { sources: earlier.sources }),
            syncStrategy: { apply: {} },
          });
    });
    if (!isChanged) {
      return {
        outcome: 'unchanged',
        sentence: say('operation.sync.running', { environment: name }),
      };
    }
    const revision =
      manifestRevision(application, earlier) ?? earlier.revisions?.[0] ?? '';
    return {
      outcome: 'accepted',
      sentence: say('operation.rollback', {
        environment: name,
        revision: revision.slice(0, 7),
      }),
    };
  },
};

function deploymentOf(
  { status }: ArgoCdApplicationObject,
  { name }: Environment,
  id: number,
): EarlierDeployment {
  const history = status?.history ?? [];
  const found = history.find(each => each.id === id);
  if (!found) {
    const ids = history.map(each => each.id).join(', ') || 'none';
    throw new NotFoundError(
      `Argo CD no longer remembers deployment ${id} of "${name}"; it remembers ${ids}`,
    );
  }
  return found;
}

async function proposeEarlier(
  application: ArgoCdApplicationObject,
  environment: Environment,
  earlier: EarlierDeployment,
  context: OperationContext,
): Promise<OperationOutcome> {
  const revision = manifestRevision(application, earlier);
  if (!revision) {
    throw new ConflictError(
      `The deployment of "${environment.name}" names no Git revision to go back to`,
    );
  }
  // Who holds nothing now is of the same application as the others.
  const { image } =
    [environment, ...context.delivery.environments].find(each => each.image) ??
    {};
  const proposal = await proposeImage({
    application,
    environment: environment.name,
    image: image && readImage(image.reference),
    from: { revision },
    verb: 'Roll back',
    context,
  });
  return proposal.isDone
    ? {
        outcome: 'unchanged',
        sentence: say('operation.promote.done', {
          environment: environment.name,
          tag: proposal.tag,
        }),
      }
    : {
        outcome: proposal.isOld ? 'unchanged' : 'accepted',
        sentence: say('operation.rollback.proposed', {
          environment: environment.name,
          tag: proposal.tag,
        }),
        link: proposal.link,
      };
}
