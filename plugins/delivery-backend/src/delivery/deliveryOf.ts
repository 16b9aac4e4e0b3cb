import { createHash } from 'node:crypto';
import {
  say,
  type Delivery,
  type Environment,
  type SourceHealth,
  type UsualDuration,
} from '@golden-path/plugin-delivery-common';
import { diagnosed } from './diagnosis/diagnosed';
import {
  environmentsOf,
  toEnvironment,
  type EnvironmentState,
} from './environments';
import { noFacts, type Facts, type KindHealth } from './facts';
import {
  NOTHING_BEYOND,
  toAhead,
  toCommit,
  type Beyond,
} from './journey/beyond';
import { journeysOf } from './journey/journeysOf';
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
  /** What no cluster knows. */
  beyond?: Beyond;
  /** Whether there is an account to operate the cluster with; absent where that is not asked. */
  operable?: boolean;
}

/** Joins the facts of all systems into the document that the tab shows. */
export function deliveryOf(input: DeliveryInput): Delivery {
  const { entityRef, located, health } = input;
  const { location, problem } = located;
  const facts = problem ? noFacts() : input.facts;
  const bases = { ...input.links, repository: location.repositoryUrl };
  const environments = environmentsOf(facts);
  const { beyond = NOTHING_BEYOND, operable } = input;
  const context = {
    location,
    facts,
    environments,
    links: linksOf(bases),
    past: beyond.past,
  };
  const told = problem
    ? withProblem(stagesOf(context, []), problem)
    : stagesOf(context, health);
  const stages = told.map(stage => diagnosed(stage, context));
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
    journeys: journeysOf({ facts, environments, stages, beyond }),
    environments: environments.flatMap(
      (environment, index) =>
        withCommits(
          toEnvironment(environment, facts, bases),
          environments[index + 1],
          beyond,
        ) ?? [],
    ),
    operable,
    notOperable:
      operable === false
        ? say('operable.noAccount', { cluster: location.cluster })
        : undefined,
    sources: health.map(toSourceHealth),
  });
}

/** What the Git host knows of the commit of an environment, and of those it has more than the next. */
function withCommits(
  environment: Environment | undefined,
  next: EnvironmentState | undefined,
  beyond: Beyond,
): Environment | undefined {
  const head = environment?.image?.commit;
  const base = next?.image?.commit;
  const commit = head === undefined ? undefined : beyond.commit(head);
  const ahead =
    next && head && base && head !== base
      ? beyond.between(base, head)
      : undefined;
  return (
    environment && {
      ...environment,
      commit: commit && toCommit(commit),
      ahead: ahead && next && toAhead(next.name, ahead),
    }
  );
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
