import { endedStatus } from './podEnd.ts';
import { stepName } from './playSteps.ts';

const running = (name: string) => ({
  name,
  image: `${name}:1`,
  ready: true,
  state: { running: { startedAt: '2026-11-24T06:00:00Z' } },
});

const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'shop-cicd-vt9v7-kaniko-build-1',
    annotations: {
      'workflows.argoproj.io/node-name': 'shop-cicd-vt9v7.build-and-push',
    },
  },
  status: {
    phase: 'Running',
    conditions: [
      { type: 'Ready', status: 'True' },
      { type: 'PodScheduled', status: 'True' },
    ],
    containerStatuses: [running('main'), running('wait')],
  },
};

const now = new Date('2026-11-24T06:00:05Z');
const terminated = (fields: object) => ({
  terminated: {
    startedAt: '2026-11-24T06:00:00Z',
    finishedAt: now.toISOString(),
    ...fields,
  },
});

describe('endedStatus', () => {
  it('ends every container well', () => {
    expect(endedStatus(pod, undefined, now)).toMatchObject({
      phase: 'Succeeded',
      conditions: [
        { type: 'Ready', status: 'False', reason: 'PodCompleted' },
        { type: 'PodScheduled', status: 'True' },
      ],
      containerStatuses: [
        {
          name: 'main',
          state: terminated({ exitCode: 0, reason: 'Completed' }),
        },
        {
          name: 'wait',
          state: terminated({ exitCode: 0, reason: 'Completed' }),
        },
      ],
    });
  });

  it('lets only the main container fail, with its message', () => {
    expect(endedStatus(pod, 'no space left', now)).toMatchObject({
      phase: 'Failed',
      containerStatuses: [
        {
          name: 'main',
          state: terminated({
            exitCode: 1,
            reason: 'Error',
            message: 'no space left',
          }),
        },
        { name: 'wait', state: terminated({ exitCode: 0 }) },
      ],
    });
  });
});

describe('stepName', () => {
  it('is the last part of the node, whatever the attempt', () => {
    expect(stepName(pod)).toBe('build-and-push');
    const node = 'run.provision.warm-cache(2)';
    expect(
      stepName({
        ...pod,
        metadata: {
          name: 'x',
          annotations: { 'workflows.argoproj.io/node-name': node },
        },
      }),
    ).toBe('warm-cache');
  });
});
