import {
  PIPELINE,
  container,
  manifestAnnotations,
  type Garden,
  type Plant,
} from './plant';

/** What waits for pushes; the real controllers write the status of these. */
export function argoEventsPlants(garden: Garden): Plant[] {
  const { namespace, secret } = garden;
  const plant = (plural: string, kind: string, name: string, spec: object) => ({
    path: `/apis/argoproj.io/v1alpha1/namespaces/${namespace}/${plural}`,
    object: {
      apiVersion: 'argoproj.io/v1alpha1',
      kind,
      metadata: { name, annotations: manifestAnnotations(garden, kind) },
      spec,
    },
  });
  const mark = (of: string) => secret(`${of} of Argo Events`);
  return [
    plant('eventbus', 'EventBus', 'default', {
      jetstreamExotic: {
        url: `nats://u:${mark('bus address')}@127.0.0.1:4222`,
        accessSecret: { name: mark('bus secret'), key: 'auth' },
        streamConfig: mark('stream configuration'),
      },
    }),
    plant('eventsources', 'EventSource', `${PIPELINE}-gitlab-eventsource`, {
      template: { container: container(garden, 'EventSource') },
      gitlab: {
        push: {
          webhook: {
            endpoint: `/${mark('endpoint')}`,
            port: '12000',
            method: 'POST',
          },
          projects: [mark('project')],
          accessToken: { name: 'gitlab-credentials', key: mark('secret key') },
          secretToken: { name: mark('secret name'), key: 'token' },
          gitlabBaseURL: `https://u:${mark('base URL')}@git.example`,
        },
      },
    }),
    plant('sensors', 'Sensor', `${PIPELINE}-gitlab-sensor`, {
      template: { container: container(garden, 'Sensor') },
      dependencies: [
        {
          name: 'push',
          eventSourceName: `${PIPELINE}-gitlab-eventsource`,
          eventName: 'push',
          transform: { script: `return "${mark('transformation')}"` },
          filters: {
            data: [{ path: 'a', type: 'string', value: [mark('filter')] }],
          },
        },
      ],
      triggers: [
        {
          template: {
            name: 'http',
            http: {
              url: `https://u:${mark('trigger URL')}@hook.example`,
              headers: { Authorization: `Bearer ${mark('trigger header')}` },
              payload: [
                {
                  dest: 'a',
                  src: {
                    dependencyName: 'push',
                    value: mark('payload default'),
                  },
                },
              ],
            },
          },
          parameters: [
            {
              dest: 'http.url',
              src: { dependencyName: 'push', value: mark('parameter default') },
            },
          ],
        },
      ],
    }),
  ];
}
