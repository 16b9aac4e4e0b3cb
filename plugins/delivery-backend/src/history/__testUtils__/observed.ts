import { noFacts } from '../../delivery/facts';
import { locate } from '../../delivery/locate';
import type { RunRecord } from '../records';
import type { Observation } from '../recordsOf';

/** What is seen of a pipeline whose cluster holds these runs. */
export function observed(runs: readonly RunRecord[]): Observation {
  return {
    located: locate(
      {
        'kro.run/resource-group': 'cicdpipeline.kro.run',
        'kro.run/instance-name': 'checkout-cicd-pipeline',
        'kro.run/instance-namespace': 'team-checkout',
      },
      ['hub'],
    ),
    facts: { ...noFacts(), runs: [...runs] },
    health: [],
  };
}
