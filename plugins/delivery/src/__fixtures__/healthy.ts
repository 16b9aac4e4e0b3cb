import type { Delivery } from '@golden-path/plugin-delivery-common';
import {
  COMMIT,
  delivery,
  environment,
  image,
  IMAGE_REPOSITORY,
  run,
  say,
  sources,
  stage,
  succeededBuild,
} from './parts';
import type { Ago } from './parts';

const LINKS = {
  source: {
    title: 'Commit 41d07e2',
    url: `https://git.example.com/platform/checkout/commit/${COMMIT.previous}`,
  },
  argoCd: {
    title: 'Argo CD',
    url: 'https://hub.example.com/argocd/applications/argocd/checkout-dev-cd',
  },
};

/** Dev runs the newest commit, prod holds nothing yet. */
export function healthyDev(ago: Ago): Delivery {
  const tag = COMMIT.previous;
  return delivery({
    summary: {
      status: 'succeeded',
      sentence: say('summary.healthy', { tag, environment: 'dev' }),
    },
    stages: [
      stage('source', {
        status: 'succeeded',
        word: tag,
        sentence: say('source.pushed', { commit: tag }),
        since: ago(64),
        links: [LINKS.source],
      }),
      stage('pipeline', {
        status: 'succeeded',
        word: 'ACTIVE · Ready=True',
        sentence: say('pipeline.active'),
        since: ago(60 * 26),
      }),
      stage('trigger', {
        status: 'succeeded',
        word: 'Deployed',
        sentence: say('trigger.listening'),
        since: ago(60 * 26),
      }),
      stage('build', {
        status: 'succeeded',
        word: 'Succeeded',
        sentence: say('build.succeeded', { run: 'checkout-cicd-7xk2p', tag }),
        since: ago(61),
        links: [
          {
            title: 'Argo Workflows',
            url: 'https://hub.example.com/argo-workflows/workflows/team-checkout/checkout-cicd-7xk2p',
          },
        ],
      }),
      stage('image', {
        status: 'succeeded',
        word: IMAGE_REPOSITORY,
        sentence: say('image.newest', { tag }),
        since: ago(61),
      }),
      stage('deploy:dev', {
        status: 'succeeded',
        word: 'Synced · Healthy',
        sentence: say('deploy.synced'),
        since: ago(58),
        links: [LINKS.argoCd],
      }),
      stage('run:dev', {
        status: 'succeeded',
        word: 'running',
        sentence: say('run.healthy', { tag }),
        since: ago(57),
      }),
      stage('promotion:prod', {
        status: 'waiting',
        sentence: say('promotion.first', { tag, to: 'prod' }),
      }),
      stage('deploy:prod', {
        status: 'waiting',
        word: 'Synced · Healthy',
        sentence: say('deploy.nothing.promotion'),
      }),
      stage('run:prod', { status: 'waiting', sentence: say('run.nothing') }),
    ],
    runs: [
      succeededBuild('checkout-cicd-7xk2p', ago(63), tag),
      succeededBuild('checkout-cicd-m2v8d', ago(60 * 22), COMMIT.oldest),
      run('checkout-cicd-initial-build-workflow', {
        purpose: 'initial-build',
        phase: 'Succeeded',
        status: 'succeeded',
        imageTag: 'initial',
        createdAt: ago(60 * 25.9),
        startedAt: ago(60 * 25.9),
        finishedAt: ago(60 * 25.85),
        progress: { done: 5, total: 5 },
        steps: succeededBuild('x', ago(60 * 25.9), tag).steps,
      }),
      setUp(ago),
    ],
    environments: [
      environment('dev', {
        argoCd: {
          sync: 'Synced',
          health: 'Healthy',
          revision: 'be1f7043aa8890cd12ef34567890abcdef123456',
          operation: 'Succeeded',
          resources: 9,
          reconciledAt: ago(1),
          deployedAt: ago(58),
        },
        image: image(tag),
        pods: { ready: 3, desired: 3 },
        oam: {
          name: 'checkout',
          namespace: 'team-checkout-dev',
          phase: 'running',
          services: [
            { name: 'checkout', healthy: true },
            { name: 'orders-table', healthy: true },
          ],
        },
      }),
      environment('prod', {
        argoCd: {
          sync: 'Synced',
          health: 'Healthy',
          revision: 'be1f7043aa8890cd12ef34567890abcdef123456',
          reconciledAt: ago(1),
        },
      }),
    ],
    sources: sources(ago),
  });
}

/** The one-time set-up: its last two steps run side by side. */
export function setUp(ago: Ago) {
  const step = (id: string, dependsOn: string[], from: number, to: number) => ({
    id,
    name: id,
    template: id,
    type: 'Pod',
    phase: 'Succeeded',
    status: 'succeeded' as const,
    startedAt: ago(60 * 26 - from),
    finishedAt: ago(60 * 26 - to),
    dependsOn,
  });
  return run('checkout-cicd-setup-workflow', {
    purpose: 'setup',
    phase: 'Succeeded',
    status: 'succeeded',
    createdAt: ago(60 * 26),
    startedAt: ago(60 * 26),
    finishedAt: ago(60 * 26 - 1.5),
    progress: { done: 4, total: 4 },
    steps: [
      step('validate-resources', [], 0, 0.2),
      step('setup-secrets', ['validate-resources'], 0.2, 0.5),
      step('setup-gitlab-webhook', ['setup-secrets'], 0.5, 0.7),
      step('warm-cache', ['setup-secrets'], 0.5, 1.5),
    ],
  });
}
