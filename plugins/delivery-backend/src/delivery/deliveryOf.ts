import { createHash } from 'node:crypto';
import {
  say,
  type Delivery,
  type SourceHealth,
  type UsualDuration,
} from '@golden-path/plugin-delivery-common';
import { environmentsOf, toEnvironment } from './environments';
import { noFacts, type Facts, type KindHealth } from './facts';
import { linksOf, type LinkBases } from './links';
import type { Located } from './locate';
import { toRuns } from './runs';
import { stagesOf } from './stages';
import { summarise } from './summary';

/** Everything that a Delivery is made from. */
export interface DeliveryInput {
  entityRef: string;
  located: Located;
  facts: Facts;
  /** Of every kind that is watched where the golden path runs. */
  health: readonly KindHealth[];
  /** Where Argo CD and Argo Workflows show their pages. */
  links: Omit<LinkBases, 'repository'>;
  /** How long its runs usually take, as far as history has told. */
  usual?: readonly UsualDuration[];
}

/** Joins the facts of all systems into the document that the tab shows. */
export function deliveryOf(input: DeliveryInput): Delivery {
  const { entityRef, located, health } = input;
  const { location, problem } = located;
  const facts = problem ? noFacts() : input.facts;
  const bases = { ...input.links, repository: location.repositoryUrl };
  const environments = environmentsOf(facts);
  const context = { location, facts, environments, links: linksOf(bases) };
  const stages = problem
    ? withProblem(stagesOf(context, []), problem)
    : stagesOf(context, health);
  return withRevision({
    entityRef,
    location: {
      cluster: location.cluster,
      resourceGroup: location.resourceGroup,
      instanceName: location.instanceName,
      instanceNamespace: location.instanceNamespace,
    },
    summary: summarise(stages, environments, facts),
    stages,
    parts: facts.pipeline?.parts,
    runs: toRuns(facts.runs, bases, input.usual),
    environments: environments.flatMap(
      environment => toEnvironment(environment, facts, bases) ?? [],
    ),
    sources: health.map(toSourceHealth),
  });
}

/** Where the pipeline cannot even be looked for, no stage is guessed. */
function withProblem(
  stages: Delivery['stages'],
  problem: NonNullable<Located['problem']>,
): Delivery['stages'] {
  return stages.map(({ id, kind, environment }) => ({
    id,
    kind,
    environment,
    links: [],
    ...(kind === 'pipeline'
      ? { status: 'failed', sentence: problem.cause, diagnosis: problem }
      : { status: 'unknown', sentence: say('stage.noPipeline') }),
  }));
}

/** Health as the document tells it. */
export function toSourceHealth({
  feeds: _,
  ...health
}: KindHealth): SourceHealth {
  return health;
}

/** Equal documents have equal revisions: each field is always written in the same place. */
function withRevision(document: Omit<Delivery, 'revision'>): Delivery {
  const revision = createHash('sha256')
    .update(JSON.stringify(document))
    .digest('base64url')
    .slice(0, 22);
  const { entityRef, ...rest } = document;
  return { entityRef, revision, ...rest };
}
