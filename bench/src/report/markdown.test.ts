import { replaced } from './markdown.ts';
import type { Result } from './Result.ts';

const result: Result = {
  bench: 'speed',
  at: '2026-11-24T09:00:00.000Z',
  command: 'npm run bench -- speed',
  seconds: 125,
  machine: { cpu: 'A', cores: 2, memoryGiB: 8, system: 'B', loadBefore: 0.1 },
  versions: { node: 'v24' },
  targets: [
    { name: 'fast', value: 3, limit: 3, unit: 'ms' },
    { name: 'small', value: 3.01, limit: 3, unit: 'MiB' },
  ],
  tables: [{ title: 'All', columns: ['a', 'b'], rows: [['x', 1.23456]] }],
};

describe('replaced', () => {
  it('puts the newest figures in their place, and touches nothing else', () => {
    const page = [
      'before',
      '<!-- figures of speed -->',
      'old',
      '<!-- end of speed -->',
      'after',
    ].join('\n');
    const once = replaced(page, result);
    expect(once).toContain('| fast | 3 ms | 3 ms | met |');
    expect(once).toContain('| small | 3.01 MiB | 3 MiB | **missed** |');
    expect(once).toContain('| x | 1.23 |');
    expect(once).toMatch(/^before\n[^]*\nafter$/);
    expect(once).not.toContain('old');
    expect(replaced(once, result)).toBe(once);
  });

  it('says where a page has no place for them', () => {
    expect(() => replaced('nothing', result)).toThrow('figures of speed');
  });
});
