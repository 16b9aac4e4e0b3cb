import { pipeline } from '../__testUtils__/objects';
import type { KubernetesObject } from '../kubernetes/types';
import { oncePerObject } from './oncePerObject';

it('reads each version of an object once, and every new version', () => {
  const reading = jest.fn(({ metadata }: KubernetesObject) => ({
    version: metadata.resourceVersion,
  }));
  const read = oncePerObject(reading);
  const first = pipeline() as KubernetesObject;
  const second = pipeline({
    metadata: { resourceVersion: '2' },
  }) as KubernetesObject;
  expect(read(first)).toBe(read(first));
  expect(read(second)).toEqual({ version: '2' });
  expect(reading).toHaveBeenCalledTimes(2);
});
