import { reopen } from './failedNodes';
import type { WorkflowNode } from './workflowObject';

/** `A: Pod Failed > B C` is node A with children B and C. */
function nodesOf(...lines: string[]): Record<string, WorkflowNode> {
  return Object.fromEntries(
    lines.map(line => {
      const [, id, type, phase, children, boundaryID] =
        /^(\S+): (\w+) (\w+)(?: > ([\w .]+?))?(?: in (\w+))?$/.exec(line)!;
      return [
        id,
        {
          id,
          name: id.startsWith('exit') ? `wf.onExit.${id}` : id,
          type,
          phase,
          children: children?.split(' '),
          boundaryID,
        },
      ];
    }),
  );
}

const idsOf = (nodes: readonly WorkflowNode[]) =>
  nodes.map(({ id }) => id).sort();

it.each<[string, string[], { removed: string[]; reopened: string[] }]>([
  [
    'a failed task of a DAG and what it left out',
    [
      'root: DAG Failed > a',
      'a: Pod Succeeded > b other',
      'b: Pod Failed > c',
      'c: Omitted Omitted',
      'other: Pod Succeeded',
    ],
    { removed: ['b', 'c'], reopened: ['root'] },
  ],
  [
    'a failed step, with the groups that hold it and not those before',
    [
      'root: Steps Failed > g0',
      'g0: StepGroup Succeeded > a in root',
      'a: Pod Succeeded > g1 in root',
      'g1: StepGroup Failed > b in root',
      'b: Pod Error in root',
    ],
    { removed: ['b'], reopened: ['g1', 'root'] },
  ],
  [
    'all attempts at a step that never came through',
    [
      'root: DAG Failed > r',
      'r: Retry Failed > r0 r1',
      'r0: Pod Failed',
      'r1: Pod Failed > after',
      'after: Omitted Omitted',
    ],
    { removed: ['after', 'r0', 'r1'], reopened: ['r', 'root'] },
  ],
  [
    'no attempt at a step that came through in the end',
    [
      'root: DAG Failed > r',
      'r: Retry Succeeded > r0 r1',
      'r0: Pod Failed',
      'r1: Pod Succeeded > b',
      'b: Pod Failed',
    ],
    { removed: ['b'], reopened: ['root'] },
  ],
  [
    'the exit handler with what it runs',
    [
      'root: DAG Failed > a',
      'a: Pod Failed',
      'exit: Steps Succeeded > exit0',
      'exit0: Pod Succeeded',
    ],
    { removed: ['a', 'exit', 'exit0'], reopened: ['root'] },
  ],
  [
    'the pod of a failed container',
    [
      'root: Steps Failed > p',
      'p: Pod Failed > c1 c2 in root',
      'c1: Container Failed in p',
      'c2: Container Succeeded in p',
    ],
    { removed: ['c1', 'c2', 'p'], reopened: ['root'] },
  ],
])('opens %s', (_name, lines, expected) => {
  const { removed, reopened } = reopen(nodesOf(...lines), 'wf');
  expect(idsOf(removed)).toEqual(expected.removed);
  expect(idsOf(reopened.map(({ node }) => node))).toEqual(expected.reopened);
});

it('keeps no child that is made anew, so that attempts count from nought', () => {
  const { reopened } = reopen(
    nodesOf(
      'root: DAG Failed > a r',
      'a: Pod Succeeded',
      'r: Retry Failed > r0',
      'r0: Pod Failed',
    ),
    'wf',
  );
  expect(
    Object.fromEntries(
      reopened.map(({ node, children }) => [node.id, children]),
    ),
  ).toEqual({ root: ['a', 'r'], r: [] });
});
