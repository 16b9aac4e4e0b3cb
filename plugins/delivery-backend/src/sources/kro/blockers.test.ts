import { condition } from '../../__testUtils__/objects';
import { blockersOf } from './blockers';

describe('blockersOf', () => {
  it.each([
    [
      '0.9',
      'awaiting resource readiness: waiting for node "setup": readyWhen condition evaluated to false: "${setup.status.ok}" (waiting for readiness)',
      'setup',
    ],
    [
      '0.9, one that refers to one that is not ready',
      'resource reconciliation failed: waiting for unresolved resource: node "c": dependent node "b" not ready: node "b": dependent node "a" not ready: no observed state',
      'a',
    ],
    [
      '0.9, one that is deleted',
      'resource "Role team/a" for node "role" is currently being deleted; waiting for deletion to complete before continuing reconciliation',
      'role',
    ],
    [
      '0.8',
      'resource reconciliation failed: waiting for unresolved resource "iamrole"',
      'iamrole',
    ],
    [
      '0.8, of somebody else',
      'waiting for external reference "vpc": not found',
      'vpc',
    ],
    ['0.6 and 0.7', 'waiting for resource resolution: iamrole', 'iamrole'],
    ['0.5', 'unresolved resource: iamrole', 'iamrole'],
    ['any, about nobody', 'cluster mutated', undefined],
  ])('reads a message of kro %s', (_version, message, id) => {
    expect(blockersOf([condition('Ready', 'False', message)])).toMatchObject([
      { id, says: expect.any(String) },
    ]);
  });

  it('takes each line once, though the root condition repeats it', () => {
    const message =
      'resource reconciliation failed: apply results contain errors: waiting for node "b": no\nwaiting for node "a": no';
    const conditions = [
      condition('InstanceManaged', 'True', 'managed'),
      condition('ResourcesReady', 'False', message),
      condition('Ready', 'False', message),
    ];
    expect(blockersOf(conditions)).toEqual([
      { id: 'a', says: 'waiting for node "a": no' },
      { id: 'b', says: 'waiting for node "b": no' },
    ]);
  });
});
