import type { Entity } from '@backstage/catalog-model';
import { entity } from '../../__testUtils__/entity';
import {
  application,
  buildSteps,
  COMMIT,
  healthyPipeline,
  oamApplication,
  OLDER_COMMIT,
  pushBuild,
} from '../../__testUtils__/objects';

/** Its pipeline, as history names it. */
export const PIPELINE =
  'local/cicdpipeline.kro.run/team-checkout/checkout-cicd-pipeline';

export const ofPayments = {
  ...entity(),
  relations: [{ type: 'ownedBy', targetRef: 'group:default/payments' }],
} as Entity;

/** A pipeline whose build of another commit failed at 06:10. */
export const failing = () => [
  ...healthyPipeline(),
  pushBuild(OLDER_COMMIT, 'Failed', buildSteps('run-tests', 'Failed', 'no'), {
    uid: 'failing',
    creationTimestamp: '2026-11-24T06:10:00Z',
  }),
];

/**
 * A pipeline that brought this to prod at 06:08, where something was before.
 *
 * @param healthySince - when it came to be healthy last
 */
export const inProd = (tag = COMMIT, healthySince?: Date) => [
  ...healthyPipeline().filter(
    (each: any) => each.metadata.name !== 'checkout-prod-cd',
  ),
  application('prod', tag, {
    metadata: { uid: 'prod-1' },
    status: {
      history: [
        { id: 6, deployedAt: '2026-11-24T05:00:00Z' },
        { id: 7, deployedAt: '2026-11-24T06:08:00Z' },
      ],
      health: {
        status: 'Healthy',
        lastTransitionTime:
          healthySince?.toISOString() ?? '2026-11-24T06:04:40Z',
      },
    },
  }),
  oamApplication('prod', tag),
];
