import { agoFrom, sources } from '../../__fixtures__/parts';
import { livenessOf } from './liveness';

const ago = agoFrom(Date.UTC(2026, 0, 1));
const since = ago(6);

describe('livenessOf', () => {
  it('says live only when the stream is open and every source is live', () => {
    expect(livenessOf({ state: 'live' }, sources(ago))).toEqual({
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
      const liveness = livenessOf(
        { state: 'live' },
        sources(ago, ({ system }) =>
          system === 'KubeVela' ? { state, since } : undefined,
        ),
      );
      expect(liveness.state).toBe(expected);
      expect(liveness.since).toBe(expectedSince);
      expect(liveness.troubled.map(({ system }) => system)).toEqual([
        'KubeVela',
      ]);
    },
  );

  it('says outdated, not partly live, when nothing is live', () => {
    const all = sources(ago, () => ({ state: 'stale', since }));
    expect(livenessOf({ state: 'live' }, all)).toMatchObject({
      state: 'stale',
      since,
    });
  });

  it('does not claim that a lost connection is live because the sources are', () => {
    expect(
      livenessOf({ state: 'reconnecting', since }, sources(ago)),
    ).toMatchObject({ state: 'reconnecting', since });
    expect(livenessOf({ state: 'polling' }, sources(ago)).state).toBe(
      'polling',
    );
  });
});
