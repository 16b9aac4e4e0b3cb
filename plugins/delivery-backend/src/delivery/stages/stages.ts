import type { Stage, StageKind } from '@golden-path/plugin-delivery-common';
import type { KindHealth } from '../facts';
import { withHealth } from '../health';
import { buildStage } from './build';
import { deployStage } from './deploy';
import type { StageContext, StageDraft } from './draft';
import { imageStage } from './image';
import { pipelineNotServed } from './missingPipeline';
import { pipelineStage } from './pipeline';
import { promotionStage } from './promotion';
import { runStage } from './run';
import { sourceStage } from './source';
import { triggerStage } from './trigger';

/** All stages in the order of the golden path. */
export function stagesOf(
  context: StageContext,
  health: readonly KindHealth[],
): Stage[] {
  return draftsOf(context).map(([kind, draft, environment]) => {
    const telling = health.filter(({ feeds }) =>
      feeds.includes(draft.toldBy ?? kind),
    );
    const { toldBy, ...told } =
      (kind === 'pipeline' && pipelineNotServed(context, telling)) ||
      withHealth(draft, telling, context.facts.pipeline !== undefined);
    return {
      ...told,
      id: environment ? `${kind}:${environment}` : kind,
      kind,
      environment,
      links: told.links ?? [],
    };
  });
}

type Draft = [kind: StageKind, draft: StageDraft, environment?: string];

function draftsOf(context: StageContext): Draft[] {
  return [
    ['source', sourceStage(context)],
    ['pipeline', pipelineStage(context)],
    ['trigger', triggerStage(context)],
    ['build', buildStage(context)],
    ['image', imageStage(context)],
    ...context.environments.flatMap((environment): Draft[] => {
      const { name, previous } = environment;
      const promotion: Draft[] = previous
        ? [['promotion', promotionStage(previous, environment, context), name]]
        : [];
      return [
        ...promotion,
        ['deploy', deployStage(environment, context), name],
        ['run', runStage(environment, context), name],
      ];
    }),
  ];
}
