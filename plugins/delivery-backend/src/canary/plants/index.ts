import { argoCdPlants } from './argoCd';
import { argoEventsPlants } from './argoEvents';
import { argoWorkflowsPlants } from './argoWorkflows';
import { kubeVelaPlants } from './kubeVela';
import { pipelinePlants } from './pipeline';
import type { Garden, Plant } from './plant';

/** Everything that one golden path is made of, with a marked string in every place for one. */
export function allPlants(garden: Garden): Plant[] {
  return [
    ...pipelinePlants(garden),
    ...argoWorkflowsPlants(garden),
    ...argoEventsPlants(garden),
    ...argoCdPlants(garden),
    ...kubeVelaPlants(garden),
  ];
}

export { APPLICATION, PIPELINE } from './plant';
