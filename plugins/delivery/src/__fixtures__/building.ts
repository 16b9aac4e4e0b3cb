import type { Delivery } from '@golden-path/plugin-delivery-common';
import { healthyDev } from './healthy';
import {
  buildSteps,
  COMMIT,
  delivery,
  environment,
  run,
  say,
  sources,
  stage,
} from './parts';
import type { Ago } from './parts';

/** The form was sent a moment ago; Argo CD has not found the repository yet. */
export function dayZero(ago: Ago): Delivery {
  return delivery({
    summary: { status: 'waiting', sentence: say('summary.missing') },
    stages: [
      stage('source', {
        status: 'waiting',
        sentence: say('source.noPushSeen'),
      }),
      stage('pipeline', {
        status: 'missing',
        sentence: say('summary.missing'),
      }),
      stage('trigger', {
        status: 'waiting',
        sentence: say('trigger.missing'),
      }),
      stage('build', { status: 'waiting', sentence: say('build.none') }),
      stage('image', {
        status: 'waiting',
        sentence: say('image.noRepository'),
      }),
      ...['dev', 'prod'].flatMap(name => [
        ...(name === 'prod'
          ? [
              stage('promotion:prod', {
                status: 'waiting',
                sentence: say('promotion.nothing'),
              }),
            ]
          : []),
        stage(`deploy:${name}`, {
          status: 'waiting',
          sentence: say('deploy.noApplication', { environment: name }),
        }),
        stage(`run:${name}`, {
          status: 'waiting',
          sentence: say('run.nothing'),
        }),
      ]),
    ],
    runs: [],
    environments: [],
    sources: sources(ago),
  });
}

/** kro has made the pipeline; the first image is being built. */
export function firstBuild(ago: Ago): Delivery {
  const name = 'checkout-cicd-initial-build-workflow';
  const startedAt = ago(1);
  return delivery({
    summary: {
      status: 'running',
      sentence: say('summary.firstBuildRunning'),
      stage: 'pipeline',
    },
    stages: [
      stage('source', {
        status: 'waiting',
        sentence: say('source.noPushSeen'),
      }),
      stage('pipeline', {
        status: 'running',
        word: 'IN_PROGRESS · Ready=Unknown',
        sentence: say('pipeline.inProgress'),
        since: ago(2.5),
      }),
      stage('trigger', {
        status: 'succeeded',
        word: 'Deployed',
        sentence: say('trigger.listening'),
        since: ago(2),
      }),
      stage('build', {
        status: 'running',
        word: 'Running',
        sentence: say('build.running', { run: name, step: 'build-and-push' }),
        since: startedAt,
        links: [
          {
            title: 'Argo Workflows',
            url: `https://hub.example.com/argo-workflows/workflows/team-checkout/${name}`,
          },
        ],
      }),
      stage('image', { status: 'waiting', sentence: say('image.waiting') }),
      stage('deploy:dev', {
        status: 'waiting',
        word: 'Synced · Healthy',
        sentence: say('deploy.nothing.first'),
      }),
      stage('run:dev', { status: 'waiting', sentence: say('run.nothing') }),
      stage('promotion:prod', {
        status: 'waiting',
        sentence: say('promotion.nothing'),
      }),
      stage('deploy:prod', {
        status: 'waiting',
        word: 'Synced · Healthy',
        sentence: say('deploy.nothing.promotion'),
      }),
      stage('run:prod', { status: 'waiting', sentence: say('run.nothing') }),
    ],
    runs: [
      run(name, {
        purpose: 'initial-build',
        phase: 'Running',
        status: 'running',
        imageTag: 'initial',
        createdAt: startedAt,
        startedAt,
        progress: { done: 2, total: 5 },
        steps: buildSteps(startedAt, 2, {
          phase: 'Running',
          status: 'running',
        }),
      }),
    ],
    environments: ['dev', 'prod'].map(environmentName =>
      environment(environmentName, {
        argoCd: {
          sync: 'Synced',
          health: 'Healthy',
          revision: 'be1f7043aa8890cd12ef34567890abcdef123456',
          reconciledAt: ago(0.5),
        },
      }),
    ),
    sources: sources(ago),
  });
}

/** A test of the newest commit failed; dev keeps running the one before. */
export function failedBuild(ago: Ago): Delivery {
  const before = healthyDev(ago);
  const name = 'checkout-cicd-9qd4z';
  const startedAt = ago(4);
  const message =
    '2 of 214 tests failed: CartTotal rounds half up, CartTotal sums nothing to zero (exit code 1)';
  const link = {
    title: 'Argo Workflows',
    url: `https://hub.example.com/argo-workflows/workflows/team-checkout/${name}`,
  };
  const values = { run: name, step: 'run-tests' };
  return delivery({
    ...before,
    summary: {
      status: 'failed',
      sentence: say('build.failedAt', values),
      stage: 'build',
    },
    stages: before.stages.map(one => {
      switch (one.id) {
        case 'source':
          return {
            ...one,
            word: COMMIT.newest,
            sentence: say('source.pushed', { commit: COMMIT.newest }),
            since: startedAt,
            links: one.links.map(() => ({
              title: 'Commit 9f3c1ab',
              url: `https://git.example.com/platform/checkout/commit/${COMMIT.newest}`,
            })),
          };
        case 'build':
          return {
            ...one,
            status: 'failed',
            word: 'Failed',
            sentence: say('build.failedAt', values),
            since: ago(3),
            links: [link],
            diagnosis: {
              cause: say('build.failedAt', values),
              evidence: message,
              nextStep: say('build.failed.next'),
            },
          };
        default:
          return one;
      }
    }),
    runs: [
      run(name, {
        purpose: 'build',
        phase: 'Failed',
        status: 'failed',
        imageTag: COMMIT.newest,
        commit: COMMIT.newest,
        message: 'child step-1 failed',
        createdAt: startedAt,
        startedAt,
        finishedAt: ago(3),
        progress: { done: 1, total: 5 },
        steps: buildSteps(startedAt, 1, {
          phase: 'Failed',
          status: 'failed',
          message,
        }),
      }),
      ...before.runs,
    ],
  });
}
