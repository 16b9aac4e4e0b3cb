import type { RecordedDeployment } from '@golden-path/plugin-delivery-common';
import { deliveryFor, isNo, stageOf } from '../../__testUtils__/deliveryFor';
import {
  application,
  COMMIT,
  healthyPipeline,
  oamApplication,
  OLDER_COMMIT,
} from '../../__testUtils__/objects';
import { NOTHING_BEYOND } from '../journey/beyond';

const UID = 'application-of-dev';

const dev = (status: string) => [
  ...healthyPipeline().filter(isNo('Application', 'Deployment')),
  application('dev', COMMIT, {
    metadata: { uid: UID },
    status: {
      // Argo CD forgot the first ones.
      history: [3, 4, 5].map(id => ({
        id,
        revision: OLDER_COMMIT,
        deployStartedAt: `2026-11-24T0${id}:04:00Z`,
        deployedAt: `2026-11-24T0${id}:04:10Z`,
      })),
    },
  }),
  oamApplication('dev', COMMIT, {
    status: {
      status,
      services: [{ name: 'checkout', healthy: status === 'running' }],
    },
  }),
];

const deployment = (
  id: number,
  imageTag: string,
  isHealthy = true,
  applicationUid = UID,
): RecordedDeployment => ({
  environment: 'dev',
  application: 'checkout-dev-cd',
  applicationUid,
  id: String(id),
  outcome: 'succeeded',
  revision: OLDER_COMMIT,
  imageTag,
  finishedAt: `2026-11-24T0${id}:04:10Z`,
  healthyAt: isHealthy ? `2026-11-24T0${id}:04:20Z` : undefined,
});

const FAILED = deployment(5, COMMIT, false);

/** What the failed run of dev offers, where this was deployed before, newest first. */
function offered(past: RecordedDeployment[] | undefined, status = 'unhealthy') {
  const delivery = deliveryFor(dev(status), {
    beyond: {
      ...NOTHING_BEYOND,
      past: past && { runs: [], deployments: past, promotions: [] },
    },
  });
  return stageOf(delivery, 'run:dev')?.diagnosis?.operation;
}

describe('what fails to run', () => {
  it('may go back to the newest deployment that was healthy', () => {
    expect(
      offered([
        FAILED,
        deployment(4, 'broken', false),
        deployment(3, OLDER_COMMIT),
        deployment(2, 'oldest'),
      ]),
    ).toEqual({ operation: 'rollback', environment: 'dev', deployment: 3 });
  });

  it.each<[string, RecordedDeployment[] | undefined]>([
    ['nothing is known of before', undefined],
    ['it is the first', [FAILED]],
    ['nothing before it was healthy', [FAILED, deployment(4, 'broken', false)]],
    ['Argo CD forgot it', [FAILED, deployment(2, OLDER_COMMIT)]],
    [
      'it was of an Application of the same name',
      [FAILED, deployment(3, OLDER_COMMIT, true, 'of-another')],
    ],
    [
      'this image was healthy, too',
      [FAILED, deployment(4, COMMIT), deployment(3, OLDER_COMMIT)],
    ],
  ])('may not go back where %s', (_, past) => {
    expect(offered(past)).toBeUndefined();
  });

  it('is not offered it while it is well', () => {
    expect(
      offered([FAILED, deployment(3, OLDER_COMMIT)], 'running'),
    ).toBeUndefined();
  });
});
