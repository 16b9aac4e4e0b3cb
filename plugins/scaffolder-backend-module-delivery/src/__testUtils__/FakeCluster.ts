import { Cluster, Clusters, KINDS, ResourceKind } from '../kubernetes/Cluster';
import { Manifest } from '../manifests/registration';

/** A cluster in memory: what was applied, and what goes wrong when. */
export class FakeCluster implements Cluster {
  readonly name = 'local';
  readonly objects = new Map<string, Manifest>();
  readonly applied: Array<{ object: string; dryRun: boolean }> = [];
  failure: Partial<Record<'version' | 'kinds' | 'get' | 'apply', Error>> = {};
  missing: string[] = [];

  constructor(readonly argoCdNamespace = 'argocd') {}

  async version() {
    this.#fail('version');
    return 'v1.37.2';
  }

  async kinds(group: string) {
    this.#fail('kinds');
    return Object.values(KINDS)
      .filter(kind => kind.group === group && !this.missing.includes(kind.kind))
      .map(kind => kind.kind as string);
  }

  async get(kind: ResourceKind, namespace: string, name: string) {
    this.#fail('get');
    return this.objects.get(`${kind.kind} ${namespace}/${name}`);
  }

  async apply(
    kind: ResourceKind,
    manifest: Manifest,
    options?: { dryRun?: boolean },
  ) {
    this.#fail('apply');
    const object = `${kind.kind} ${manifest.metadata.namespace}/${manifest.metadata.name}`;
    this.applied.push({ object, dryRun: options?.dryRun ?? false });
    if (!options?.dryRun) {
      this.objects.set(object, manifest);
    }
    return { uid: `uid of ${object}` };
  }

  clusters(): Clusters {
    return {
      get: async () => this,
      argoCdNamespace: () => this.argoCdNamespace,
    };
  }

  #fail(method: keyof FakeCluster['failure']) {
    const error = this.failure[method];
    if (error) {
      throw error;
    }
  }
}
