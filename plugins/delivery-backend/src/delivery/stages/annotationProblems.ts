import {
  DELIVERY_ANNOTATIONS,
  PORTAL_ANNOTATIONS,
  say,
  type Diagnosis,
  type StageKind,
} from '@golden-path/plugin-delivery-common';
import type { KindHealth } from '../facts';
import { readSelector } from '../selector';
import type { StageContext, StageDraft } from './draft';

/** An annotation that contradicts another or points nowhere, on the stage it concerns. */
export interface AnnotationProblem {
  stage: StageKind;
  diagnosis: Diagnosis;
}

const NAME_LABEL = 'app.kubernetes.io/name';

/** Labels by which other plugins are told to find an application. */
const SELECTORS: ReadonlyArray<[annotation: string, stage: StageKind]> = [
  [PORTAL_ANNOTATIONS.kubernetesSelector, 'pipeline'],
  [PORTAL_ANNOTATIONS.workflowsSelector, 'build'],
];

/**
 * What is wrong with annotations that other plugins read and that repeat what
 * `kro.run/*` says. They change nothing here, but send people to the wrong place.
 */
export function annotationProblems(
  context: StageContext,
  health: readonly KindHealth[],
): AnnotationProblem[] {
  return [
    ...namespaceProblems(context),
    ...selectorProblems(context),
    ...idProblems(context),
    ...clusterProblems(context),
    ...applicationProblems(context, health),
  ];
}

/**
 * Adds a problem to a stage that has nothing worse to say, and else as what may be
 * behind it.
 */
export function withAnnotationProblem(
  draft: StageDraft,
  problem: AnnotationProblem | undefined,
): StageDraft {
  if (!problem) {
    return draft;
  }
  const { diagnosis } = draft;
  return {
    ...draft,
    diagnosis: diagnosis
      ? {
          ...diagnosis,
          evidence: diagnosis.evidence ?? problem.diagnosis.cause.text,
        }
      : problem.diagnosis,
  };
}

/** A namespace that environments are deployed to is as good: people look for pods there. */
function namespaceProblems({
  location,
  facts,
}: StageContext): AnnotationProblem[] {
  const { instanceNamespace, portal } = location;
  const deployedTo = facts.applications.map(
    ({ destination }) => destination.namespace,
  );
  return [
    ...(deployedTo.includes(portal[PORTAL_ANNOTATIONS.kubernetesNamespace])
      ? []
      : differs(
          'pipeline',
          PORTAL_ANNOTATIONS.kubernetesNamespace,
          portal,
          DELIVERY_ANNOTATIONS.instanceNamespace,
          instanceNamespace,
        )),
    ...differs(
      'build',
      PORTAL_ANNOTATIONS.workflowsNamespace,
      portal,
      DELIVERY_ANNOTATIONS.instanceNamespace,
      instanceNamespace,
    ),
  ];
}

function clusterProblems({ location }: StageContext): AnnotationProblem[] {
  const { portal, clusterNamed, cluster } = location;
  return clusterNamed
    ? differs(
        'build',
        DELIVERY_ANNOTATIONS.legacyCluster,
        portal,
        DELIVERY_ANNOTATIONS.cluster,
        cluster,
      )
    : [];
}

function differs(
  stage: StageKind,
  annotation: string,
  portal: Readonly<Record<string, string>>,
  other: string,
  otherValue: string,
): AnnotationProblem[] {
  const value = portal[annotation];
  return !value || value === otherValue
    ? []
    : [
        {
          stage,
          diagnosis: {
            cause: say('annotation.differs', {
              annotation,
              value,
              other,
              otherValue,
            }),
            nextStep: say('annotation.differs.next', { annotation, other }),
          },
        },
      ];
}

function selectorProblems({
  location,
  facts,
}: StageContext): AnnotationProblem[] {
  const application = facts.pipeline?.applicationName;
  return SELECTORS.flatMap(([annotation, stage]) => {
    const value = location.portal[annotation];
    const name = value && readSelector(value)?.[NAME_LABEL];
    return application && name && name !== application
      ? [
          {
            stage,
            diagnosis: {
              cause: say('annotation.otherApplication', {
                annotation,
                value,
                application,
              }),
              nextStep: say('annotation.otherApplication.next'),
            },
          },
        ]
      : [];
  });
}

/**
 * What Backstage's Kubernetes tab looks for, against the labels of what runs. Where there
 * is a selector, that tab does not heed the id; and where nothing that is known has such
 * a label, something else may have.
 */
function idProblems({ location, facts }: StageContext): AnnotationProblem[] {
  const { portal } = location;
  const { kubernetesId, kubernetesSelector } = PORTAL_ANNOTATIONS;
  const labels = [
    ...facts.oamApplications,
    ...facts.instances,
    ...facts.workloads,
  ].flatMap(each => each.kubernetesId ?? []);
  const [label] = labels;
  return label &&
    !portal[kubernetesSelector] &&
    !labels.includes(portal[kubernetesId])
    ? differs(
        'pipeline',
        kubernetesId,
        portal,
        `metadata.labels["${kubernetesId}"]`,
        label,
      )
    : [];
}

/** Where Argo CD cannot be read, nothing is claimed of what it holds. */
function applicationProblems(
  { location, facts }: StageContext,
  health: readonly KindHealth[],
): AnnotationProblem[] {
  const isKnown = health
    .filter(
      ({ cluster, feeds }) =>
        cluster === location.cluster && feeds.includes('deploy'),
    )
    .every(({ state }) => state === 'live');
  const named: Array<[annotation: string, value?: string, isThere?: boolean]> =
    [
      [
        PORTAL_ANNOTATIONS.applicationName,
        location.registration,
        facts.registration?.name === location.registration,
      ],
      [
        PORTAL_ANNOTATIONS.applicationSelector,
        location.registrationSelector,
        facts.selectedApplications !== 0,
      ],
    ];
  return named.flatMap(([annotation, value, isThere]) =>
    value && isKnown && !isThere
      ? [
          {
            stage: 'pipeline',
            diagnosis: {
              cause: say('annotation.nothingThere', { annotation, value }),
              nextStep: say('annotation.nothingThere.next'),
            },
          },
        ]
      : [],
  );
}
