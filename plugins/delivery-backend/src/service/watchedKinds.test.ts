import type { KindStatistics } from '../kubernetes';
import { watchedKindsOf } from './watchedKinds';

const NOW = new Date('2026-11-24T06:00:00Z');
const watched = (fields: Partial<KindStatistics>): KindStatistics => ({
  group: 'apps',
  kind: 'Deployment',
  state: 'live',
  since: NOW,
  holders: 1,
  objects: 1,
  lists: 1,
  watches: 3,
  events: 4,
  ...fields,
});
const parts = { narrowedBy: '|part-of|', optional: true };
const ended = { group: 'apps', events: 10, relists: 2, reconnects: 5 };

it('counts also what ended and what may not be read any more', () => {
  const kindsWith = (state: KindStatistics['state']) =>
    watchedKindsOf(
      {
        statistics: () => [watched({}), watched({ ...parts, state })],
        ended: () => [
          { ...ended, kind: 'Deployment' },
          { ...ended, kind: 'StatefulSet' },
        ],
      },
      NOW,
    );
  const counted = { events: 18, relists: 2, reconnects: 9 };
  expect(kindsWith('live')).toMatchObject([{ objects: 2, ...counted }]);
  expect(kindsWith('forbidden')).toMatchObject([
    { state: 'live', objects: 1, ...counted },
  ]);
});
