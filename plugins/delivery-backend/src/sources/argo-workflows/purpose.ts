import type { RunPurpose } from '@golden-path/plugin-delivery-common';
import type { PipelineFacts } from '../../delivery/facts';
import type { KubernetesObject } from '../../kubernetes/types';
import { isObject } from '../lenient';
import { isChild, isForeign } from '../membership';

/**
 * Labels that Argo Events puts on what its Sensors submit.
 *
 * @see https://github.com/argoproj/argo-events/blob/master/pkg/apis/events/v1alpha1/const.go
 */
const SENSOR_LABEL = 'events.argoproj.io/sensor';
const TRIGGER_LABEL = 'events.argoproj.io/trigger';
/** The Sensor's trigger that builds; its others report DORA events. */
const BUILD_TRIGGER = 'gitlab-workflow-trigger';

const COMPONENT_LABEL = 'app.kubernetes.io/component';
const SETUP_COMPONENT = 'cicd-setup';
const FIRST_BUILD_COMPONENT = 'cicd-initial-build';
/** A second Workflow of the set-up component, which reports figures and delivers nothing. */
const DORA = /(^|-)dora-/;

/** Tells what a Workflow is to a pipeline; `undefined` where it is none of its runs. */
export type PurposeOf = (object: KubernetesObject) => RunPurpose | undefined;

/**
 * How to recognise the runs of one pipeline and of no other, be they in the same
 * namespace.
 *
 * @param workflows - all of the namespace
 * @param pipelineName - prefix of the names of the pipeline's parts
 * @param pipeline - absent while the instance cannot be read
 */
export function purposesOf(
  workflows: readonly KubernetesObject[],
  pipelineName: string,
  pipeline?: PipelineFacts,
): PurposeOf {
  const ownPurpose: PurposeOf = object =>
    madeByKro(object, pipelineName, pipeline);
  /** The template that the one-time run of a purpose uses; others' names are not trusted. */
  const templateOf = (purpose: RunPurpose, usual: string) =>
    workflows
      .filter(object => ownPurpose(object) === purpose)
      .map(templateName)
      .find(name => name?.startsWith(`${pipelineName}-`)) ??
    `${pipelineName}-${usual}`;
  const buildTemplate = templateOf('initial-build', 'cicd-workflow');
  const setupTemplate = templateOf('setup', 'provisioning-workflow');

  return object => {
    if (pipeline && isForeign(object, pipeline)) {
      return undefined;
    }
    const own = ownPurpose(object);
    if (own) {
      return own;
    }
    const { labels = {} } = object.metadata;
    const template = templateName(object);
    const sensor = labels[SENSOR_LABEL];
    if (sensor === `${pipelineName}-gitlab-sensor`) {
      return labels[TRIGGER_LABEL] === BUILD_TRIGGER ? 'build' : undefined;
    }
    if (sensor) {
      return sensor.startsWith(`${pipelineName}-`) && template === buildTemplate
        ? 'build'
        : undefined;
    }
    if (template === buildTemplate) {
      return 'manual';
    }
    return template === setupTemplate ? 'setup' : undefined;
  };
}

/** The two Workflows that are parts of the pipeline themselves. */
function madeByKro(
  object: KubernetesObject,
  pipelineName: string,
  pipeline?: PipelineFacts,
): RunPurpose | undefined {
  const { name, labels = {} } = object.metadata;
  if (name === `${pipelineName}-setup-workflow`) {
    return 'setup';
  }
  if (name === `${pipelineName}-initial-build-workflow`) {
    return 'initial-build';
  }
  if (!pipeline || !isChild(object, pipeline) || DORA.test(name)) {
    return undefined;
  }
  switch (labels[COMPONENT_LABEL]) {
    case SETUP_COMPONENT:
      return 'setup';
    case FIRST_BUILD_COMPONENT:
      return 'initial-build';
    default:
      return undefined;
  }
}

/** The controller writes the label since Argo Workflows 4.1, `argo submit --from` always did. */
function templateName({
  spec,
  metadata,
}: KubernetesObject): string | undefined {
  const reference =
    isObject(spec) && isObject(spec.workflowTemplateRef)
      ? spec.workflowTemplateRef.name
      : undefined;
  return typeof reference === 'string'
    ? reference
    : metadata.labels?.['workflows.argoproj.io/workflow-template'];
}
