import type { Stage, StageKind } from '@golden-path/plugin-delivery-common';
import type { KindHealth } from '../facts';
import { withHealth } from '../health';
import {
  annotationProblems,
  withAnnotationProblem,
} from './annotationProblems';
import { buildStage } from './build';
import { deployStage } from './deploy';
import type { StageContext, StageDraft } from './draft';
import { imageStage } from './image';
import { pipelineNotServed } from './missingPipeline';
import { partNotServed } from './partNotServed';
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
  const problems = annotationProblems(context, health);
  return draftsOf(context).map(([kind, draft, environment]) => {
    const teller = draft.toldBy ?? kind;
    const cluster = clusterTelling(teller, environment, context);
    const telling = health.filter(
      each =>
        each.cluster === cluster &&
        each.feeds.includes(teller) &&
        isOfThis(each, teller, context),
    );
    const known = withHealth(
      draft,
      telling,
      context.facts.pipeline !== undefined,
    );
    const { toldBy, ...told } = withAnnotationProblem(
      kind === 'pipeline'
        ? pipelineNotServed(context, telling) ??
            partNotServed(known, context, health)
        : known,
      problems.find(({ stage }) => stage === kind),
    );
    return {
      ...told,
      id: environment ? `${kind}:${environment}` : kind,
      kind,
      environment,
      links: told.links ?? [],
    };
  });
}

/** Everything is told by the cluster of the pipeline, but what runs is by its own. */
function clusterTelling(
  teller: StageKind,
  environment: string | undefined,
  { location, environments }: StageContext,
): string {
  const application = environments.find(
    ({ name }) => name === environment,
  )?.application;
  return teller === 'run'
    ? application?.destination.watchedCluster ?? location.cluster
    : location.cluster;
}

/** Other kinds of pipelines say nothing about this one. */
function isOfThis(
  { kind }: KindHealth,
  teller: StageKind,
  { facts }: StageContext,
): boolean {
  return (
    teller !== 'pipeline' || !facts.pipelineKind || kind === facts.pipelineKind
  );
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
