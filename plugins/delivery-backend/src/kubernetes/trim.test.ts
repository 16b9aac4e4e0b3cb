import { Resource } from './Discovery';
import { trimObject } from './trim';
import { KindRef, KubernetesObject } from './types';

const kind: KindRef = { group: 'argoproj.io', kind: 'Workflow' };
const resource: Resource = {
  apiVersion: 'argoproj.io/v1alpha1',
  version: 'v1alpha1',
  plural: 'workflows',
  namespaced: true,
};

const raw = () => ({
  metadata: {
    name: 'run',
    uid: '1',
    resourceVersion: '2',
    creationTimestamp: '2026-11-24T05:00:00Z',
    labels: { app: 'shop' },
    annotations: {
      'kubectl.kubernetes.io/last-applied-configuration': '{"canary":1}',
      'app.oam.dev/last-applied-configuration': '{"canary":1}',
      'app.oam.dev/publishVersion': 'v1',
    },
    managedFields: [{ manager: 'kubectl' }],
  },
  spec: { arguments: { parameters: [{ name: 'token', value: 'canary' }] } },
  status: { phase: 'Running' },
});

it('drops managed fields and copies of applied manifests, and names the kind', () => {
  const { metadata, ...fields } = raw();
  const { managedFields, annotations, ...kept } = metadata;
  expect(trimObject(raw(), kind, resource)).toEqual({
    ...fields,
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Workflow',
    metadata: {
      ...kept,
      annotations: { 'app.oam.dev/publishVersion': 'v1' },
    },
  });
});

it('lets the source of a kind drop more before anything is stored', () => {
  const trim = (object: KubernetesObject) => {
    delete (object.spec as { arguments?: unknown }).arguments;
    return object;
  };
  const trimmed = trimObject(raw(), { ...kind, trim }, resource);
  expect(JSON.stringify(trimmed)).not.toContain('canary');
  expect(trimmed).toMatchObject({ spec: {}, status: { phase: 'Running' } });
});

it('keeps metadata alone when a source fails to drop what it must', () => {
  const trim = () => {
    throw new TypeError('spec is not what it was');
  };
  const trimmed = trimObject(raw(), { ...kind, trim }, resource)!;
  expect(Object.keys(trimmed)).toEqual(['apiVersion', 'kind', 'metadata']);
});

it('keeps metadata alone of a Secret, whatever is asked for', () => {
  const secret = {
    ...raw(),
    data: { password: 'Y2FuYXJ5' },
    stringData: { password: 'canary' },
  };
  const trim = (object: KubernetesObject) => ({ ...object, ...secret });
  const trimmed = trimObject(
    secret,
    { group: '', kind: 'Secret', trim },
    { ...resource, apiVersion: 'v1' },
  )!;
  expect(Object.keys(trimmed)).toEqual(['apiVersion', 'kind', 'metadata']);
  expect(JSON.stringify(trimmed)).not.toMatch(/canary|Y2FuYXJ5/);
});

it.each([[null], [7], [{}], [{ metadata: {} }], [{ metadata: { name: 'a' } }]])(
  'is undefined for %j, which is no stored object',
  nothing => {
    expect(trimObject(nothing, kind, resource)).toBeUndefined();
  },
);
