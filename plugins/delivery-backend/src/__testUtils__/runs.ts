import { object, type Fields, type Options } from './object';

/** Names and phases of the steps of a run, in order. */
type Steps = Array<[name: string, phase: string, message?: string]>;

export function workflow(
  name: string,
  phase: string | undefined,
  options: Options & { steps?: Steps; tag?: string; labels?: Fields } = {},
) {
  const { steps = [], tag, labels } = options;
  return object('argoproj.io/v1alpha1', 'Workflow', name, 'team-checkout', {
    metadata: { labels, ...options.metadata },
    spec: {
      workflowTemplateRef: { name: 'checkout-cicd-cicd-workflow' },
      arguments: {
        parameters: [
          { name: 'git-token', value: 'glpat-canary-token' },
          ...(tag ? [{ name: 'image-tag', value: tag }] : []),
        ],
      },
      ...options.spec,
    },
    status: {
      phase,
      startedAt: phase && '2026-11-24T06:02:00Z',
      finishedAt:
        phase && !['Pending', 'Running'].includes(phase)
          ? '2026-11-24T06:05:00Z'
          : undefined,
      progress: `${steps.filter(([, p]) => p === 'Succeeded').length}/${
        steps.length
      }`,
      nodes: nodes(name, steps),
      ...options.status,
    },
  });
}

function nodes(run: string, steps: Steps) {
  const ids = steps.map(([name]) => `${run}-${name}`);
  return Object.fromEntries([
    [
      run,
      { id: run, displayName: run, type: 'DAG', children: ids.slice(0, 1) },
    ],
    ...steps.map(([name, phase, message], index) => [
      ids[index],
      {
        id: ids[index],
        displayName: name,
        templateName: name,
        type: phase === 'Omitted' ? 'Skipped' : 'Pod',
        phase,
        message,
        boundaryID: run,
        children: ids.slice(index + 1, index + 2),
        startedAt: `2026-11-24T06:02:${String(10 + index)}Z`,
        finishedAt:
          phase === 'Succeeded' || phase === 'Failed'
            ? `2026-11-24T06:03:${String(10 + index)}Z`
            : null,
        inputs: {
          parameters: [{ name: 'git-token', value: 'glpat-canary-token' }],
        },
      },
    ]),
  ]);
}

const BUILD_STEPS = [
  'checkout-code',
  'run-tests',
  'build-and-push',
  'update-deployment',
  'notify-completion',
];

/** The steps of a build that ended or is at the named step. */
export function buildSteps(
  at?: string,
  phase = 'Running',
  message?: string,
): Steps {
  const index = at ? BUILD_STEPS.indexOf(at) : BUILD_STEPS.length;
  return BUILD_STEPS.flatMap((name, place): Steps => {
    if (place < index) {
      return [[name, 'Succeeded']];
    }
    if (place === index) {
      return [[name, phase, message]];
    }
    return phase === 'Failed' ? [[name, 'Omitted']] : [];
  });
}

export function setupRun(phase?: string, steps?: Steps) {
  return workflow('checkout-cicd-setup-workflow', phase, {
    steps,
    spec: {
      workflowTemplateRef: { name: 'checkout-cicd-provisioning-workflow' },
    },
    metadata: { creationTimestamp: '2026-11-24T06:00:30Z' },
  });
}

export function firstBuild(phase?: string, steps?: Steps) {
  return workflow('checkout-cicd-initial-build-workflow', phase, {
    steps,
    tag: 'initial',
    metadata: { creationTimestamp: '2026-11-24T06:01:30Z' },
  });
}

/** A build that a push started. */
export function pushBuild(
  commit: string,
  phase?: string,
  steps?: Steps,
  metadata: Fields = {},
) {
  return workflow(`checkout-cicd-${commit.slice(0, 5)}`, phase, {
    steps,
    tag: commit,
    metadata: { creationTimestamp: '2026-11-24T06:02:00Z', ...metadata },
    labels: {
      'events.argoproj.io/sensor': 'checkout-cicd-gitlab-sensor',
      'events.argoproj.io/trigger': 'gitlab-workflow-trigger',
    },
  });
}
