import type { KubernetesObject } from './cluster/manifests.ts';

/** A kind whose objects belong to a golden path. */
export interface RecordedKind {
  apiVersion: string;
  kind: string;
  /** File name without its ending: plural and group. */
  file: string;
}

/** Kinds of a recording. No Secret is among them. */
export const RECORDED_KINDS: readonly RecordedKind[] = [
  ['kro.run/v1alpha1', 'ResourceGraphDefinition', 'resourcegraphdefinitions'],
  ['kro.run/v1alpha1', 'CICDPipeline', 'cicdpipelines'],
  ['argoproj.io/v1alpha1', 'WorkflowTemplate', 'workflowtemplates'],
  ['argoproj.io/v1alpha1', 'Workflow', 'workflows'],
  ['argoproj.io/v1alpha1', 'EventBus', 'eventbus'],
  ['argoproj.io/v1alpha1', 'EventSource', 'eventsources'],
  ['argoproj.io/v1alpha1', 'Sensor', 'sensors'],
  ['argoproj.io/v1alpha1', 'AppProject', 'appprojects'],
  ['argoproj.io/v1alpha1', 'Application', 'applications'],
  ['core.oam.dev/v1beta1', 'Application', 'applications'],
  ['ecr.services.k8s.aws/v1alpha1', 'Repository', 'repositories'],
  ['apps/v1', 'Deployment', 'deployments'],
  ['v1', 'Pod', 'pods'],
  ['v1', 'ConfigMap', 'configmaps'],
].map(([apiVersion, kind, plural]) => {
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  return { apiVersion, kind, file: group ? `${plural}.${group}` : plural };
});

const UID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const ADDRESS = /127\.0\.0\.1:\d+/g;
const FIXTURE_ADDRESS = 'git.example.com';
const APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
/** Parameters whose values are secrets or might be. */
const SECRET_NAME = /token|password|secret$/i;

/** Tells whether an object belongs to an application: by label, by namespace, or by its name in Argo CD. */
export function belongsTo(object: KubernetesObject, app: string): boolean {
  const { name, namespace = '', labels = {} } = object.metadata;
  return (
    object.kind === 'ResourceGraphDefinition' ||
    labels['app.kubernetes.io/name'] === app ||
    ['', '-dev', '-prod'].some(it => namespace === `team-${app}${it}`) ||
    ['project', 'cicd', 'dev-cd', 'prod-cd'].some(it => name === `${app}-${it}`)
  );
}

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutSecrets);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value);
  const name = 'name' in value ? value.name : undefined;
  const secret = typeof name === 'string' && SECRET_NAME.test(name);
  return Object.fromEntries(
    entries.map(([key, content]) => [
      key,
      secret && key === 'value' ? 'removed' : withoutSecrets(content),
    ]),
  );
}

/**
 * Makes recorded objects fit for a repository: without what the API server keeps for itself, with the same ids and
 * addresses in each recording, and without secrets. Times stay: what happened when is what a fixture is for.
 */
export function stabilise(objects: KubernetesObject[]): KubernetesObject[] {
  const stripped = objects.map(object => {
    const {
      managedFields: _fields,
      resourceVersion: _version,
      selfLink: _link,
      annotations,
      ...metadata
    } = object.metadata;
    const kept = Object.entries(annotations ?? {}).filter(
      ([key]) => key !== APPLIED,
    );
    return {
      ...object,
      metadata: {
        ...metadata,
        ...(kept.length > 0 && { annotations: Object.fromEntries(kept) }),
      },
    };
  });
  const ids = new Map<string, string>();
  const text = JSON.stringify(withoutSecrets(stripped))
    .replace(UID, uid => {
      const known =
        ids.get(uid) ??
        `00000000-0000-4000-8000-${String(ids.size + 1).padStart(12, '0')}`;
      ids.set(uid, known);
      return known;
    })
    .replace(ADDRESS, FIXTURE_ADDRESS);
  return JSON.parse(text);
}
