import { ConflictError } from '@backstage/errors';
import {
  deliveryPromotePermission,
  say,
} from '@golden-path/plugin-delivery-common';
import { readArgoCdApplication } from './argoCdApplication';
import { readImage } from './imageInManifest';
import type { Operation } from './Operation';
import { promoteWithKargo } from './promoteWithKargo';
import { proposeImage } from './proposeImage';
import { applicationRef, environmentOf } from './targets';

/**
 * The image of the environment before into this one: by Kargo where it has a Stage for
 * it, else by a pull request on the folder that Argo CD deploys.
 */
export const promote: Operation<'promote'> = {
  permission: deliveryPromotePermission,
  async perform({ environment: name, tag }, context) {
    const { delivery, cluster } = context;
    const to = environmentOf(delivery, name);
    const from = delivery.environments[delivery.environments.indexOf(to) - 1];
    if (!from) {
      throw new ConflictError(
        `"${name}" is the first environment: builds go there by themselves`,
      );
    }
    if (!from.image) {
      throw new ConflictError(
        `"${from.name}" holds no image yet, so there is nothing to promote to "${name}"`,
      );
    }
    if (to.kargo) {
      return promoteWithKargo({ from, to, tag, context });
    }
    if (tag !== undefined && from.image.tag !== tag) {
      throw new ConflictError(
        `"${from.name}" holds ${from.image.tag} by now, no longer ${tag}: look at it, and promote again if you mean that one`,
      );
    }
    const [application, origin] = await Promise.all(
      [to, from].map(async environment =>
        readArgoCdApplication(await cluster.get(applicationRef(environment))),
      ),
    );
    const proposal = await proposeImage({
      application,
      environment: name,
      image: readImage(from.image.reference),
      from: { application: origin },
      verb: 'Promote',
      context,
    });
    const values = { environment: name, tag: proposal.tag };
    if (proposal.isDone) {
      return {
        outcome: 'unchanged',
        sentence: say('operation.promote.done', values),
      };
    }
    return {
      outcome: proposal.isOld ? 'unchanged' : 'accepted',
      sentence: say(
        proposal.isOld ? 'operation.promote.open' : 'operation.promote',
        values,
      ),
      link: proposal.link,
    };
  },
};
