import { Discovery } from './Discovery';
import { HttpTransport } from './KubeTransport';
import { ManualClock } from './__testing__/clocks';
import { FakeApiServer } from './__testing__/FakeApiServer';
import { deployments, workflows } from './__testing__/kinds';

// Real sockets on a machine that may be busy with other things.
jest.setTimeout(30_000);

const workflow = { group: 'argoproj.io', kind: 'Workflow' };
const deployment = { group: 'apps', kind: 'Deployment' };

let server: FakeApiServer;
let transport: HttpTransport;
let clock: ManualClock;
let discovery: Discovery;

beforeEach(async () => {
  server = new FakeApiServer();
  await server.start();
  server.serve(workflows);
  server.serve(deployments);
  transport = new HttpTransport(server.access());
  clock = new ManualClock();
  discovery = new Discovery(transport, clock);
});

afterEach(async () => {
  transport.close();
  await server.stop();
});

it('finds plural, scope and version, in one request for the groups and one for each of them', async () => {
  const found = await Promise.all([
    discovery.resolve(workflow),
    discovery.resolve(deployment),
    discovery.resolve({ group: 'apps', kind: 'StatefulSet' }),
    discovery.resolve({ group: 'kro.run', kind: 'CICDPipeline' }),
  ]);
  expect(found).toEqual([
    {
      apiVersion: 'argoproj.io/v1alpha1',
      version: 'v1alpha1',
      plural: 'workflows',
      namespaced: true,
    },
    {
      apiVersion: 'apps/v1',
      version: 'v1',
      plural: 'deployments',
      namespaced: true,
    },
    undefined,
    undefined,
  ]);
  expect(server.urls.sort()).toEqual([
    '/apis',
    '/apis/apps/v1',
    '/apis/argoproj.io/v1alpha1',
  ]);
});

it('finds kinds of the core group', async () => {
  server.serve({
    group: '',
    version: 'v1',
    kind: 'Pod',
    plural: 'pods',
    namespaced: true,
  });
  expect(await discovery.resolve({ group: '', kind: 'Pod' })).toMatchObject({
    apiVersion: 'v1',
    plural: 'pods',
  });
  expect(server.urls).toEqual(['/api/v1']);
});

it('prefers the preferred version, and takes another one that serves the kind', async () => {
  // Of the fake server's versions the last one is preferred.
  server.serve({
    ...workflows,
    version: 'v1',
    kind: 'Sensor',
    plural: 'sensors',
  });
  expect(await discovery.resolve(workflow)).toMatchObject({
    version: 'v1alpha1',
  });
  server.serve({ ...workflows, version: 'v1' });
  discovery.invalidate();
  expect(await discovery.resolve(workflow)).toMatchObject({ version: 'v1' });
});

it('answers from memory while the answer is young enough for who asks', async () => {
  await discovery.resolve(workflow);
  clock.advance(10_000);
  await discovery.resolve(workflow);
  expect(server.requests.discovery).toBe(2);
  await discovery.resolve(workflow, 5_000);
  expect(server.requests.discovery).toBe(4);
});

it('keeps no failure', async () => {
  server.next('discovery', 500);
  await expect(discovery.resolve(workflow)).rejects.toMatchObject({
    failure: 'status',
    status: 500,
  });
  expect(await discovery.resolve(workflow)).toBeDefined();
});

it('does not take the error page of a proxy for a cluster without kinds', async () => {
  server.next('discovery', 404);
  await expect(discovery.resolve(workflow)).rejects.toMatchObject({
    status: 404,
  });
  server.next('discovery', 'html');
  await expect(discovery.resolve(workflow)).rejects.toMatchObject({
    failure: 'protocol',
  });
});
