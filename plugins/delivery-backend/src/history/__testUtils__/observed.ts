import { noFacts } from '../../delivery/facts';
import type { RunRecord } from '../records';
import type { Observation } from '../recordsOf';

/** What is seen of a pipeline whose cluster holds these runs. */
export function observed(runs: readonly RunRecord[]): Observation {
  return {
    located: {
      location: {
        cluster: 'hub',
        resourceGroup: 'cicdpipeline.kro.run',
        instanceNamespace: 'team-checkout',
        instanceName: 'checkout-cicd-pipeline',
      },
    },
    facts: { ...noFacts(), runs: [...runs] },
    health: [],
  };
}
