import { RealCluster } from '../__testing__/RealCluster';

const RBAC = '/apis/rbac.authorization.k8s.io/v1';

/** A service account that may watch what it is allowed to, and nothing else. */
export class WatcherAccount {
  constructor(private readonly cluster: RealCluster, readonly name: string) {}

  async create(): Promise<void> {
    await this.cluster.send('POST', this.#accounts, {
      metadata: { name: this.name },
    });
  }

  /** @param resource - as in `widgets.example.com`, or `configmaps` */
  async allow(resource: string): Promise<void> {
    const [plural, ...group] = resource.split('.');
    const name = this.#role(resource);
    await this.cluster.send('POST', `${RBAC}/clusterroles`, {
      metadata: { name },
      rules: [
        {
          apiGroups: [group.join('.')],
          resources: [plural],
          verbs: ['list', 'watch'],
        },
      ],
    });
    await this.cluster.send('POST', `${RBAC}/clusterrolebindings`, {
      metadata: { name },
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'ClusterRole',
        name,
      },
      subjects: [
        {
          kind: 'ServiceAccount',
          name: this.name,
          namespace: this.cluster.namespace,
        },
      ],
    });
  }

  async forbid(resource: string): Promise<void> {
    const name = this.#role(resource);
    for (const kind of ['clusterrolebindings', 'clusterroles']) {
      await this.cluster.send('DELETE', `${RBAC}/${kind}/${name}`);
    }
  }

  /** Whether the API server lets it read a kind of the core group everywhere, by now. */
  async may(plural: string): Promise<boolean> {
    const { status } = await this.cluster.send(
      'POST',
      '/apis/authorization.k8s.io/v1/subjectaccessreviews',
      {
        spec: {
          user: `system:serviceaccount:${this.cluster.namespace}:${this.name}`,
          resourceAttributes: { verb: 'list', resource: plural },
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

  get #accounts(): string {
    return `/api/v1/namespaces/${this.cluster.namespace}/serviceaccounts`;
  }

  #role(resource: string): string {
    return `${this.cluster.namespace}-${this.name}-${resource}`;
  }
}
