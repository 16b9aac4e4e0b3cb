import {
  APPLICATION,
  PIPELINE,
  manifestAnnotations,
  message,
  type Garden,
  type Plant,
} from './plant';

/** The kro instance, its repositories, and what lies beside them. */
export function pipelinePlants(garden: Garden): Plant[] {
  const { namespace, secret } = garden;
  const core = `/api/v1/namespaces/${namespace}`;
  const condition = (type: string, of: string) => ({
    type,
    status: 'True',
    reason: 'Canary',
    message: message(garden, of),
    lastTransitionTime: '2026-11-24T08:00:00Z',
  });
  return [
    {
      path: `${core}/secrets`,
      object: {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: {
          name: 'gitlab-credentials',
          annotations: manifestAnnotations(garden, 'Secret'),
        },
        stringData: {
          username: secret('user name in a Secret'),
          token: secret('token in a Secret'),
        },
      },
    },
    {
      path: `${core}/configmaps`,
      object: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
          // Argo CD's own name: its settings are read.
          name: 'argocd-cm',
          annotations: manifestAnnotations(garden, 'ConfigMap'),
        },
        data: {
          'timeout.reconciliation': '180s',
          repositories: `- password: ${secret('repositories of argocd-cm')}`,
          'oidc.config': `clientSecret: ${secret('oidc.config of argocd-cm')}`,
        },
      },
    },
    {
      path: '/apis/kro.run/v1alpha1/resourcegraphdefinitions',
      isClusterWide: true,
      object: {
        apiVersion: 'kro.run/v1alpha1',
        kind: 'ResourceGraphDefinition',
        metadata: {
          name: namespace,
          annotations: manifestAnnotations(garden, 'ResourceGraphDefinition'),
        },
        spec: {
          schema: {
            apiVersion: 'v1alpha1',
            kind: 'Canary',
            spec: { a: `string | default="${secret('default of a schema')}"` },
          },
          resources: [
            {
              id: 'secret',
              template: {
                apiVersion: 'v1',
                kind: 'Secret',
                // There is no such resource: kro refuses, and makes no kind of it.
                metadata: { name: '${nothing.metadata.name}' },
                stringData: { token: secret('template of a graph') },
              },
            },
          ],
        },
      },
    },
    {
      path: `/apis/kro.run/v1alpha1/namespaces/${namespace}/cicdpipelines`,
      object: {
        apiVersion: 'kro.run/v1alpha1',
        kind: 'CICDPipeline',
        metadata: {
          name: `${PIPELINE}-pipeline`,
          annotations: {
            ...manifestAnnotations(garden, 'CICDPipeline'),
            // It is there to be read; nothing has to come of it.
            'kro.run/reconcile': 'suspended',
          },
        },
        spec: {
          name: PIPELINE,
          aws: {
            region: secret('region of CICDPipeline'),
            accountId: secret('account of CICDPipeline'),
          },
          application: {
            name: APPLICATION,
            dockerfilePath: secret('path of CICDPipeline'),
          },
          gitlab: {
            hostname: `u:${secret('host of CICDPipeline')}@git.example`,
            username: secret('user name of CICDPipeline'),
            credentialsSecret: secret('name of a Secret in CICDPipeline'),
          },
          hub: { hostname: secret('hub of CICDPipeline') },
          environments: {
            dev: { namespace, server: secret('server in CICDPipeline') },
            prod: { namespace },
          },
        },
      },
    },
    ...['main', 'cache'].map(use => ({
      path: `/apis/ecr.services.k8s.aws/v1alpha1/namespaces/${namespace}/repositories`,
      object: {
        apiVersion: 'ecr.services.k8s.aws/v1alpha1',
        kind: 'Repository',
        metadata: {
          name: `${PIPELINE}-${use}-repo`,
          annotations: manifestAnnotations(garden, 'Repository'),
        },
        spec: {
          name: `peeks/${APPLICATION}`,
          policy: JSON.stringify({ Id: secret('policy of Repository') }),
          lifecyclePolicy: secret('lifecycle policy of Repository'),
          tags: [{ key: 'token', value: secret('tag of Repository') }],
        },
      },
      ...(use === 'main' && {
        afterController: true,
        status: {
          conditions: [
            condition('ACK.Terminal', 'condition of Repository'),
            // The controller is content with it.
            { type: 'ACK.ResourceSynced', status: 'True' },
          ],
        },
      }),
    })),
  ];
}
