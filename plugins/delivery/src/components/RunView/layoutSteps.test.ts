import type { Step } from '@golden-path/plugin-delivery-common';
import { layoutSteps } from './layoutSteps';

function steps(edges: Record<string, string[]>): Step[] {
  return Object.entries(edges).map(([id, dependsOn]) => ({
    id,
    name: id,
    type: 'Pod',
    phase: 'Succeeded',
    status: 'succeeded',
    dependsOn,
  }));
}

/** Names of the steps of each column, from the top. */
function columnsOf(edges: Record<string, string[]>): string[] {
  const columns: string[][] = [];
  for (const { step, column } of layoutSteps(steps(edges)).nodes) {
    (columns[column] ??= []).push(step.id);
  }
  return columns.map(names => names.join(' '));
}

describe('layoutSteps', () => {
  it.each<[string, Record<string, string[]>, string[]]>([
    ['nothing', {}, []],
    ['a chain', { a: [], b: ['a'], c: ['b'] }, ['a', 'b', 'c']],
    [
      'a fork and a join',
      { a: [], b: ['a'], c: ['a'], d: ['b', 'c'] },
      ['a', 'b c', 'd'],
    ],
    ['the longest way', { a: [], b: ['a'], c: ['a', 'b'] }, ['a', 'b', 'c']],
    ['steps before what they wait for', { b: ['a'], a: [] }, ['a', 'b']],
    ['several starts', { a: [], b: [], c: ['b'] }, ['a b', 'c']],
    ['an edge to a step that is not there', { a: ['gone'] }, ['a']],
    ['an edge twice', { a: [], b: ['a', 'a'] }, ['a', 'b']],
    ['a circle', { a: ['b'], b: ['a'], c: [] }, ['c a', 'b']],
    [
      'followers beside what they follow',
      { a: [], b: [], c: ['b'], d: ['a'] },
      ['a b', 'd c'],
    ],
  ])('lays out %s', (_what, edges, expected) => {
    expect(columnsOf(edges)).toEqual(expected);
  });

  it('puts a join in the middle, and no two steps on one place', () => {
    const { nodes, edges, columns, rows } = layoutSteps(
      steps({ a: [], b: ['a'], c: ['a'], d: ['b', 'c'] }),
    );
    expect({ columns, rows }).toEqual({ columns: 3, rows: 2 });
    expect(nodes.map(({ step, row }) => [step.id, row])).toEqual([
      ['a', 0.5],
      ['b', 0],
      ['c', 1],
      ['d', 0.5],
    ]);
    expect(edges.map(({ id }) => id)).toEqual(['a b', 'a c', 'b d', 'c d']);
  });

  it.each<[string, (i: number) => string[]]>([
    ['a chain', i => (i > 0 ? [`${i - 1}`] : [])],
    ['ten side by side', i => (i > 9 ? [`${i - 10}`, `${i - 9}`] : [])],
    ['each after all', i => Array.from({ length: i }, (_, j) => `${j}`)],
  ])('has 500 steps at once: %s', (_what, dependsOn) => {
    const many = steps(
      Object.fromEntries(
        Array.from({ length: 500 }, (_, i) => [`${i}`, dependsOn(i)]),
      ),
    );
    // Of the processor: others that keep it busy do not count.
    const before = process.cpuUsage();
    const { nodes } = layoutSteps(many);
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(1_000);
    const places = new Set(nodes.map(({ column, row }) => `${column} ${row}`));
    expect(places.size).toBe(500);
  });
});
