import { nodeSchema, nodeShell, type WorkflowNode } from './nodes';
import { planOf } from './plan';
import { stepsOf } from './steps';

type Given = [
  id: string,
  type: string,
  phase: string | undefined,
  children: string[],
  startedAt?: string,
  more?: Record<string, unknown>,
];

/** Nodes as the controller writes them. */
const nodesOf = (...nodes: Given[]): WorkflowNode[] =>
  nodes.map(([id, type, phase, children, startedAt, more]) => {
    const node = { id, displayName: id, type, phase, children, startedAt };
    const shell = nodeShell({ ...node, ...more });
    return nodeSchema.parse({ ...shell, message: more?.message });
  });

const read = (...nodes: Given[]) => stepsOf(nodesOf(...nodes));

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

  it('says what the last attempt said, and lists all of them without hooks', () => {
    const [push, hook] = read(
      [
        'push',
        'Retry',
        'Failed',
        ['push(0)', 'push(1)', 'push.hooks.running'],
        '2026-11-24T06:00:00Z',
        { message: 'No more retries left' },
      ],
      [
        'push(0)',
        'Pod',
        'Error',
        [],
        undefined,
        { nodeFlag: { retried: true } },
      ],
      [
        'push(1)',
        'Pod',
        'Failed',
        [],
        undefined,
        { message: 'Error (exit code 1)', nodeFlag: { retried: true } },
      ],
      [
        'push.hooks.running',
        'Pod',
        'Succeeded',
        [],
        '2026-11-24T06:00:01Z',
        { nodeFlag: { hooked: true } },
      ],
    );
    expect(push).toMatchObject({
      message: 'Error (exit code 1)',
      attempts: [
        { id: 'push(0)', status: 'failed' },
        { id: 'push(1)', message: 'Error (exit code 1)' },
      ],
    });
    expect(push.hook).toBeUndefined();
    expect(hook).toMatchObject({ hook: true, dependsOn: ['push'] });
  });

  it('counts the steps of a group that is retried, in every attempt', () => {
    const steps = read(
      ['run', 'Retry', 'Running', ['run(0)', 'run(1)']],
      ['run(0)', 'DAG', 'Failed', ['a0'], '2026-11-24T06:00:00Z'],
      ['a0', 'Pod', 'Failed', [], '2026-11-24T06:00:00Z'],
      ['run(1)', 'DAG', 'Running', ['a1'], '2026-11-24T06:01:00Z'],
      ['a1', 'Pod', 'Running', [], '2026-11-24T06:01:00Z'],
    );
    expect(brief(steps)).toEqual(['a0 failed', 'a1 running']);
  });

  it('tells hooks and daemons, also inside of groups', () => {
    const steps = read(
      ['run', 'Steps', 'Running', ['[0]']],
      ['[0]', 'StepGroup', 'Running', ['database']],
      [
        'database',
        'Pod',
        'Running',
        [],
        '2026-11-24T06:00:00Z',
        { daemoned: true },
      ],
      [
        'run.onExit',
        'Steps',
        'Running',
        ['[e]'],
        undefined,
        { nodeFlag: { hooked: true } },
      ],
      [
        '[e]',
        'StepGroup',
        'Running',
        ['notify'],
        undefined,
        { boundaryID: 'run.onExit' },
      ],
      [
        'notify',
        'Pod',
        'Pending',
        [],
        '2026-11-24T06:01:00Z',
        { boundaryID: 'run.onExit' },
      ],
    );
    expect(steps).toMatchObject([
      { name: 'database', daemon: true, dependsOn: [] },
      { name: 'notify', hook: true, dependsOn: [] },
    ]);
    expect(steps[1].daemon).toBeUndefined();
  });

  it('plans rows of steps, and no step of which there are items', () => {
    const plan = planOf({
      entrypoint: 'main',
      templates: [
        {
          name: 'main',
          steps: [
            [{ name: 'build', template: 'kaniko' }, { name: 'scan' }],
            [{ name: 'deploy' }],
          ],
        },
      ],
    });
    const begun = nodesOf(
      ['run', 'Steps', 'Running', ['[0]']],
      ['[0]', 'StepGroup', 'Running', ['build(0:a)', 'scan']],
      ['build(0:a)', 'Pod', 'Running', [], '2026-11-24T06:00:00Z'],
      ['scan', 'Pod', 'Running', [], '2026-11-24T06:00:00Z'],
    );
    expect(brief(stepsOf(begun, plan))).toEqual([
      'build(0) running',
      'scan running',
      'deploy waiting < scan',
    ]);
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
      nodesOf([
        'run-1',
        'Pod',
        'Running',
        [],
        undefined,
        { displayName: 'checkout' },
      ]),
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
