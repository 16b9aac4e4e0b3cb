import {
  DELIVERY_ANNOTATIONS,
  say,
  type Diagnosis,
} from '@golden-path/plugin-delivery-common';
import type { ResourceGraphFacts } from '../facts';
import type { StageContext, StageDraft } from './draft';

/** State of a ResourceGraphDefinition whose kind kro serves. */
const ACTIVE = 'Active';

/**
 * What is wrong with the definition of the pipeline, where something is: a pipeline that
 * is not there cannot come while it is so.
 */
export function resourceGraphTrouble(
  context: StageContext,
): StageDraft | undefined {
  const { facts, location } = context;
  const { resourceGraph: graph, resourceGraphMissing } = facts;
  if (resourceGraphMissing) {
    const cause = say('pipeline.resourceGraphMissing', {
      annotation: DELIVERY_ANNOTATIONS.resourceGroup,
      resourceGroup: location.resourceGroup,
      cluster: location.cluster,
    });
    return failedBy({
      cause,
      nextStep: say('pipeline.resourceGraphMissing.next', {
        resourceGroups: facts.resourceGroups,
      }),
    });
  }
  if (!graph || graph.state === ACTIVE) {
    return undefined;
  }
  const values = { kind: graph.kind ?? '', resourceGroup: graph.name };
  return isBroken(graph)
    ? failedBy({
        cause: say('pipeline.resourceGraphInactive', values),
        evidence: evidenceOf(graph),
        nextStep: say('pipeline.resourceGraphInactive.next'),
      })
    : {
        status: 'waiting',
        sentence: say('pipeline.resourceGraphStarting', values),
      };
}

/**
 * A pipeline that was made works on while its definition is broken or gone; only changes
 * to it wait.
 */
export function activeDespite(context: StageContext): StageDraft | undefined {
  const trouble = resourceGraphTrouble(context);
  if (trouble?.status !== 'failed') {
    return undefined;
  }
  const { resourceGroup } = context.location;
  const cause = say(
    context.facts.resourceGraphMissing
      ? 'pipeline.activeUnmanaged'
      : 'pipeline.activeNotUpdated',
    { resourceGroup },
  );
  return {
    status: 'succeeded',
    sentence: cause,
    diagnosis: trouble.diagnosis && { ...trouble.diagnosis, cause },
  };
}

/** kro could not make anything of the graph for this instance. */
export function graphNotResolved({
  facts,
  location,
}: StageContext): StageDraft | undefined {
  const unresolved = facts.pipeline?.conditions.find(
    ({ type, status }) => type === 'GraphResolved' && status === 'False',
  );
  return (
    unresolved &&
    failedBy({
      cause: say('pipeline.graphNotResolved', {
        resourceGroup: location.resourceGroup,
      }),
      evidence:
        (facts.resourceGraph && evidenceOf(facts.resourceGraph)) ??
        unresolved.message,
      nextStep: say('pipeline.resourceGraphInactive.next'),
    })
  );
}

/** One that kro has just begun with says nothing yet, or only that it does not know. */
function isBroken({ conditions, deleting }: ResourceGraphFacts): boolean {
  return deleting || conditions.some(({ status }) => status === 'False');
}

/** The root condition repeats what another one says first hand. */
function evidenceOf({ conditions }: ResourceGraphFacts): string | undefined {
  const unmet = conditions.filter(
    ({ status, message }) => status === 'False' && message,
  );
  return (unmet.find(({ type }) => type !== 'Ready') ?? unmet[0])?.message;
}

function failedBy(diagnosis: Diagnosis): StageDraft {
  return { status: 'failed', sentence: diagnosis.cause, diagnosis };
}
