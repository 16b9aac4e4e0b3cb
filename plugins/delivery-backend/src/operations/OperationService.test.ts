import type { OperationRequest } from '@golden-path/plugin-delivery-common';
import { deliveryFor } from '../__testUtils__/deliveryFor';
import { entity } from '../__testUtils__/entity';
import { noFacts } from '../delivery/facts';
import { goldenPath } from './__testUtils__/goldenPath';
import { operationOf, OperationService } from './OperationService';

it.each<[OperationRequest['operation'], string]>([
  ['sync', 'delivery.operate'],
  ['retry-run', 'delivery.operate'],
  ['promote', 'delivery.promote'],
])('asks for the permission of %s', (operation, permission) => {
  expect(operationOf({ operation } as OperationRequest).permission.name).toBe(
    permission,
  );
});

it('names the environments and runs there are', async () => {
  const { perform } = goldenPath();
  await expect(
    perform({ operation: 'sync', environment: 'moon' }),
  ).rejects.toThrow(
    'This golden path has no environment "moon"; it has "dev", "prod"',
  );
  await expect(
    perform({ operation: 'stop-run', run: 'other' }),
  ).rejects.toThrow(/has no run "other"; it has "/);
});

it('says which setting is missing where a cluster has no operator', async () => {
  const service = new OperationService({
    inspect: () => ({ delivery: deliveryFor([]), facts: noFacts() }),
    clusters: new Map(),
    repositories: {} as any,
  });
  await expect(
    service.perform(entity(), { operation: 'start-run' }, 'user:default/ada'),
  ).rejects.toThrow('set delivery.clusters[].operatorKubeconfig');
});
