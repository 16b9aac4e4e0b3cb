import {
  APPLICATION,
  PIPELINE,
  manifestAnnotations,
  message,
  type Garden,
  type Plant,
} from './plant';

const COMMIT = 'c0ffee'.repeat(6).padEnd(40, '0');
const AT = '2026-11-24T08:05:00Z';

/**
 * The Application of the pipeline folder and those of the environments. They are where
 * the real Argo CD does not look, so nobody corrects them.
 */
export function argoCdPlants(garden: Garden): Plant[] {
  return [
    // The pipeline is there, so nobody is told why it would not be.
    application({ ...garden, shown: () => '' }, PIPELINE, undefined),
    application(garden, `${APPLICATION}-dev-cd`, 'dev'),
    application(garden, `${APPLICATION}-prod-cd`, 'prod'),
  ];
}

function application(
  garden: Garden,
  name: string,
  environment?: string,
): Plant {
  const { namespace } = garden;
  const of = `Application ${name}`;
  return {
    path: `/apis/argoproj.io/v1alpha1/namespaces/${namespace}/applications`,
    object: {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: {
        name,
        labels: {
          'app.kubernetes.io/name': environment ? APPLICATION : PIPELINE,
          'app.kubernetes.io/component': 'argocd-application',
        },
        annotations: {
          ...manifestAnnotations(garden, of),
          ...(environment && { 'cicd.kro.run/environment': environment }),
        },
      },
      spec: {
        project: 'default',
        destination: { server: 'https://kubernetes.default.svc', namespace },
        source: source(garden, `source, ${of}`),
        info: [{ name: 'token', value: garden.secret(`info, ${of}`) }],
        syncPolicy: { syncOptions: [garden.secret(`sync option, ${of}`)] },
      },
      operation: operation(garden, `wanted, ${of}`),
      status: status(garden, of),
    },
  };
}

function source({ secret }: Garden, of: string) {
  const mark = (field: string) => secret(`${field} of ${of}`);
  return {
    repoURL: `https://ci:${mark(
      'user information',
    )}@git.example/team/canary.git`,
    path: `deployment/${mark('path')}`,
    targetRevision: 'main',
    helm: {
      parameters: [{ name: 'password', value: mark('Helm parameter') }],
      values: `password: ${mark('Helm values')}`,
      valuesObject: { password: mark('Helm values object') },
      fileParameters: [{ name: 'a', path: mark('Helm file') }],
    },
    kustomize: {
      patches: [{ patch: mark('Kustomize patch'), target: { kind: 'Secret' } }],
      images: [mark('Kustomize image')],
      commonAnnotations: { a: mark('Kustomize annotation') },
    },
    plugin: { env: [{ name: 'TOKEN', value: mark('plugin environment') }] },
  };
}

function operation(garden: Garden, of: string) {
  const { secret } = garden;
  return {
    info: [{ name: 'Reason', value: secret(`operation's info, ${of}`) }],
    // Who did it is shown.
    initiatedBy: { username: 'somebody' },
    sync: {
      manifests: [secret(`manifest, ${of}`)],
      revision: COMMIT,
      source: source(garden, `operation, ${of}`),
    },
  };
}

function status(garden: Garden, of: string) {
  const { secret, namespace } = garden;
  const resource = {
    group: 'core.oam.dev',
    version: 'v1beta1',
    kind: 'Application',
    namespace,
    name: APPLICATION,
    status: 'Synced',
  };
  return {
    reconciledAt: AT,
    health: { status: 'Degraded', lastTransitionTime: AT },
    sync: {
      status: 'OutOfSync',
      revision: COMMIT,
      comparedTo: {
        source: source(garden, `compared, ${of}`),
        destination: { server: secret(`compared server, ${of}`) },
      },
    },
    conditions: [
      { type: 'SyncError', message: message(garden, `condition, ${of}`) },
    ],
    resources: [resource],
    summary: {
      images: [`registry.example/peeks/${APPLICATION}:${COMMIT}`],
      externalURLs: [`https://${secret(`external URL, ${of}`)}.example`],
    },
    history: [
      {
        id: 1,
        revision: COMMIT,
        deployedAt: AT,
        deployStartedAt: AT,
        initiatedBy: { username: 'somebody' },
        source: source(garden, `history, ${of}`),
      },
    ],
    operationState: {
      phase: 'Failed',
      startedAt: AT,
      finishedAt: AT,
      message: message(
        { ...garden, shown: () => '' },
        `operation's message, ${of}`,
      ),
      operation: operation(garden, `done, ${of}`),
      syncResult: {
        revision: COMMIT,
        source: source(garden, `sync result, ${of}`),
        resources: [
          {
            ...resource,
            message: message(
              { ...garden, shown: () => '' },
              `sync result, ${of}`,
            ),
          },
        ],
      },
    },
  };
}
