import { fixture } from '../__fixtures__';
import { reuseUnchanged } from './reuseUnchanged';

describe('reuseUnchanged', () => {
  const now = Date.UTC(2026, 0, 1);

  it('gives back the very object when nothing changed', () => {
    const previous = fixture('failed-build', now);
    expect(reuseUnchanged(previous, fixture('failed-build', now))).toBe(
      previous,
    );
  });

  it('keeps what stands still and takes what is new', () => {
    const previous = fixture('healthy-dev', now);
    const next = fixture('healthy-dev', now);
    next.runs.unshift({ ...next.runs[0], name: 'orders-cicd-cicd-newer' });
    next.stages.find(({ id }) => id === 'build')!.status = 'running';
    const merged = reuseUnchanged(previous, next);
    expect(merged).toEqual(next);
    // A run was added at the top: those below are the same objects.
    expect(merged.runs.slice(1)).toEqual(previous.runs);
    merged.runs
      .slice(1)
      .forEach((run, i) => expect(run).toBe(previous.runs[i]));
    expect(merged.environments).toBe(previous.environments);
    const status = (id: string) => (stage: { id: string }) => stage.id === id;
    expect(merged.stages.find(status('image'))).toBe(
      previous.stages.find(status('image')),
    );
    expect(merged.stages.find(status('build'))).not.toBe(
      previous.stages.find(status('build')),
    );
  });

  it('tells entries apart that have one name', () => {
    const list = () => [
      { kind: 'Pod', name: 'orders' },
      { kind: 'Service', name: 'orders' },
    ];
    const previous = list();
    expect(reuseUnchanged(previous, list())).toBe(previous);
    const newer = [...list(), { kind: 'Role', name: 'orders' }];
    expect(reuseUnchanged(previous, newer)[1]).toBe(previous[1]);
  });

  it.each([
    [{ a: 1, b: 2 }, { a: 1 }],
    [{ a: undefined }, {}],
    [[1, 2], [1]],
    [{ a: [] }, { a: {} }],
    [undefined, { a: 1 }],
    ['1', 1],
  ])('does not take %j for %j', (previous, next) => {
    expect(reuseUnchanged(previous, next)).toEqual(next);
    expect(reuseUnchanged(previous, next)).not.toBe(previous);
  });
});
