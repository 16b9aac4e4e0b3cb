import {
  APPLICATION,
  container,
  manifestAnnotations,
  message,
  type Garden,
  type Plant,
} from './plant';

/** What an environment runs: the OAM Application and its Deployment. */
export function kubeVelaPlants(garden: Garden): Plant[] {
  const { namespace, secret } = garden;
  const image = `registry.example/peeks/${APPLICATION}:1`;
  return [
    {
      path: `/apis/core.oam.dev/v1beta1/namespaces/${namespace}/applications`,
      object: {
        apiVersion: 'core.oam.dev/v1beta1',
        kind: 'Application',
        metadata: {
          name: APPLICATION,
          annotations: {
            ...manifestAnnotations(garden, 'OAM Application'),
            // The real controller leaves what is meant for another one alone.
            'app.oam.dev/controller-version-require': 'canary',
          },
        },
        spec: {
          components: [
            {
              name: APPLICATION,
              type: 'appmod-service',
              properties: {
                image,
                env: [
                  { name: 'TOKEN', value: secret('component environment') },
                ],
                cmd: [secret('component command')],
              },
              traits: [
                {
                  type: 'env',
                  properties: { TOKEN: secret('trait property') },
                },
              ],
            },
          ],
          policies: [
            {
              name: 'override',
              type: 'override',
              properties: { password: secret('policy property') },
            },
          ],
          workflow: {
            steps: [
              {
                name: 'notify',
                type: 'webhook',
                properties: { url: secret('step property') },
              },
            ],
          },
        },
      },
      status: {
        status: 'unhealthy',
        services: [
          {
            name: APPLICATION,
            healthy: false,
            message: message(garden, 'service of OAM Application'),
            traits: [
              {
                type: 'env',
                healthy: false,
                message: message({ ...garden, shown: () => '' }, 'trait'),
              },
            ],
          },
        ],
        conditions: [
          {
            type: 'Render',
            status: 'False',
            reason: 'Canary',
            lastTransitionTime: '2026-11-24T08:00:00Z',
            message: message({ ...garden, shown: () => '' }, 'OAM condition'),
          },
        ],
        appliedResources: [
          // Names of Secrets are no secrets.
          { apiVersion: 'v1', kind: 'Secret', name: 'gitlab-credentials' },
        ],
      },
    },
    {
      path: `/api/v1/namespaces/${namespace}/pods`,
      object: {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          name: APPLICATION,
          labels: { 'app.oam.dev/name': APPLICATION },
          annotations: manifestAnnotations(garden, 'Pod'),
        },
        spec: {
          // Nobody schedules it, so nobody writes its status.
          schedulerName: 'canary',
          containers: [container(garden, 'Pod')],
        },
      },
      status: {
        containerStatuses: [
          {
            name: 'main',
            image: 'registry.example/tool:1',
            imageID: '',
            ready: false,
            restartCount: 0,
            state: {
              waiting: {
                reason: 'ImagePullBackOff',
                message: message({ ...garden, shown: () => '' }, 'Pod'),
              },
            },
          },
        ],
      },
    },
    {
      path: `/apis/apps/v1/namespaces/${namespace}/deployments`,
      object: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: {
          name: APPLICATION,
          labels: { 'app.oam.dev/name': APPLICATION },
          annotations: manifestAnnotations(garden, 'Deployment'),
        },
        spec: {
          // Seven pods are wanted, which shows; none is made.
          replicas: 7,
          paused: true,
          selector: { matchLabels: { app: APPLICATION } },
          template: {
            metadata: {
              labels: { app: APPLICATION },
              annotations: { note: secret('annotation of a pod template') },
            },
            spec: { containers: [container(garden, 'Deployment')] },
          },
        },
      },
    },
  ];
}
