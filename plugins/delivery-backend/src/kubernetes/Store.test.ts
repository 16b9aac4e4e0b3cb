import fc from 'fast-check';
import { Batch, Store } from './Store';
import { KindRef, KubernetesObject } from './types';

const workflow: KindRef = { group: 'argoproj.io', kind: 'Workflow' };
const sensor: KindRef = { group: 'argoproj.io', kind: 'Sensor' };

function object(
  name: string,
  metadata: Partial<KubernetesObject['metadata']> & {
    generation?: number;
  } = {},
): KubernetesObject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Workflow',
    metadata: {
      name,
      namespace: 'team-shop',
      uid: `uid-${name}`,
      resourceVersion: '1',
      creationTimestamp: '2026-11-24T05:00:00Z',
      ...metadata,
    },
  };
}

const names = (objects: readonly KubernetesObject[]) =>
  objects.map(({ metadata }) => metadata.name).sort();

function newStore() {
  const errors: unknown[] = [];
  const batches: Batch[] = [];
  const store = new Store(error => errors.push(error));
  store.subscribe(batch => batches.push(batch));
  return { store, batches, errors };
}

it('finds by kind, namespace, name, label and owner', () => {
  const { store } = newStore();
  const owner = { apiVersion: 'v1', kind: 'X', name: 'x', uid: 'owner' };
  const a = object('a', {
    labels: { 'kro.run/instance-id': '1', app: 'shop' },
    ownerReferences: [owner],
  });
  const b = object('b', {
    namespace: 'team-cart',
    labels: { 'kro.run/instance-id': '1' },
  });
  const c = object('c', { ownerReferences: [owner] });
  store.collection(workflow).upsert(a);
  // The index of a label is made with the first question, and kept from then on.
  expect(names(store.byLabel('kro.run/instance-id', '1'))).toEqual(['a']);
  store.collection(workflow).upsert(b);
  store.collection(sensor).upsert(c);

  expect(names(store.list(workflow))).toEqual(['a', 'b']);
  expect(names(store.list(workflow, 'team-cart'))).toEqual(['b']);
  expect(names(store.list({ group: 'apps', kind: 'Workflow' }))).toEqual([]);
  expect(store.get(workflow, 'a', 'team-shop')).toBe(a);
  expect(store.get(workflow, 'a', 'team-cart')).toBeUndefined();
  expect(names(store.byLabel('kro.run/instance-id', '1'))).toEqual(['a', 'b']);
  expect(names(store.byLabel('app', 'shop'))).toEqual(['a']);
  expect(names(store.byOwner('owner'))).toEqual(['a', 'c']);

  store
    .collection(workflow)
    .upsert(object('a', { resourceVersion: '2', labels: { app: 'cart' } }));
  expect(names(store.byLabel('kro.run/instance-id', '1'))).toEqual(['b']);
  expect(names(store.byLabel('app', 'cart'))).toEqual(['a']);
  expect(names(store.byOwner('owner'))).toEqual(['c']);
  store.drop(sensor);
  expect(names(store.byOwner('owner'))).toEqual([]);
});

it('finds narrower watches of a kind by the kind alone, each object once', () => {
  const { store } = newStore();
  const narrow = { ...workflow, labelSelector: 'app=shop' };
  const other = { ...workflow, namespace: 'team-shop' };
  store.collection(narrow).upsert(object('a'));
  store.collection(other).upsert(object('a'));
  store.collection(other).upsert(object('b'));
  expect(names(store.list(narrow))).toEqual(['a']);
  expect(names(store.list(workflow))).toEqual(['a', 'b']);
  expect(store.get(workflow, 'b', 'team-shop')).toBeDefined();
});

it('tells all changes of a tick at once, the last one of each object', async () => {
  const { store, batches } = newStore();
  const collection = store.collection(workflow);
  collection.upsert(object('a'));
  collection.upsert(object('b'));
  collection.upsert(object('a', { resourceVersion: '2', generation: 2 }));
  collection.remove(object('b', { resourceVersion: '3' }));
  store.stateChanged();
  expect(batches).toEqual([]);
  await new Promise(resolve => setImmediate(resolve));
  expect(batches).toEqual([
    {
      states: true,
      changes: [
        {
          type: 'upsert',
          object: object('a', { resourceVersion: '2', generation: 2 }),
        },
        { type: 'delete', object: object('b', { resourceVersion: '3' }) },
      ],
    },
  ]);
  // Nothing new is not told.
  const heartbeat = object('a', { resourceVersion: '4', generation: 2 });
  collection.upsert(heartbeat);
  collection.remove(object('b'));
  await new Promise(resolve => setImmediate(resolve));
  expect(batches).toHaveLength(1);
  expect(store.get(workflow, 'a', 'team-shop')).toBe(heartbeat);
});

