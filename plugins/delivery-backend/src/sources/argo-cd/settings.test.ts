import { deliveryFor, stageOf } from '../../__testUtils__/deliveryFor';
import {
  application,
  buildSteps,
  COMMIT,
  OLDER_COMMIT,
  pipeline,
  pushBuild,
  repository,
} from '../../__testUtils__/objects';
import { secondsOf } from './settings';

it.each([
  ['180s', 180],
  ['3m', 180],
  ['1h30m', 5400],
  ['500ms', 0.5],
  ['0s', 0],
  ['0', 0],
  ['soon', undefined],
  ['', undefined],
  [undefined, undefined],
])('reads the duration %p', (duration, seconds) => {
  expect(secondsOf(duration)).toBe(seconds);
});

it.each<[string, object | undefined, string, string | undefined]>([
  ['its defaults', undefined, 'deploy.notNoticed', '3 min'],
  ['an empty ConfigMap', {}, 'deploy.notNoticed', '3 min'],
  [
    'its own setting',
    { 'timeout.reconciliation': '1m', 'timeout.reconciliation.jitter': '0s' },
    'deploy.notNoticed',
    '1 min',
  ],
  [
    'a jitter on top',
    { 'timeout.reconciliation': '30s', 'timeout.reconciliation.jitter': '15s' },
    'deploy.notNoticed',
    '45 s',
  ],
  [
    'a detection that is off',
    { 'timeout.reconciliation': '0s' },
    'deploy.neverLooks',
    undefined,
  ],
])('an image that is not noticed: %s', (_name, data, code, delay) => {
  const built: any = pushBuild(COMMIT, 'Succeeded', buildSteps(), {
    creationTimestamp: '2026-11-24T06:06:00Z',
  });
  for (const node of Object.values<any>(built.status.nodes)) {
    node.finishedAt = '2026-11-24T06:07:00Z';
  }
  const settings = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'argocd-cm',
      namespace: 'argocd',
      uid: 'settings',
      creationTimestamp: '2026-11-24T06:00:00Z',
    },
    data,
  };
  const stage = stageOf(
    deliveryFor([
      pipeline(),
      repository('main'),
      application('dev', OLDER_COMMIT),
      built,
      ...(data ? [settings] : []),
    ]),
    'deploy:dev',
  );
  expect(stage).toMatchObject({
    status: 'waiting',
    sentence: { code },
    diagnosis: { nextStep: { code: `${code}.next` } },
  });
  expect(stage?.sentence.values?.delay).toBe(delay);
});
