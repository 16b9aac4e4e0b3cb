import { readFileSync } from 'node:fs';
import path from 'node:path';
import { deliveryFor, isNo, stageOf } from '../../__testUtils__/deliveryFor';
import {
  application,
  COMMIT,
  healthyPipeline,
  oamApplication,
} from '../../__testUtils__/objects';
import { readOamApplication } from './oamApplication';
import { roleOf } from './rendered';
import { trimOamApplication } from './trim';

/** KubeVela wrote them on the local platform. */
const recorded: Record<string, any> = JSON.parse(
  readFileSync(
    path.resolve(__dirname, '__fixtures__/applications.json'),
    'utf8',
  ),
);

const read = (object: any) =>
  readOamApplication(trimOamApplication(structuredClone(object)));

describe('an OAM Application', () => {
  it('tells its revision, its steps and what it rendered', () => {
    expect(read(recorded.running)).toMatchObject({
      phase: 'running',
      revision: 'alpha-v1',
      steps: [{ name: 'alpha', type: 'apply-component', phase: 'succeeded' }],
      rendered: [
        { kind: 'Deployment', group: 'apps', name: 'alpha', role: 'workload' },
        { kind: 'Service', group: '', name: 'alpha', role: 'network' },
      ],
      refused: undefined,
    });
  });

  it('that KubeVela cannot use is refused, whatever its phase', () => {
    expect(read(recorded.unparsable)).toMatchObject({
      phase: 'rendering',
      refused: expect.stringContaining('"no-such-component" not found'),
    });
    const { status } = recorded.unparsable;
    const delivery = deliveryFor([
      ...healthyPipeline().filter(isNo('Application')),
      application('dev', COMMIT),
      oamApplication('dev', COMMIT, { status }),
    ]);
    expect(stageOf(delivery, 'run:dev')).toMatchObject({
      status: 'failed',
      sentence: { code: 'run.failed' },
      diagnosis: {
        evidence: expect.stringContaining('"no-such-component" not found'),
      },
    });
  });

  it('names the step inside a group that failed', () => {
    const status = {
      status: 'workflowFailed',
      workflow: {
        steps: [
          {
            name: 'all',
            type: 'step-group',
            phase: 'failed',
            subSteps: [
              { name: 'table', phase: 'failed', message: 'no such region' },
            ],
          },
        ],
      },
    };
    expect(read({ ...recorded.running, status }).failedStep).toEqual({
      name: 'table',
      message: 'no such region',
    });
  });
});

it.each([
  ['Rollout', 'argoproj.io', 'workload'],
  ['Ingress', 'networking.k8s.io', 'network'],
  ['Policy', 'iam.services.k8s.aws', 'identity'],
  ['PodIdentityAssociation', 'eks.services.k8s.aws', 'identity'],
  ['Table', 'dynamodb.services.k8s.aws', 'storage'],
  ['Bucket', 's3.services.k8s.aws', 'storage'],
  ['ExternalSecret', 'external-secrets.io', 'configuration'],
  ['PodDisruptionBudget', 'policy', 'scaling'],
  ['AnalysisTemplate', 'argoproj.io', 'check'],
  ['Widget', 'example.com', 'other'],
])('a %s of %s is %s', (kind, group, role) => {
  expect(roleOf({ kind, group })).toBe(role);
});
