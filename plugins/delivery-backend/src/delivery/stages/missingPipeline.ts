import {
  DELIVERY_ANNOTATIONS,
  say,
  type Diagnosis,
} from '@golden-path/plugin-delivery-common';
import type { KindHealth } from '../facts';
import { troubleOf } from '../trouble';
import type { StageContext, StageDraft } from './draft';
import { resourceGraphTrouble } from './resourceGraph';

/**
 * Without kro or its ResourceGraphDefinition there is no kind to look for. A definition
 * that is broken says more than that its kind is not served.
 */
export function pipelineNotServed(
  context: StageContext,
  health: readonly KindHealth[],
): StageDraft | undefined {
  const { location, facts } = context;
  const absent = health.find(
    ({ kind, state }) =>
      state === 'not-installed' && kind === facts.pipelineKind,
  );
  return (
    absent &&
    (resourceGraphTrouble(context) ??
      failedBy({
        cause: say('pipeline.kindNotInstalled', {
          cluster: location.cluster,
          kind: absent.kind,
        }),
        evidence: absent.reason,
        nextStep: say('pipeline.kindNotInstalled.next', {
          resourceGroup: location.resourceGroup,
        }),
      }))
  );
}

/** Nothing there: say whether it is still to come, and what holds it back. */
export function missingPipeline(context: StageContext): StageDraft {
  const { location, facts, links } = context;
  const graph = resourceGraphTrouble(context);
  if (graph) {
    return graph;
  }
  if (!facts.pipelineKind) {
    return failedBy({
      cause: say('pipeline.unknownResourceGroup', {
        annotation: DELIVERY_ANNOTATIONS.resourceGroup,
        resourceGroup: location.resourceGroup,
      }),
      nextStep: say('pipeline.unknownResourceGroup.next', {
        resourceGroups: facts.resourceGroups,
      }),
    });
  }
  const { registration } = facts;
  const trouble = registration && troubleOf(registration);
  if (registration && trouble) {
    return {
      ...failedBy({
        cause: say('pipeline.notSynced', { application: registration.name }),
        evidence: trouble,
        nextStep: say('pipeline.notSynced.next'),
      }),
      links: links.application(registration),
    };
  }
  if (registration && registration.sync !== 'Synced') {
    return {
      status: 'running',
      sentence: say('pipeline.syncing', { application: registration.name }),
      links: links.application(registration),
    };
  }
  const cause = say('pipeline.notFound', {
    kind: facts.pipelineKind,
    name: location.instanceName,
    namespace: location.instanceNamespace,
    cluster: location.cluster,
  });
  return {
    status: 'missing',
    sentence: cause,
    diagnosis: { cause, nextStep: say('pipeline.notFound.next') },
  };
}

function failedBy(diagnosis: Diagnosis): StageDraft {
  return { status: 'failed', sentence: diagnosis.cause, diagnosis };
}
