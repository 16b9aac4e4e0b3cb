/**
 * A ResourceGraphDefinition after that of the golden path's authors: the form of an
 * application that needs no KubeVela. Theirs makes a Rollout, which the local platform
 * has no controller for; this one makes a Deployment.
 *
 * @see https://github.com/aws-samples/appmod-blueprints (`appmodservice.kro.run`)
 */
export const appmodServiceGraph = {
  apiVersion: 'kro.run/v1alpha1',
  kind: 'ResourceGraphDefinition',
  metadata: { name: 'appmodservice.kro.run' },
  spec: {
    schema: {
      apiVersion: 'v1alpha1',
      kind: 'AppmodService',
      spec: {
        image: 'string',
        image_name: 'string',
        replicas: 'integer | default=3',
        port: 'integer | default=80',
        targetPort: 'integer | default=8080',
      },
    },
    resources: [
      {
        id: 'deployment',
        template: {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: { name: '${schema.metadata.name}' },
          spec: {
            replicas: '${schema.spec.replicas}',
            selector: { matchLabels: { app: '${schema.spec.image_name}' } },
            template: {
              metadata: { labels: { app: '${schema.spec.image_name}' } },
              spec: {
                containers: [
                  {
                    name: 'service',
                    image: '${schema.spec.image}',
                    ports: [{ containerPort: '${schema.spec.targetPort}' }],
                  },
                ],
              },
            },
          },
        },
      },
      {
        id: 'service',
        template: {
          apiVersion: 'v1',
          kind: 'Service',
          metadata: { name: '${schema.metadata.name}' },
          spec: {
            selector: { app: '${schema.spec.image_name}' },
            ports: [
              {
                port: '${schema.spec.port}',
                targetPort: '${schema.spec.targetPort}',
              },
            ],
          },
        },
      },
    ],
  },
};
