import { fixture } from '../../__fixtures__';
import { withSources } from '../../__fixtures__/outOfReach';
import { livenessOf, outdatedSince } from './liveness';

const delivery = fixture('healthy-dev');
const since = '2026-01-01T00:00:00Z';
const live = { state: 'live' } as const;

describe('livenessOf', () => {
  it('says live only when the stream is open and every source is live', () => {
    expect(livenessOf(live, delivery.sources)).toEqual({
      state: 'live',
      status: 'succeeded',
      troubled: [],
    });
  });

  it.each([
    ['stale', 'livePartly', since],
    ['forbidden', 'livePartly', undefined],
    ['not-installed', 'livePartly', undefined],
    ['syncing', 'catchingUp', undefined],
  ] as const)(
    'does not say live while a source is %s',
    (state, expected, expectedSince) => {
      const { sources } = withSources(delivery, ['KubeVela'], { state, since });
      const liveness = livenessOf(live, sources);
      expect(liveness.state).toBe(expected);
      expect(liveness.since).toBe(expectedSince);
      expect(liveness.troubled.map(({ system }) => system)).toEqual([
        'KubeVela',
      ]);
      expect(outdatedSince(sources)).toBeUndefined();
    },
  );

  it('says outdated, not partly live, when nothing is live', () => {
    const { sources } = withSources(delivery, 'all', { state: 'stale', since });
    expect(livenessOf(live, sources)).toMatchObject({ state: 'stale', since });
    expect(outdatedSince(sources)).toBe(since);
  });

  it('does not claim that a lost connection is live because the sources are', () => {
    expect(
      livenessOf({ state: 'reconnecting', since }, delivery.sources),
    ).toMatchObject({ state: 'reconnecting', since });
    expect(livenessOf({ state: 'polling' }, delivery.sources).state).toBe(
      'polling',
    );
  });
});
