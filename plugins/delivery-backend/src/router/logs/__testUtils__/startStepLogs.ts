import { createServiceFactory } from '@backstage/backend-plugin-api';
import request from 'supertest';
import { entity } from '../../../__testUtils__/entity';
import {
  buildSteps,
  COMMIT,
  firstBuild,
  healthyPipeline,
  pushBuild,
} from '../../../__testUtils__/objects';
import { startDelivery } from '../../../__testUtils__/startDelivery';
import { FakeLogCluster } from '../../../logs/__testUtils__/FakeLogCluster';
import { StepLogs } from '../../../logs/StepLogs';
import { stepLogsServiceRef } from '../../../logs/stepLogsServiceRef';

export const RUN = 'checkout-cicd-9f3c1';
export const TIME = '2026-11-24T06:03:00.123456789Z';
const ENTITY = '/api/delivery/v1/entities/component/default/checkout';
const TOKEN = 'value-of-a-parameter';

export const pathOf = (step: string, run = RUN) =>
  `${ENTITY}/runs/${run}/steps/${encodeURIComponent(step)}/logs`;

/** A backend with one build under way, and the cluster that has the log of its step. */
export async function startStepLogs() {
  const cluster = new FakeLogCluster();
  const backend = await startDelivery(
    [entity()],
    [
      ...healthyPipeline(),
      firstBuild('Failed', buildSteps('build-and-push', 'Failed', 'exit 1')),
      pushBuild(COMMIT, 'Running', buildSteps('build-and-push')),
    ],
    [
      createServiceFactory({
        service: stepLogsServiceRef,
        deps: {},
        factory: () => new StepLogs(new Map([['local', cluster]])),
      }),
    ],
  );
  const ask = (path: string) => request(backend.server).get(path);
  const buildIsAt = (step: string) => {
    backend.cluster.put(pushBuild(COMMIT, 'Running', buildSteps(step)));
    backend.cluster.flush();
  };

  const { body } = await ask(`${ENTITY}/delivery`);
  const run = body.runs.find((each: { name: string }) => each.name === RUN);
  const step = run.steps.find(
    (each: { name: string }) => each.name === 'build-and-push',
  );
  const pod = `${RUN}-${step.template ? `${step.template}-` : ''}${
    step.id.split('-').at(-1) as string
  }`;

  return {
    backend,
    cluster,
    /** Name of the pod of the step `build-and-push`. */
    pod,
    ask,
    buildIsAt,
    /** As each test finds it: the step runs, and its log has two lines, one with a secret. */
    reset() {
      jest.clearAllMocks();
      buildIsAt('build-and-push');
      cluster.asked.length = 0;
      cluster.failure = undefined;
      cluster.workflow = {
        spec: {
          arguments: { parameters: [{ name: 'git-token', value: TOKEN }] },
        },
      };
      cluster.putPod(pod, RUN);
      cluster.log = `${TIME} cloning with ${TOKEN}\n${TIME.replace(
        '9Z',
        '99Z',
      )} done\n`;
    },
  };
}
