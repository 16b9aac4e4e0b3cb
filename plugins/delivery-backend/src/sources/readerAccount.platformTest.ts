import path from 'node:path';
import { resourceOf } from '../__testUtils__/resources';
import { HttpTransport, KubeConfigAccess } from '../kubernetes';
import { RealCluster } from '../kubernetes/__testing__/RealCluster';
import { readKinds } from '.';

/** What a real API server's authorizer says of the account that the plugin reads with. */
const USER = 'delivery:reader';
const SERVICE_ACCOUNT = 'system:serviceaccount:delivery-system:delivery-reader';

let cluster: RealCluster;
let reader: HttpTransport;

beforeAll(async () => {
  cluster = await RealCluster.connect();
  reader = new HttpTransport(
    new KubeConfigAccess({
      file: path.join(
        process.env.DELIVERY_PLATFORM_DIR ?? '',
        'kubeconfig-reader',
      ),
    }),
  );
});

afterAll(async () => {
  reader?.close();
  await cluster?.close();
});

async function mayDo(
  user: string,
  resourceAttributes: Record<string, string>,
): Promise<boolean> {
  const { status } = await cluster.send(
    'POST',
    '/apis/authorization.k8s.io/v1/subjectaccessreviews',
    {
      spec: {
        user,
        groups: ['system:authenticated'],
        resourceAttributes,
      },
    },
  );
  return status.allowed;
}

const nameOf = (fieldSelector = '') =>
  /^metadata\.name=(.+)$/.exec(fieldSelector)?.[1] ?? '';

describe.each([USER, SERVICE_ACCOUNT])('%s', user => {
  it('may list and watch what is watched, and write nothing of it', async () => {
    for (const kind of readKinds) {
      const { group, fieldSelector } = kind;
      const object = {
        group,
        resource: resourceOf(kind),
        name: nameOf(fieldSelector),
      };
      const allowed: string[] = [];
      for (const verb of [
        'list',
        'watch',
        'create',
        'update',
        'patch',
        'delete',
        'deletecollection',
      ]) {
        if (await mayDo(user, { ...object, verb })) {
          allowed.push(verb);
        }
      }
      expect([object.resource, allowed]).toEqual([
        object.resource,
        ['list', 'watch'],
      ]);
    }
  });

  it.each([
    ['secrets', ''],
    ['configmaps', ''],
    ['serviceaccounts', ''],
    ['events', ''],
    ['nodes', ''],
    ['workflowtemplates', 'argoproj.io'],
    ['clusterroles', 'rbac.authorization.k8s.io'],
  ])('may not read %s', async (resource, group) => {
    for (const verb of ['get', 'list', 'watch']) {
      const question = { verb, resource, group };
      expect([verb, await mayDo(user, question)]).toEqual([verb, false]);
    }
  });

  it.each([
    ['create', 'serviceaccounts', 'token'],
    ['create', 'pods', 'exec'],
    ['get', 'pods', 'exec'],
    ['impersonate', 'users', ''],
    ['escalate', 'clusterroles', ''],
    ['bind', 'clusterroles', ''],
  ])('may not %s %s/%s', async (verb, resource, subresource) => {
    for (const group of ['', 'rbac.authorization.k8s.io']) {
      const question = { verb, resource, subresource, group };
      expect(await mayDo(user, question)).toBe(false);
    }
  });
});

it('is refused by the API server itself', async () => {
  const core = `/api/v1/namespaces/${cluster.namespace}`;
  for (const resource of ['secrets', 'configmaps', 'serviceaccounts']) {
    await expect(reader.get(`${core}/${resource}`)).rejects.toMatchObject({
      status: 403,
    });
  }
  await expect(reader.get('/api/v1/secrets')).rejects.toMatchObject({
    status: 403,
  });
});

it('is a role whose resources are called as discovery calls them', async () => {
  const ours: string[] = [];
  const theirs: string[] = [];
  for (const kind of readKinds) {
    const api = kind.group ? `/apis/${kind.group}` : '/api';
    // Of a system that is not installed there is nothing to compare.
    const group = await cluster.send('GET', api).catch(() => undefined);
    const version = group?.preferredVersion?.version ?? group?.versions?.[0];
    const list = version && (await cluster.send('GET', `${api}/${version}`));
    const found = list?.resources.find(
      (each: { kind: string; name: string }) =>
        each.kind === kind.kind && !each.name.includes('/'),
    );
    if (found) {
      ours.push(resourceOf(kind));
      theirs.push(found.name);
    }
  }
  expect(ours.length).toBeGreaterThanOrEqual(9);
  expect(ours).toEqual(theirs);
});
