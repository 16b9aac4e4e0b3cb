import { RealCluster } from './RealCluster';

const RBAC = '/apis/rbac.authorization.k8s.io/v1';
/** The role of `platform/rbac/reader.yaml`. */
const READER = 'delivery-reader';

/** A service account that may watch what it is allowed to, and nothing else. */
export class WatcherAccount {
  constructor(private readonly cluster: RealCluster, readonly name: string) {}

  async create(): Promise<void> {
    await this.cluster.send('POST', this.#accounts, {
      metadata: { name: this.name },
    });
  }

  /** Lets it read what the reading account may read. */
  async allowReading(): Promise<void> {
    await this.#bind(this.#nameOf(READER), READER);
  }

  async forbidReading(): Promise<void> {
    const name = this.#nameOf(READER);
    await this.cluster.send('DELETE', `${RBAC}/clusterrolebindings/${name}`);
  }

  /**
   * Lets it read a kind that only a test wants read.
   *
   * @param resource - as in `widgets.example.com`, or `events`
   */
  async allow(resource: string): Promise<void> {
    const [plural, ...group] = resource.split('.');
    const name = this.#nameOf(resource);
    await this.cluster.make(`${RBAC}/clusterroles`, {
      metadata: { name },
      rules: [
        {
          apiGroups: [group.join('.')],
          resources: [plural],
          verbs: ['list', 'watch'],
        },
      ],
    });
    await this.#bind(name, name);
  }

  async forbid(resource: string): Promise<void> {
    const name = this.#nameOf(resource);
    for (const kind of ['clusterrolebindings', 'clusterroles']) {
      await this.cluster.send('DELETE', `${RBAC}/${kind}/${name}`);
    }
  }

  /** Whether the API server lets it read a kind everywhere, by now. */
  async may(resource: string): Promise<boolean> {
    const [plural, ...group] = resource.split('.');
    const { status } = await this.cluster.send(
      'POST',
      '/apis/authorization.k8s.io/v1/subjectaccessreviews',
      {
        spec: {
          user: `system:serviceaccount:${this.cluster.namespace}:${this.name}`,
          resourceAttributes: {
            verb: 'list',
            resource: plural,
            group: group.join('.'),
          },
        },
      },
    );
    return status.allowed;
  }

  /**
   * @param secret - a Secret that the token ends with
   */
  async token(secret?: { name: string; uid: string }): Promise<string> {
    const { status } = await this.cluster.send(
      'POST',
      `${this.#accounts}/${this.name}/token`,
      {
        spec: {
          expirationSeconds: 3600,
          boundObjectRef: secret && {
            kind: 'Secret',
            apiVersion: 'v1',
            ...secret,
          },
        },
      },
    );
    return status.token;
  }

  async #bind(name: string, role: string): Promise<void> {
    const { namespace } = this.cluster;
    await this.cluster.make(`${RBAC}/clusterrolebindings`, {
      metadata: { name },
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'ClusterRole',
        name: role,
      },
      subjects: [{ kind: 'ServiceAccount', name: this.name, namespace }],
    });
  }

  get #accounts(): string {
    return `/api/v1/namespaces/${this.cluster.namespace}/serviceaccounts`;
  }

  #nameOf(resource: string): string {
    return `${this.cluster.namespace}-${this.name}-${resource}`;
  }
}
