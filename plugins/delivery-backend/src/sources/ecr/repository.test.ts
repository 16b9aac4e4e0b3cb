import { deliveryFor, isNo, stageOf } from '../../__testUtils__/deliveryFor';
import {
  condition,
  healthyPipeline,
  repository,
} from '../../__testUtils__/objects';

it.each<[string, object[], string, string | undefined]>([
  ['is being created', [], 'running image.creating', undefined],
  [
    'is tried again',
    [condition('ACK.Recoverable', 'True', 'AccessDenied: sts:AssumeRole')],
    'running image.retrying',
    'AccessDenied: sts:AssumeRole',
  ],
  [
    'has no role yet',
    [condition('ACK.IAMRoleSelected', 'False', 'no IAMRoleSelector matches')],
    'running image.retrying',
    'no IAMRoleSelector matches',
  ],
  [
    'is refused for good',
    [condition('ACK.Terminal', 'True', 'InvalidParameterException')],
    'failed image.failed',
    'InvalidParameterException',
  ],
])('a repository that %s', (_name, conditions, told, evidence) => {
  const delivery = deliveryFor([
    ...healthyPipeline().filter(isNo('Repository')),
    repository('main', { status: { conditions } }),
  ]);
  const stage = stageOf(delivery, 'image');
  expect(`${stage?.status} ${stage?.sentence.code}`).toBe(told);
  expect(stage?.diagnosis?.evidence).toBe(evidence);
});
