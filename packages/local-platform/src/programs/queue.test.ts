import type { Program } from './catalogue.ts';
import { buildInOrder } from './queue.ts';

const program = (name: string): Program => ({
  name,
  module: { folder: 'redis', toolchain: 'local' },
  package: '.',
  expectedSeconds: 1,
});

describe('buildInOrder', () => {
  const programs = ['one', 'two', 'three'].map(program);

  it('builds one after the other and tells who waits as soon as its program is there', async () => {
    const events: string[] = [];
    const finish = new Map<string, () => void>();
    const queue = buildInOrder({
      programs,
      signal: new AbortController().signal,
      onProgress: ({ name }, { message }) => events.push(`${name} ${message}`),
      build: ({ name }, { onProgress }) => {
        onProgress?.({ state: 'building', expectedSeconds: 1, message: 'go' });
        return new Promise(resolve => {
          finish.set(name, () => resolve(`/cache/${name}`));
        });
      },
    });
    await Promise.resolve();
    expect(events).toEqual(['one go']);
    finish.get('one')?.();
    await expect(queue.program('one')).resolves.toBe('/cache/one');
    await Promise.resolve();
    expect(events).toEqual(['one go', 'two go']);
  });

  it('goes on after a program that cannot be built', async () => {
    const queue = buildInOrder({
      programs,
      signal: new AbortController().signal,
      onProgress: () => undefined,
      build: async ({ name }) => {
        if (name === 'two') {
          throw new Error('does not compile');
        }
        return name;
      },
    });
    await expect(queue.program('two')).rejects.toThrow('does not compile');
    await expect(queue.program('three')).resolves.toBe('three');
    await expect(queue.program('four')).rejects.toThrow(
      'no program named four',
    );
  });

  it('builds nothing more once the platform goes down', async () => {
    const stop = new AbortController();
    let builds = 0;
    const queue = buildInOrder({
      programs,
      signal: stop.signal,
      onProgress: () => undefined,
      build: async () => {
        builds++;
        stop.abort();
        return 'one';
      },
    });
    await expect(queue.program('three')).rejects.toThrow(/abort/i);
    expect(builds).toBe(1);
  });
});
