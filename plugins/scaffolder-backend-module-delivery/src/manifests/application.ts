import { InputError } from '@backstage/errors';

/** A container that answers HTTP: definition `appmod-service`. */
export interface ServiceComponent {
  type: 'service';
  enabled?: boolean;
  /** Repository of the image, without a tag: the pipeline writes the tag. */
  image: string;
  /** Port on which the container listens. */
  port: number;
  replicas?: number;
  env?: Record<string, string>;
}

/** A DynamoDB table: definition `ddb-table`. */
export interface TableComponent {
  type: 'table';
  enabled?: boolean;
  region: string;
  partitionKey: string;
  partitionKeyType?: 'S' | 'N' | 'B';
  sortKey?: string;
  sortKeyType?: 'S' | 'N' | 'B';
}

/** Publishes the service under a path: trait `path-based-ingress`. */
export interface IngressComponent {
  type: 'ingress';
  enabled?: boolean;
  domain: string;
  path?: string;
}

/** Lets the service use the table: trait `component-iam-policy`. */
export interface IamComponent {
  type: 'iam';
  enabled?: boolean;
  /** EKS cluster whose Pod Identity hands the policy to the service. */
  clusterName?: string;
}

/** One part of an application. */
export type Component =
  | ServiceComponent
  | TableComponent
  | IngressComponent
  | IamComponent;

/** What an OAM Application is made of. */
export interface ApplicationInput {
  name: string;
  environment: 'dev' | 'prod';
  components: Component[];
}

/** Tag of an image that was not built yet. */
export const NO_IMAGE = 'none';

function only<T extends Component['type']>(
  components: Component[],
  type: T,
): Extract<Component, { type: T }> | undefined {
  const found = components.filter(
    (component): component is Extract<Component, { type: T }> =>
      component.type === type && component.enabled !== false,
  );
  if (found.length > 1) {
    throw new InputError(
      `components: ${found.length} of type "${type}", at most one is possible`,
    );
  }
  return found[0];
}

/**
 * The OAM Application of one environment.
 *
 * @remarks
 * Until the pipeline or a promotion names an image, the manifest carries Argo CD's
 * hook `Skip`: it is complete and reviewable in Git, and not applied.
 *
 * It has no `app.oam.dev/publishVersion`, with which KubeVela would roll out nothing
 * that its owner changes until the next image.
 *
 * @param input - names have been checked by the caller
 * @throws InputError when the parts do not fit together
 */
export function applicationManifest(input: ApplicationInput) {
  const { name, environment, components } = input;
  const service = only(components, 'service');
  const table = only(components, 'table');
  const ingress = only(components, 'ingress');
  const iam = only(components, 'iam');
  if (!service) {
    throw new InputError('components: one of type "service" is needed');
  }
  if (iam && !table) {
    throw new InputError(
      'components: "iam" lets the service use a table; add one of type "table" or remove "iam"',
    );
  }

  const tableName = `${name}-${environment}`;
  // Of the service alone: EKS gives a service account one role, and that to all its pods.
  const serviceAccount = name;
  const env = {
    ...service.env,
    ...(table && { AWS_REGION: table.region, TABLE_NAME: tableName }),
  };
  return {
    apiVersion: 'core.oam.dev/v1beta1',
    kind: 'Application',
    metadata: {
      name,
      labels: {
        'app.kubernetes.io/name': name,
        'backstage.io/kubernetes-id': name,
      },
      annotations: { 'argocd.argoproj.io/hook': 'Skip' },
    },
    spec: {
      components: [
        {
          name,
          type: 'appmod-service',
          // EKS hands rights to a pod only when it starts.
          ...(iam && { dependsOn: [`${name}-table`] }),
          properties: {
            image_name: name,
            image: `${service.image}:${NO_IMAGE}`,
            replicas: service.replicas ?? 1,
            port: 80,
            targetPort: service.port,
            serviceAccount,
            env: Object.entries(env)
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([key, value]) => ({ name: key, value })),
          },
          ...(ingress && {
            traits: [
              {
                type: 'path-based-ingress',
                properties: {
                  domain: ingress.domain,
                  http: { [ingress.path ?? `/${name}`]: 80 },
                },
              },
            ],
          }),
        },
        ...(table
          ? [
              {
                name: `${name}-table`,
                type: 'ddb-table',
                properties: {
                  name: tableName,
                  region: table.region,
                  attributeName: table.partitionKey,
                  attributeType: table.partitionKeyType ?? 'S',
                  ...(table.sortKey && {
                    sortKeyName: table.sortKey,
                    sortKeyType: table.sortKeyType ?? 'S',
                  }),
                },
                ...(iam && {
                  traits: [
                    {
                      type: 'component-iam-policy',
                      properties: {
                        service: 'dynamodb',
                        serviceAccount,
                        ...(iam.clusterName && {
                          clusterName: iam.clusterName,
                        }),
                      },
                    },
                  ],
                }),
              },
            ]
          : []),
      ],
    },
  };
}
