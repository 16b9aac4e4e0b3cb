import type { Environment, Image } from '@golden-path/plugin-delivery-common';
import {
  applicationKey,
  type ApplicationFacts,
  type Facts,
  type InstanceFacts,
  type KargoStageFacts,
  type OamFacts,
  type PodFacts,
  type RolloutFacts,
  type WorkloadFacts,
} from './facts';
import { readImage, repositoryOf } from './image';
import { linksOf, type LinkBases } from './links';
import { inOrderOfPromotion } from './promotionOrder';
import { unnoticedTag } from './unnoticed';

/** An environment as the facts of all systems together show it. */
export interface EnvironmentState {
  name: string;
  /** The environment that promotes to this one. */
  previous?: EnvironmentState;
  application?: ApplicationFacts;
  oamApplications: OamFacts[];
  instances: InstanceFacts[];
  workloads: WorkloadFacts[];
  /** In trouble. */
  pods: PodFacts[];
  rollouts: RolloutFacts[];
  /** Where Kargo promotes. */
  kargo?: KargoStageFacts;
  /** Image of the pipeline's application; absent while the environment holds nothing. */
  image?: Image;
}

/** All environments in the order of promotion, those still to come included. */
export function environmentsOf(facts: Facts): EnvironmentState[] {
  const environments: EnvironmentState[] = [];
  for (const name of inOrderOfPromotion(facts)) {
    environments.push({
      ...stateOf(name, facts),
      previous: environments.at(-1),
    });
  }
  return environments;
}

/** The part of the document about one environment; one without an Application has none. */
export function toEnvironment(
  state: EnvironmentState,
  facts: Facts,
  bases: LinkBases,
): Environment | undefined {
  const { application, oamApplications, image, kargo } = state;
  if (!application) {
    return undefined;
  }
  const [oam] = oamApplications;
  return {
    name: state.name,
    argoCd: argoCdPart(state, application, facts),
    oam: oam && {
      name: oam.name,
      namespace: oam.namespace,
      phase: oam.phase,
      services: oam.services,
      revision: oam.revision,
      steps: orAbsent(oam.steps ?? []),
      rendered: orAbsent(oam.rendered ?? []),
    },
    pods: countPods(state),
    podProblems: orAbsent(state.pods.map(({ problem }) => problem)),
    rollouts: orAbsent(state.rollouts.map(({ rollout }) => rollout)),
    kargo: kargo && {
      project: kargo.project,
      name: kargo.name,
      freight: kargo.freight,
      health: kargo.health,
      verified: kargo.verified,
      autoPromotion: kargo.autoPromotion,
      promotion: kargo.promotion,
    },
    image,
    destination: {
      cluster: application.destination.cluster,
      namespace: application.destination.namespace,
    },
    links: [
      ...linksOf(bases).application(application),
      ...linksOf(bases).commit(image?.commit),
    ],
  };
}

function argoCdPart(
  state: EnvironmentState,
  application: ApplicationFacts,
  facts: Facts,
): Environment['argoCd'] {
  return {
    name: application.name,
    namespace: application.namespace,
    sync: application.sync,
    health: application.health,
    revision: application.revision,
    operation: application.operation,
    resources: application.resources,
    // It changes at every look, and matters only to who waits for the next one.
    reconciledAt: unnoticedTag(state, facts)
      ? application.reconciledAt
      : undefined,
    deployedAt: application.deployedAt,
    automated: application.automated,
    retry: application.retry,
    unsettledResources: application.unsettledResources,
    conditions: application.conditions,
    history: orAbsent(
      application.deployments
        .map(({ id, revision, finishedAt, by }) => ({
          id,
          revision,
          deployedAt: finishedAt,
          initiatedBy: by,
        }))
        .reverse(),
    ),
  };
}

function orAbsent<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined;
}

/** Whether Argo CD deployed nothing there because Git asks for nothing. */
export function holdsNothing({ application, image }: EnvironmentState) {
  return application !== undefined && application.resources === 0 && !image;
}

function stateOf(name: string, facts: Facts): EnvironmentState {
  const application = facts.applications.find(
    ({ environment }) => environment === name,
  );
  const key = application && applicationKey(application);
  const belongs = (fact: { application: string }) => fact.application === key;
  const oamApplications = facts.oamApplications.filter(belongs);
  const instances = facts.instances.filter(belongs);
  const rollouts = facts.rollouts.filter(belongs);
  const workloads = facts.workloads.filter(belongs);
  return {
    name,
    application,
    oamApplications,
    instances,
    workloads,
    pods: facts.pods.filter(belongs),
    rollouts,
    kargo: kargoOf(name, facts, application),
    image: imageOf(facts, [
      ...oamApplications.flatMap(({ images }) => images),
      ...instances.flatMap(({ images }) => images),
      ...rollouts.flatMap(({ images }) => images),
      ...workloads.flatMap(({ images }) => images),
      ...(application?.images ?? []),
    ]),
  };
}

/** The Stage that the Application names, or else the one of the environment's name. */
function kargoOf(
  name: string,
  { kargoStages }: Facts,
  application?: ApplicationFacts,
): KargoStageFacts | undefined {
  const named = application?.kargoStage;
  return kargoStages.find(stage =>
    named
      ? stage.name === named.name && stage.project === named.project
      : stage.name === name,
  );
}

/**
 * The image of the pipeline's application among all images of the environment (others
 * belong to sidecars and gates). What is asked for comes before what Argo CD saw, which
 * lags behind.
 */
function imageOf(facts: Facts, references: string[]): Image | undefined {
  const repository = facts.repositories.find(({ cache }) => !cache)?.uri;
  const suffix = `/${facts.pipeline?.applicationName ?? ''}`;
  const reference = references.find(each =>
    repository
      ? repositoryOf(each) === repository
      : repositoryOf(each).endsWith(suffix),
  );
  return reference === undefined ? undefined : readImage(reference);
}

function countPods({ workloads, rollouts }: EnvironmentState) {
  const counted = [...workloads, ...rollouts];
  return counted.length === 0
    ? undefined
    : {
        ready: counted.reduce((sum, { ready }) => sum + ready, 0),
        desired: counted.reduce((sum, { desired }) => sum + desired, 0),
      };
}
