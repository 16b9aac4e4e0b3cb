import type { Environment, Image } from '@golden-path/plugin-delivery-common';
import type { ApplicationFacts, Facts, OamFacts } from './facts';
import { readImage, repositoryOf } from './image';
import { linksOf, type LinkBases } from './links';
import { unnoticedTag } from './unnoticed';

/** An environment as the facts of all systems together show it. */
export interface EnvironmentState {
  name: string;
  /** The environment that promotes to this one. */
  previous?: EnvironmentState;
  application?: ApplicationFacts;
  oamApplications: OamFacts[];
  /** Image of the pipeline's application; absent while the environment holds nothing. */
  image?: Image;
  pods?: { ready: number; desired: number };
}

/** Common names by their place on the way; others stand between the known ones. */
const KNOWN_ORDER: readonly RegExp[] = [
  /^(dev|development)$/,
  /^(int|integration|test|testing)$/,
  /^(qa|uat|acceptance)$/,
  /^(stage|staging|preprod|pre-prod)$/,
  /^(prod|production|live)$/,
];
const BETWEEN = 2.5;

/** All environments in the order of promotion, those still to come included. */
export function environmentsOf(facts: Facts): EnvironmentState[] {
  const names = new Set([
    ...(facts.pipeline?.environments ?? ['dev', 'prod']),
    ...facts.applications.flatMap(({ environment }) => environment ?? []),
  ]);
  const ordered = [...names].sort(
    (a, b) => placeOf(a) - placeOf(b) || a.localeCompare(b),
  );
  const environments: EnvironmentState[] = [];
  for (const name of ordered) {
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
  const { application, oamApplications, image, pods } = state;
  if (!application) {
    return undefined;
  }
  const [oam] = oamApplications;
  return {
    name: state.name,
    argoCd: {
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
    },
    oam: oam && {
      name: oam.name,
      namespace: oam.namespace,
      phase: oam.phase,
      services: oam.services,
    },
    pods,
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

/** Whether Argo CD deployed nothing there because Git asks for nothing. */
export function holdsNothing({ application, image }: EnvironmentState) {
  return application !== undefined && application.resources === 0 && !image;
}

function placeOf(name: string): number {
  const place = KNOWN_ORDER.findIndex(pattern => pattern.test(name));
  return place < 0 ? BETWEEN : place;
}

function stateOf(name: string, facts: Facts): EnvironmentState {
  const application = facts.applications.find(
    ({ environment }) => environment === name,
  );
  const oamApplications = facts.oamApplications.filter(oam =>
    application?.oamApplications.some(
      ref => ref.name === oam.name && ref.namespace === oam.namespace,
    ),
  );
  return {
    name,
    application,
    oamApplications,
    image: imageOf(facts, oamApplications, application),
    pods: podsOf(facts, oamApplications),
  };
}

/**
 * The image of the pipeline's application among all images of the environment (others
 * belong to sidecars and gates). What the OAM Application asks for comes before what
 * Argo CD saw, which lags behind.
 */
function imageOf(
  facts: Facts,
  oamApplications: OamFacts[],
  application?: ApplicationFacts,
): Image | undefined {
  const repository = facts.repositories.find(({ cache }) => !cache)?.uri;
  const suffix = `/${facts.pipeline?.applicationName ?? ''}`;
  const isOwn = (reference: string) =>
    repository
      ? repositoryOf(reference) === repository
      : repositoryOf(reference).endsWith(suffix);
  const reference = [
    ...oamApplications.flatMap(({ images }) => images),
    ...(application?.images ?? []),
  ].find(isOwn);
  return reference === undefined ? undefined : readImage(reference);
}

function podsOf(facts: Facts, oamApplications: OamFacts[]) {
  const workloads = facts.workloads.filter(workload =>
    oamApplications.some(
      oam =>
        oam.name === workload.oamApplication &&
        oam.namespace === workload.namespace,
    ),
  );
  return workloads.length === 0
    ? undefined
    : {
        ready: workloads.reduce((sum, { ready }) => sum + ready, 0),
        desired: workloads.reduce((sum, { desired }) => sum + desired, 0),
      };
}