it('goes on when a listener fails, and stops when it is unsubscribed', () => {
  const { store, batches, errors } = newStore();
  const unsubscribe = store.subscribe(() => {
    throw new Error('listener is broken');
  });
  const late: Batch[] = [];
  store.subscribe(batch => late.push(batch));
  store.stateChanged();
  store.flush();
  expect(errors).toEqual([new Error('listener is broken')]);
  expect(late).toEqual(batches);
  unsubscribe();
  store.stateChanged();
  store.flush();
  expect(errors).toHaveLength(1);
  expect(late).toHaveLength(2);
});

it('equals a model after any sequence of writes, and so does who follows the batches', () => {
  const one = fc.record({
    name: fc.constantFrom('a', 'b', 'c'),
    namespace: fc.constantFrom('n', 'm'),
    generation: fc.integer({ min: 1, max: 2 }),
    label: fc.option(fc.constantFrom('x', 'y'), { nil: undefined }),
    owner: fc.option(fc.constantFrom('o', 'p'), { nil: undefined }),
  });
  const step = fc.oneof(
    fc.record({ do: fc.constant('upsert' as const), one }),
    fc.record({ do: fc.constant('remove' as const), one }),
    fc.record({ do: fc.constant('replace' as const), many: fc.array(one) }),
    fc.record({ do: fc.constant('clear' as const) }),
    fc.record({ do: fc.constant('flush' as const) }),
    fc.record({ do: fc.constant('ask' as const) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), steps => {
      const { store, batches } = newStore();
      const collection = store.collection(workflow);
      const model = new Map<string, KubernetesObject>();
      let version = 0;
      const make = ({ name, namespace, generation, label, owner }: any) => {
        version += 1;
        return object(name, {
          namespace,
          uid: `${namespace}-${name}-${generation}`,
          resourceVersion: String(version),
          labels: label && { label },
          ownerReferences: owner && [{ uid: owner } as any],
        });
      };
      const id = ({ metadata }: KubernetesObject) =>
        `${metadata.namespace}/${metadata.name}`;
      for (const taken of steps) {
        if (taken.do === 'upsert') {
          const made = make(taken.one);
          collection.upsert(made);
          model.set(id(made), made);
        } else if (taken.do === 'remove') {
          const made = make(taken.one);
          collection.remove(made);
          if (model.get(id(made))?.metadata.uid === made.metadata.uid) {
            model.delete(id(made));
          }
        } else if (taken.do === 'replace') {
          const made = new Map(
            taken.many.map(make).map(entry => [id(entry), entry]),
          );
          collection.replace(made.values());
          model.clear();
          made.forEach((entry, key) => model.set(key, entry));
        } else if (taken.do === 'clear') {
          collection.clear();
          model.clear();
        } else if (taken.do === 'flush') {
          store.flush();
        } else {
          store.byLabel('label', 'x');
        }
      }
      store.flush();
      const all = [...model.values()];
      const byUid = (objects: Iterable<KubernetesObject>) =>
        new Map([...objects].map(entry => [entry.metadata.uid, entry]));
      expect(byUid(store.list(workflow))).toEqual(byUid(all));
      expect(byUid(store.list(workflow, 'n'))).toEqual(
        byUid(all.filter(({ metadata }) => metadata.namespace === 'n')),
      );
      expect(byUid(store.byLabel('label', 'x'))).toEqual(
        byUid(all.filter(({ metadata }) => metadata.labels?.label === 'x')),
      );
      expect(byUid(store.byOwner('o'))).toEqual(
        byUid(
          all.filter(({ metadata }) =>
            metadata.ownerReferences?.some(({ uid }) => uid === 'o'),
          ),
        ),
      );
      // A new version of the same content is not told.
      const withoutVersions = (objects: Map<string, KubernetesObject>) =>
        [...objects.values()]
          .map(entry =>
            object(entry.metadata.name, {
              ...entry.metadata,
              resourceVersion: '',
            }),
          )
          .sort((x, y) => (x.metadata.uid < y.metadata.uid ? -1 : 1));
      const follower = new Map<string, KubernetesObject>();
      for (const { type, object: changed } of batches.flatMap(b => b.changes)) {
        if (type === 'upsert') {
          follower.set(changed.metadata.uid, changed);
        } else {
          follower.delete(changed.metadata.uid);
        }
      }
      expect(withoutVersions(follower)).toEqual(withoutVersions(byUid(all)));
    }),
    { numRuns: 300 },
  );
});
