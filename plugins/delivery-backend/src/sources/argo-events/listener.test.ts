import { deliveryFor, isNo, stageOf } from '../../__testUtils__/deliveryFor';
import {
  condition,
  healthyPipeline,
  listener,
} from '../../__testUtils__/objects';
import { readListener, trimSensor } from './listener';

const sensor = (filters: object = {}): any => ({
  ...listener('Sensor'),
  spec: {
    dependencies: [
      { name: 'incident-webhook', filters: {} },
      {
        name: 'gitlab-webhook',
        filters: {
          data: [
            { path: 'body.ref', type: 'string', value: ['refs/heads/trunk'] },
            { path: 'body.secret', type: 'string', value: ['canary'] },
          ],
          script: 'return "canary"',
          ...filters,
        },
      },
    ],
    triggers: [{ template: { argoWorkflow: { source: 'canary' } } }],
  },
});

/** The Deployment that Argo Events makes for a listener. */
const pods = (owner: any, available: number, conditions: object[] = []) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: `${owner.metadata.name}-x`,
    namespace: owner.metadata.namespace,
    uid: `pods-of-${owner.metadata.uid}`,
    creationTimestamp: '2026-11-24T06:00:00Z',
    labels: { 'owner-name': owner.metadata.name },
    ownerReferences: [
      {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: owner.kind,
        name: owner.metadata.name,
        uid: owner.metadata.uid,
      },
    ],
  },
  spec: { replicas: 1 },
  status: { availableReplicas: available, conditions },
});

const stageWith = (...objects: object[]) =>
  stageOf(
    deliveryFor([...healthyPipeline().filter(isNo('Sensor')), ...objects]),
    'trigger',
  );

describe('a Sensor', () => {
  it('keeps which pushes it lets through, and nothing of scripts and triggers', () => {
    const kept = trimSensor(sensor());
    expect(JSON.stringify(kept)).not.toContain('canary');
    expect(readListener(kept).filter).toEqual({
      refs: ['refs/heads/trunk'],
      script: true,
    });
    expect(stageWith(sensor())).toMatchObject({
      status: 'succeeded',
      sentence: {
        code: 'trigger.listening',
        text: 'A push to trunk starts a build.',
      },
    });
  });

  it.each<[string, (owner: any) => object, string, string | undefined]>([
    ['runs', owner => pods(owner, 1), 'succeeded trigger.listening', undefined],
    [
      'is about to run',
      owner => pods(owner, 0),
      'running trigger.notRunning',
      undefined,
    ],
    [
      'does not get there',
      owner =>
        pods(owner, 0, [
          {
            ...condition('Progressing', 'False', 'has timed out progressing'),
            reason: 'ProgressDeadlineExceeded',
          },
        ]),
      'failed trigger.notRunning',
      'has timed out progressing',
    ],
  ])('whose Deployment %s', (_name, deployment, told, evidence) => {
    const owner = sensor();
    const stage = stageWith(owner, deployment(owner));
    expect(`${stage?.status} ${stage?.sentence.code}`).toBe(told);
    expect(stage?.diagnosis?.evidence).toBe(evidence);
  });
});
