import { ClusterWatch } from './types';
import { contents } from './__testing__/kinds';
import { spendingOf } from './__testing__/LinkRequest';
import { RealCluster, untilStates } from './__testing__/RealCluster';
import { testWorkflows } from './__testing__/testWorkflows';
import { until } from './__testing__/until';

/** Against a real API server; the suite `platform` starts one. */
const OBJECTS = 1_200;

let cluster: RealCluster;
let test: ReturnType<typeof testWorkflows>;
let expected: string[];

const put = (name: string) =>
  cluster.send('POST', test.collection, test.workflow(name, 'x'.repeat(1_000)));

beforeAll(async () => {
  cluster = await RealCluster.connect();
  test = testWorkflows(cluster.namespace, cluster.namespace);
  for (let number = 0; number < OBJECTS; number += 20) {
    await Promise.all(
      Array.from({ length: 20 }, (_, each) => put(`each-${number + each}`)),
    );
  }
  const { items } = await cluster.send('GET', test.collection);
  expected = contents(items);
}, 180_000);

beforeEach(() => {
  cluster.link.requests.length = 0;
});

afterEach(() => cluster.release());

afterAll(async () => {
  await cluster?.send('DELETE', test.collection);
  await cluster?.close();
});

const spent = (resource = 'workflows') =>
  spendingOf(
    cluster.link.requests.filter(request => request.resource === resource),
  );

const held = (watch: ClusterWatch) => contents(watch.objects.list(test.kind));

async function untilFollowed(watch: ClusterWatch, name: string): Promise<void> {
  await put(name);
  await until(
    'it is seen',
    () => watch.objects.get(test.kind, name, cluster.namespace) !== undefined,
  );
  await cluster.send('DELETE', `${test.collection}/${name}`);
  await until('it is gone', () => held(watch).length === OBJECTS);
}

it('costs one request for the list and the watch', async () => {
  const file = await cluster.writeKubeconfig('streams');
  const watch = cluster.watch(file, [test.kind]);
  await untilStates(watch, ['live']);
  expect(held(watch)).toEqual(expected);
  await untilFollowed(watch, 'later');
  expect(spent()).toEqual({
    discovery: 0,
    list: 1,
    page: 0,
    check: 0,
    watch: 0,
  });
  expect(watch.statistics()[0]).toMatchObject({ lists: 1, watches: 1 });
  // Where metadata are enough, too: definitions are watched beside every kind.
  await until(
    'definitions',
    () => spent('customresourcedefinitions').list === 1,
  );
  expect(spent('customresourcedefinitions').page).toBe(0);
});

it('gives way to pages where the API server refuses it', async () => {
  const refusal = cluster.link.impose(
    {
      answer: response => {
        response.statusCode = 422;
        response.end('{"kind":"Status","code":422,"reason":"Invalid"}');
      },
    },
    ({ url }) => url.includes('sendInitialEvents'),
  );
  const file = await cluster.writeKubeconfig('pages');
  const watch = cluster.watch(file, [test.kind]);
  await untilStates(watch, ['live']);
  expect(held(watch)).toEqual(expected);
  await untilFollowed(watch, 'later');
  // The refusal and the first page, two more pages, and the watch.
  expect(spent()).toEqual({
    discovery: 0,
    list: 2,
    page: 2,
    check: 0,
    watch: 1,
  });

  const asked = refusal.hits.length;
  cluster.link.break();
  await untilFollowed(watch, 'later');
  expect(refusal.hits).toHaveLength(asked);
});

it('leaves what was known when it breaks off', async () => {
  const file = await cluster.writeKubeconfig('broken');
  const watch = cluster.watch(file, [test.kind]);
  await untilStates(watch, ['live']);
  const told: string[] = [];
  watch.subscribe(({ changes }) =>
    told.push(...changes.map(({ object }) => object.metadata.name)),
  );
  let pieces = 0;
  // 410 as status makes it list again; the list breaks after its third piece, once.
  cluster.link.impose(
    {
      answer: response => {
        response.statusCode = 410;
        response.end('{"kind":"Status","code":410,"reason":"Expired"}');
      },
    },
    ({ purpose, resource }) => purpose === 'watch' && resource === 'workflows',
  );
  cluster.link.impose(
    {
      relay: async (piece, exchange) => {
        pieces += 1;
        await exchange.send(piece);
        if (pieces === 3) {
          exchange.reset();
        }
      },
    },
    ({ purpose, resource }) => purpose === 'list' && resource === 'workflows',
  );
  cluster.link.break();
  await until('broken off', () => pieces >= 3);
  expect(held(watch)).toEqual(expected);
  await until('listed again', () => watch.statistics()[0].lists >= 3);
  await untilStates(watch, ['live'], 35_000);
  expect(held(watch)).toEqual(expected);
  // Every object was sent more than once, and nothing had changed.
  expect(told).toEqual([]);
});
