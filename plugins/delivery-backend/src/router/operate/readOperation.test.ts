import { readOperation } from './readOperation';

it('reads an operation', () => {
  const request = { operation: 'rollback', environment: 'prod', deployment: 3 };
  expect(readOperation(request)).toEqual(request);
});

it.each([
  [undefined, /^The body must be a JSON object/],
  ['sync', /^The body must be a JSON object/],
  [{}, /^Field "operation" is missing: it must be one of refresh, sync/],
  [{ operation: 'erase' }, /^Field "operation" is "erase": it must be one of/],
  [{ operation: 'sync' }, /^Field "environment" is missing: /],
  [{ operation: 'sync', environment: '' }, /^Field "environment" is "": /],
  [
    { operation: 'rollback', environment: 'prod', deployment: 1.5 },
    /^Field "deployment" is 1.5: /,
  ],
  [
    { operation: 'sync', environment: 'dev', namespace: 'kube-system' },
    /^There is no field "namespace" in this operation; leave it out$/,
  ],
])('refuses %j', (body, message) => {
  expect(() => readOperation(body)).toThrow(message);
});
