import { workflow } from '../../__testUtils__/objects';
import type { KubernetesObject } from '../../kubernetes';
import { trimWorkflow } from './trim';
import { readWorkflow } from './workflow';

const read = (...given: Parameters<typeof workflow>) =>
  readWorkflow(
    trimWorkflow(workflow(...given) as unknown as KubernetesObject),
    'manual',
  );

const suspend = {
  id: 'gate',
  displayName: 'gate',
  type: 'Suspend',
  phase: 'Running',
};
const pod = { id: 'scan', displayName: 'scan', type: 'Pod', phase: 'Running' };

describe('readWorkflow', () => {
  it('is pending while the controller has written nothing', () => {
    const run = read('new', undefined, { status: { nodes: undefined } });
    expect(run).toMatchObject({
      phase: 'Pending',
      status: 'waiting',
      steps: [],
      nodeCount: 0,
    });
    expect(run.stepsNote).toBeUndefined();
  });

  it.each([
    ['a gate alone', { gate: suspend }, 'suspended'],
    [
      'a gate beside a daemon',
      { gate: suspend, scan: { ...pod, daemoned: true } },
      'suspended',
    ],
    ['a gate beside work', { gate: suspend, scan: pod }, 'running'],
    ['work alone', { scan: pod }, 'running'],
  ])('tells whether it is held: %s', (_, nodes, status) => {
    expect(read('run', 'Running', { status: { nodes } })).toMatchObject({
      phase: 'Running',
      status,
    });
  });

  it('is held as a whole where its specification says so, until it ends', () => {
    const spec = { suspend: true };
    expect(read('run', 'Running', { spec }).status).toBe('suspended');
    expect(read('run', 'Failed', { spec }).status).toBe('failed');
  });

  it('says who submitted it, which run it repeats and how long it may take', () => {
    const label = (name: string) => `workflows.argoproj.io/${name}`;
    const labels = {
      [label('creator')]: 'CgVhZG1pbhIFbG9jYWw',
      [label('creator-email')]: 'jane.at.example.com',
      [label('resubmitted-from-workflow')]: 'checkout-cicd-9f3c1',
    };
    expect(
      read('run', 'Running', { labels, status: { estimatedDuration: 61 } }),
    ).toMatchObject({
      startedBy: 'jane@example.com',
      resubmittedFrom: 'checkout-cicd-9f3c1',
      estimatedSeconds: 61,
    });
    labels[label('creator-preferred-username')] = 'jane';
    expect(read('run', 'Running', { labels }).startedBy).toBe('jane');
    expect(read('run', 'Running').startedBy).toBeUndefined();
  });

  it.each([
    ['3/5', { done: 3, total: 5 }],
    ['0/0', { done: 0, total: 0 }],
    ['3', undefined],
    [7, undefined],
  ])('reads the progress %p', (progress, expected) => {
    expect(read('run', 'Running', { status: { progress } }).progress).toEqual(
      expected,
    );
  });
});
