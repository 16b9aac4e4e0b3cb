import type { Step } from '@golden-path/plugin-delivery-common';
import { stepLayers } from './stepLayers';

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

describe('stepLayers', () => {
  it.each([
    ['nothing', {}, []],
    ['a chain', { a: [], b: ['a'], c: ['b'] }, ['a', 'b', 'c']],
    [
      'a fork and a join',
      { a: [], b: ['a'], c: ['a'], d: ['b', 'c'] },
      ['a', 'b c', 'd'],
    ],
    ['the longest way', { a: [], b: ['a'], c: ['a', 'b'] }, ['a', 'b', 'c']],
    ['several starts', { a: [], b: [], c: ['b'] }, ['a b', 'c']],
    ['an edge to a step that is not there', { a: ['gone'] }, ['a']],
    ['a circle', { a: ['b'], b: ['a'], c: [] }, ['b c', 'a']],
  ])('lays out %s', (_what, edges, expected) => {
    const layers = stepLayers(steps(edges as Record<string, string[]>));
    expect(layers.map(layer => layer.map(({ id }) => id).join(' '))).toEqual(
      expected,
    );
  });
});
