/*
 * Objects as API servers send them, for what recorded ones do not show. `checkout` is
 * the application of all of them.
 */
import { object, type Options } from './object';
import { buildSteps, firstBuild, pushBuild, setupRun } from './runs';

export * from './runs';

export const COMMIT = '9f3c1ab04d5e6f708192a3b4c5d6e7f809182736';
export const OLDER_COMMIT = '41d07e2c9b8a79685746352413029f8e7d6c5b4a';
export const URI =
  '123456789012.dkr.ecr.eu-west-1.amazonaws.com/peeks/checkout';
export const PIPELINE_UID = '5b1e2c1e-0000-4000-8000-000000000001';

const child = { 'kro.run/instance-id': PIPELINE_UID, 'kro.run/owned': 'true' };

/** A condition of any object. */
export function condition(type: string, status = 'True', message?: string) {
  return {
    type,
    status,
    message,
    lastTransitionTime: '2026-11-24T06:01:00Z',
  };
}

/** What defines the pipeline; without resources nothing is known of its parts. */
export function resourceGraph(options: Options = {}) {
  return object(
    'kro.run/v1alpha1',
    'ResourceGraphDefinition',
    'cicdpipeline.kro.run',
    '',
    {
      metadata: { generation: 1, namespace: undefined, ...options.metadata },
      spec: {
        schema: {
          apiVersion: 'v1alpha1',
          kind: 'CICDPipeline',
          group: 'kro.run',
          spec: { password: 'string | default="env-canary-value"' },
        },
        resources: [],
        ...options.spec,
      },
      status: options.status ?? {
        state: 'Active',
        conditions: [
          { ...condition('GraphAccepted'), observedGeneration: 1 },
          { ...condition('Ready'), observedGeneration: 1 },
        ],
      },
    },
  );
}

export function pipeline(options: Options = {}) {
  return object(
    'kro.run/v1alpha1',
    'CICDPipeline',
    'checkout-cicd-pipeline',
    'team-checkout',
    {
      metadata: { uid: PIPELINE_UID, ...options.metadata },
      spec: {
        name: 'checkout-cicd',
        application: { name: 'checkout' },
        environments: {
          prod: { namespace: 'team-checkout-prod' },
          dev: { namespace: 'team-checkout-dev' },
        },
        ...options.spec,
      },
      status: options.status ?? {
        state: 'ACTIVE',
        conditions: [condition('ResourcesReady'), condition('Ready')],
      },
    },
  );
}

export function listener(
  kind: 'EventSource' | 'Sensor' | 'EventBus',
  conditions: object[] = [condition('Deployed')],
) {
  const name = `checkout-cicd-${
    kind === 'EventBus' ? 'eventbus' : `gitlab-${kind.toLowerCase()}`
  }`;
  return object('argoproj.io/v1alpha1', kind, name, 'team-checkout', {
    metadata: { labels: child },
    status: { conditions },
  });
}

export function repository(use: 'main' | 'cache', options: Options = {}) {
  return object(
    'ecr.services.k8s.aws/v1alpha1',
    'Repository',
    `checkout-cicd-${use}-repo`,
    'team-checkout',
    {
      metadata: { labels: child },
      spec: { name: `peeks/checkout${use === 'cache' ? '/cache' : ''}` },
      status: options.status ?? {
        repositoryURI: use === 'main' ? URI : `${URI}/cache`,
        conditions: [condition('ACK.ResourceSynced')],
      },
    },
  );
}

/** The Argo CD Application of an environment; without a tag it holds nothing. */
export function application(
  environment: string,
  tag?: string,
  options: Options = {},
) {
  const namespace = `team-checkout-${environment}`;
  return object(
    'argoproj.io/v1alpha1',
    'Application',
    `checkout-${environment}-cd`,
    'argocd',
    {
      metadata: {
        labels: {
          ...child,
          'app.kubernetes.io/name': 'checkout',
          'app.kubernetes.io/component': 'argocd-application',
        },
        annotations: { 'cicd.kro.run/environment': environment },
        ...options.metadata,
      },
      spec: {
        destination: { server: 'https://kubernetes.default.svc', namespace },
        ...options.spec,
      },
      status: {
        sync: { status: 'Synced', revision: OLDER_COMMIT },
        health: {
          status: 'Healthy',
          lastTransitionTime: '2026-11-24T06:04:40Z',
        },
        operationState: {
          phase: 'Succeeded',
          startedAt: '2026-11-24T06:04:00Z',
          finishedAt: '2026-11-24T06:04:10Z',
        },
        history: tag
          ? [
              {
                deployStartedAt: '2026-11-24T06:04:00Z',
                deployedAt: '2026-11-24T06:04:10Z',
              },
            ]
          : [],
        // A manifest with `argocd.argoproj.io/hook: Skip` is listed without a status.
        resources: [
          {
            group: 'core.oam.dev',
            version: 'v1beta1',
            kind: 'Application',
            namespace,
            name: 'checkout',
            status: tag && 'Synced',
          },
        ],
        summary: tag ? { images: [`${URI}:${tag}`] } : {},
        reconciledAt: '2026-11-24T06:04:30Z',
        ...options.status,
      },
    },
  );
}

export function oamApplication(
  environment: string,
  tag: string,
  options: Options = {},
) {
  return object(
    'core.oam.dev/v1beta1',
    'Application',
    'checkout',
    `team-checkout-${environment}`,
    {
      metadata: options.metadata,
      spec: {
        components: [
          {
            name: 'checkout',
            type: 'appmod-service',
            properties: {
              image: `${URI}:${tag}`,
              env: [{ name: 'PASSWORD', value: 'env-canary-value' }],
            },
          },
          { name: 'table', type: 'ddb-table', properties: {} },
        ],
      },
      status: options.status ?? {
        status: 'running',
        services: [{ name: 'checkout', healthy: true }],
      },
    },
  );
}

export function deployment(environment: string, ready = 2, replicas = 2) {
  return object(
    'apps/v1',
    'Deployment',
    'checkout',
    `team-checkout-${environment}`,
    {
      metadata: { labels: { 'app.oam.dev/name': 'checkout' } },
      spec: {
        replicas,
        template: {
          spec: {
            containers: [
              { env: [{ name: 'PASSWORD', value: 'env-canary-value' }] },
            ],
          },
        },
      },
      status: { readyReplicas: ready },
    },
  );
}

/** Everything of a pipeline that has delivered a commit to dev. */
export function healthyPipeline(tag = COMMIT): object[] {
  return [
    pipeline(),
    setupRun('Succeeded', [['validate-resources', 'Succeeded']]),
    firstBuild('Succeeded', buildSteps()),
    pushBuild(tag, 'Succeeded', buildSteps()),
    listener('EventBus'),
    listener('EventSource'),
    listener('Sensor'),
    repository('main'),
    repository('cache'),
    application('dev', tag),
    application('prod'),
    oamApplication('dev', tag),
    deployment('dev'),
  ];
}
