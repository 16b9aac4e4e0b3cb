import { failureOf, readFailures } from './failures.ts';

describe('failing steps', () => {
  const failures = readFailures({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'failing-steps' },
    data: {
      'build-and-push': 'registry is full',
      'build-and-push.shop': 'no space left on device',
      'run-tests.shop': '2 tests failed',
    },
  });

  it('concern the application they name, before those that concern all', () => {
    expect(failureOf(failures, 'build-and-push', 'shop')?.message).toBe(
      'no space left on device',
    );
    expect(failureOf(failures, 'build-and-push', 'cart')?.message).toBe(
      'registry is full',
    );
    expect(failureOf(failures, 'run-tests', 'cart')).toBeUndefined();
    expect(failureOf(failures, 'run-tests', undefined)).toBeUndefined();
    expect(failureOf(failures, 'checkout-code', 'shop')).toBeUndefined();
  });

  it('are none when nobody has asked for any', () => {
    expect(readFailures(undefined)).toEqual([]);
  });
});
