import fc from 'fast-check';
import { Store } from '../kubernetes/Store';
import type { KubernetesObject } from '../kubernetes';
import { DependencyIndex } from './DependencyIndex';
import { RecordingReader } from './RecordingReader';

const kind = { group: 'g', kind: 'K' };

const objects = fc.record({
  name: fc.constantFrom('a', 'b', 'c'),
  namespace: fc.constantFrom('x', 'y'),
  label: fc.constantFrom(undefined, '1', '2'),
  owner: fc.constantFrom(undefined, 'o1', 'o2'),
});

const questions = fc.constantFrom<(reader: RecordingReader) => unknown>(
  reader => reader.list(kind),
  reader => reader.list(kind, 'x'),
  reader => reader.list({ group: 'other', kind: 'K' }),
  reader => reader.get(kind, 'a', 'x'),
  reader => reader.get(kind, 'b', 'y'),
  reader => reader.byLabel('l', '1'),
  reader => reader.byLabel('l', '2'),
  reader => reader.byOwner('o1'),
);

let version = 0;
const toObject = ({
  name,
  namespace,
  label,
  owner,
}: {
  name: string;
  namespace: string;
  label?: string;
  owner?: string;
}): KubernetesObject => ({
  apiVersion: 'g/v1',
  kind: 'K',
  metadata: {
    name,
    namespace,
    uid: `${namespace}-${name}`,
    resourceVersion: String((version += 1)),
    creationTimestamp: '2026-11-24T06:00:00Z',
    labels: label === undefined ? undefined : { l: label },
    ownerReferences:
      owner === undefined
        ? undefined
        : [{ apiVersion: 'g/v1', kind: 'O', name: 'o', uid: owner }],
  },
});

describe('DependencyIndex', () => {
  it('names everybody whose answer a change alters, whatever they asked', () => {
    fc.assert(
      fc.property(
        fc.array(objects, { maxLength: 6 }),
        fc.array(fc.array(questions, { maxLength: 3 }), { maxLength: 4 }),
        objects,
        fc.boolean(),
        (held, askers, changed, isDelete) => {
          const store = new Store(() => {});
          const collection = store.collection(kind);
          held.map(toObject).forEach(object => collection.upsert(object));
          const index = new DependencyIndex<object>();
          const asked = askers.map(all => {
            const reader = new RecordingReader(store);
            const answers = () =>
              JSON.stringify(all.map(question => question(reader)));
            const before = answers();
            index.set(all, reader.dependencies);
            return { all, before, answers };
          });

          const object = toObject(changed);
          if (isDelete) {
            collection.remove(object);
          } else {
            collection.upsert(object);
          }
          const altered = asked
            .filter(({ before, answers }) => answers() !== before)
            .map(({ all }) => all);
          expect([...index.dependantsOn(object)]).toEqual(
            expect.arrayContaining(altered),
          );
        },
      ),
    );
  });

  it('forgets a dependant, and what it no longer depends on', () => {
    const index = new DependencyIndex<object>();
    const [one, other] = [{}, {}];
    const object = toObject({ name: 'a', namespace: 'x', label: '1' });
    index.set(one, new Set(['label/l=1', 'x-a']));
    index.set(other, new Set(['label/l=1']));
    expect([...index.dependantsOn(object)]).toEqual([one, other]);
    index.set(one, new Set(['label/l=2']));
    expect([...index.dependantsOn(object)]).toEqual([other]);
    index.delete(other);
    expect([...index.dependantsOn(object)]).toEqual([]);
    expect([...index.dependants()]).toEqual([one]);
  });
});
