import type { Facts } from '../delivery/facts';
import type { Location } from '../delivery/locate';

/** Names that the parts of a pipeline are made from. */
export interface PipelineNames {
  /** Prefix of the names of nearly all parts, for example `checkout-cicd`. */
  pipelineName: string;
  /** For example `checkout`. */
  applicationName: string;
}

/** Names as the pipeline says them, or by convention while it cannot be read. */
export function namesOf(location: Location, found: Facts): PipelineNames {
  return found.pipeline ?? namesByConvention(location.instanceName);
}

/**
 * The instance is called `<application>-cicd-pipeline`, its children start with
 * `<application>-cicd`.
 */
export function namesByConvention(instanceName: string): PipelineNames {
  const pipelineName = instanceName.replace(/-pipeline$/, '');
  return {
    pipelineName,
    applicationName: pipelineName.replace(/-cicd$/, ''),
  };
}
