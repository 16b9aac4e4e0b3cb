import { planOf } from './plan';
import { stepsOf, type WorkflowNode } from './steps';

type Given = [
  id: string,
  type: string,
  phase: string | undefined,
  children: string[],
  startedAt?: string,
];

const read = (...nodes: Given[]) =>
  stepsOf(
    nodes.map(
      ([id, type, phase, children, startedAt]): WorkflowNode => ({
        id,
        displayName: id,
        type,
        phase,
        children,
        startedAt,
      }),
    ),
  );

/** `name status < dependencies` of each step. */
const brief = (steps: ReturnType<typeof stepsOf>) =>
  steps.map(({ name, status, dependsOn }) =>
    [`${name} ${status}`, ...dependsOn].join(' < '),
  );

describe('stepsOf', () => {
  it('puts the tasks of a DAG in order, whatever the order of its nodes', () => {
    const steps = read(
      ['notify', 'Skipped', 'Omitted', []],
      ['deploy', 'Skipped', 'Omitted', ['notify']],
      ['scan', 'Pod', 'Running', ['deploy'], '2026-11-24T06:02:00Z'],
      ['test', 'Pod', 'Failed', ['deploy'], '2026-11-24T06:01:00Z'],
      [
        'checkout',
        'Pod',
        'Succeeded',
        ['test', 'scan'],
        '2026-11-24T06:00:00Z',
      ],
      ['run', 'DAG', 'Running', ['checkout']],
    );
    expect(brief(steps)).toEqual([
      'checkout succeeded',
      'test failed < checkout',
      'scan running < checkout',
      'deploy waiting < scan < test',
      'notify waiting < deploy',
    ]);
  });

  it('resolves groups: what follows a group follows its last steps', () => {
    const steps = read(
      ['run', 'Steps', 'Running', ['[0]']],
      ['[0]', 'StepGroup', 'Succeeded', ['a', 'inner']],
      ['a', 'Pod', 'Succeeded', ['[1]']],
      ['inner', 'DAG', 'Succeeded', ['inner-1']],
      ['inner-1', 'Pod', 'Succeeded', ['inner-2']],
      ['inner-2', 'Pod', 'Succeeded', ['[1]']],
      ['[1]', 'StepGroup', 'Running', ['b']],
      ['b', 'Pod', 'Running', []],
    );
    expect(brief(steps)).toEqual([
      'a succeeded',
      'inner-1 succeeded',
      'inner-2 succeeded < inner-1',
      'b running < a < inner-2',
    ]);
  });

  it('counts the attempts of a retried step as one', () => {
    const steps = read(
      ['run', 'DAG', 'Running', ['push']],
      ['push', 'Retry', 'Succeeded', ['push(0)', 'push(1)']],
      ['push(0)', 'Pod', 'Failed', []],
      ['push(1)', 'Pod', 'Succeeded', ['next']],
      ['next', 'Pod', 'Pending', []],
    );
    expect(brief(steps)).toEqual(['push succeeded', 'next waiting < push']);
  });

  it.each([
    ['Pod', undefined, 'waiting'],
    ['Pod', 'Error', 'failed'],
    ['Suspend', 'Running', 'suspended'],
    ['Suspend', 'Succeeded', 'succeeded'],
    ['Skipped', 'Skipped', 'succeeded'],
    ['Pod', 'Hibernating', 'unknown'],
  ])('reads a %s of phase %s as %s', (type, phase, status) => {
    expect(read(['step', type, phase, []])[0].status).toBe(status);
  });

  it('adds what is still to come, as the template says', () => {
    const steps = stepsOf(
      [
        {
          id: 'run-1',
          displayName: 'checkout',
          type: 'Pod',
          phase: 'Running',
          children: [],
        },
      ],
      planOf({
        entrypoint: 'pipeline',
        templates: [
          { name: 'other', dag: { tasks: [{ name: 'no' }] } },
          {
            name: 'pipeline',
            dag: {
              tasks: [
                { name: 'checkout', template: 'git' },
                { name: 'push', depends: 'test.Succeeded && !scan.Failed' },
                { name: 'test', dependencies: ['checkout'], template: 'unit' },
                { name: 'scan', templateRef: { name: 'x', template: 'trivy' } },
              ],
            },
          },
        ],
      }),
    );
    expect(brief(steps)).toEqual([
      'checkout running',
      'scan waiting',
      'test waiting < run-1',
      'push waiting < planned/scan < planned/test',
    ]);
    expect(steps.map(({ template }) => template)).toEqual([
      undefined,
      'trivy',
      'unit',
      undefined,
    ]);
  });

  it('survives nodes that point in a circle or to nothing', () => {
    const steps = read(
      ['a', 'Pod', 'Running', ['b', 'gone']],
      ['b', 'Pod', 'Running', ['a']],
    );
    expect(steps.map(({ name }) => name)).toEqual(['a', 'b']);
  });
});
