import type { RealCluster } from '../../kubernetes/__testing__/RealCluster';
import { until } from '../../kubernetes/__testing__/until';
import type { Plant } from './plant';

/** Writes the status of a planted object, after its controller where it has one. */
export async function writeStatus(
  cluster: RealCluster,
  plant: Plant,
): Promise<void> {
  const object = `${plant.path}/${plant.object.metadata.name}`;
  if (plant.afterController) {
    await until(`the controller has seen ${object}`, async () => {
      const { status } = await cluster.send('GET', object);
      return status?.conditions !== undefined;
    });
  }
  const { status } = plant;
  await cluster.send('PATCH', `${object}/status`, { status });
}
