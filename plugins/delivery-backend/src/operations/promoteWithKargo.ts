import { ConflictError } from '@backstage/errors';
import {
  say,
  type Environment,
  type OperationOutcome,
} from '@golden-path/plugin-delivery-common';
import { z } from 'zod';
import { shortTag } from '../delivery/image';
import { freightToPromote } from '../delivery/stages/kargo';
import type { OperationContext } from './Operation';

const stageSchema = z.looseObject({
  spec: z.looseObject({
    promotionTemplate: z
      .looseObject({
        spec: z.looseObject({
          vars: z.array(z.looseObject({})).optional(),
          steps: z.array(z.looseObject({})).optional(),
        }),
      })
      .optional(),
  }),
});

const GROUP = 'kargo.akuity.io';

/**
 * Asks Kargo to promote the Freight of one Stage to the next. Kargo's webhook gives the
 * Promotion its name and its steps, and asks whether the account may `promote`.
 *
 * @see https://docs.kargo.io/user-guide/how-to-guides/promotion
 */
export async function promoteWithKargo(options: {
  from: Environment;
  to: Environment;
  /** What the user was shown: the title of the Freight. */
  tag?: string;
  context: OperationContext;
}): Promise<OperationOutcome> {
  const { from, to, tag, context } = options;
  const stage = to.kargo;
  const known = context.facts.kargoStages.find(
    ({ name: each, project }) =>
      each === stage?.name && project === stage.project,
  );
  const held = from.kargo?.freight;
  const freight =
    (known && freightToPromote(known)) ??
    (held && { name: held.name, title: held.alias ?? shortTag(held.name) });
  if (!stage || !freight) {
    throw new ConflictError(
      `Kargo holds no Freight in "${from.name}", so there is nothing to promote to "${to.name}"`,
    );
  }
  if (tag !== undefined && tag !== freight.title) {
    throw new ConflictError(
      `Kargo would bring ${freight.title} to "${to.name}" by now, no longer ${tag}: look at it, and promote again if you mean that one`,
    );
  }
  const values = { environment: to.name, tag: freight.title };
  const isUnderWay =
    stage.promotion?.freight === freight.name &&
    ['Pending', 'Running'].includes(stage.promotion.phase ?? '');
  if (isUnderWay || stage.freight?.name === freight.name) {
    return {
      outcome: 'unchanged',
      sentence: say(
        isUnderWay ? 'operation.promote.kargo' : 'operation.promote.done',
        values,
      ),
    };
  }
  const { project: namespace, name } = stage;
  const { spec } = stageSchema.parse(
    await context.cluster.get({ group: GROUP, kind: 'Stage', namespace, name }),
  );
  await context.cluster.create(
    { group: GROUP, kind: 'Promotion', namespace },
    {
      apiVersion: `${GROUP}/v1alpha1`,
      kind: 'Promotion',
      metadata: { generateName: `${name}.`, namespace },
      spec: {
        stage: name,
        freight: freight.name,
        // Kargo fills these in anew; its definition asks for them before it does.
        ...spec.promotionTemplate?.spec,
      },
    },
  );
  return {
    outcome: 'accepted',
    sentence: say('operation.promote.kargo', values),
  };
}
