import type { Delivery } from '@golden-path/plugin-delivery-common';
import { dayZero } from './building';
import { healthyDev } from './healthy';
import { delivery, say, sources } from './parts';
import type { Ago } from './parts';

/** The API server has not answered for six minutes; what was known before is shown. */
export function clusterUnreachable(ago: Ago): Delivery {
  const before = healthyDev(ago);
  const lost = ago(6);
  const reason = 'connect ECONNREFUSED 127.0.0.1:6443';
  const cause = say('stage.clusterUnreachable', { cluster: 'local' });
  return delivery({
    ...before,
    summary: { status: 'unknown', sentence: cause, stage: 'pipeline' },
    stages: before.stages.map(stage => ({
      ...stage,
      staleSince: lost,
      ...(stage.kind === 'pipeline' && {
        status: 'unknown' as const,
        diagnosis: {
          cause,
          evidence: reason,
          nextStep: say('stage.clusterUnreachable.next'),
        },
      }),
    })),
    sources: sources(ago, () => ({ state: 'stale', since: lost, reason })),
  });
}

/** The API server has never answered since the backend started: nothing is known. */
export function clusterNeverReached(ago: Ago): Delivery {
  const before = dayZero(ago);
  const reason =
    'API server cannot be reached: connect ECONNREFUSED 127.0.0.1:6443';
  const cause = say('stage.clusterUnreachable', { cluster: 'local' });
  return delivery({
    ...before,
    summary: { status: 'unknown', sentence: cause, stage: 'source' },
    stages: before.stages.map(stage => ({
      ...stage,
      status: 'unknown' as const,
      sentence: cause,
      diagnosis: {
        cause,
        evidence: reason,
        nextStep: say('stage.clusterUnreachable.next'),
      },
    })),
    sources: sources(ago, () => ({ state: 'stale', since: ago(6), reason })),
  });
}

/** The plugin's account may not read Argo CD's Applications. */
export function sourceForbidden(ago: Ago): Delivery {
  const before = healthyDev(ago);
  const values = { kind: 'Application (Argo CD)', cluster: 'local' };
  const reason =
    'applications.argoproj.io is forbidden: User "system:serviceaccount:delivery:reader" cannot list resource "applications" in API group "argoproj.io" at the cluster scope';
  return delivery({
    ...before,
    summary: {
      status: 'unknown',
      sentence: say('stage.forbidden', values),
      stage: 'deploy:dev',
    },
    stages: before.stages.map(stage =>
      stage.kind === 'deploy' || stage.kind === 'run'
        ? {
            ...stage,
            status: 'unknown' as const,
            word: undefined,
            since: undefined,
            links: [],
            sentence: say('stage.forbidden', values),
            diagnosis: {
              cause: say('stage.forbidden', values),
              evidence: reason,
              nextStep: say('stage.forbidden.next'),
            },
          }
        : stage,
    ),
    environments: [],
    sources: sources(ago, ({ system }) =>
      system === 'Argo CD'
        ? { state: 'forbidden', since: ago(180), reason }
        : undefined,
    ),
  });
}

/** The cluster does not serve CICDPipelines. */
export function crdMissing(ago: Ago): Delivery {
  const before = dayZero(ago);
  const cause = say('pipeline.kindNotInstalled', {
    cluster: 'local',
    kind: 'CICDPipeline',
  });
  return delivery({
    ...before,
    summary: { status: 'failed', sentence: cause, stage: 'pipeline' },
    stages: before.stages.map(stage =>
      stage.kind === 'pipeline'
        ? {
            ...stage,
            status: 'failed' as const,
            word: 'Not installed',
            sentence: cause,
            diagnosis: {
              cause,
              nextStep: say('pipeline.kindNotInstalled.next', {
                resourceGroup: 'cicdpipeline.kro.run',
              }),
            },
          }
        : stage,
    ),
    sources: sources(ago, ({ system }) =>
      system === 'kro' ? { state: 'not-installed', since: ago(9) } : undefined,
    ),
  });
}

/** The annotations of the entity name a pipeline that is not there. */
export function annotationToNothing(ago: Ago): Delivery {
  const before = dayZero(ago);
  const cause = say('pipeline.notFound', {
    kind: 'CICDPipeline',
    name: 'chekout-cicd-pipeline',
    namespace: 'team-checkout',
    cluster: 'local',
  });
  return delivery({
    ...before,
    summary: {
      status: 'missing',
      sentence: say('summary.missing'),
      stage: 'pipeline',
    },
    stages: before.stages.map(stage =>
      stage.kind === 'pipeline'
        ? {
            ...stage,
            sentence: cause,
            diagnosis: { cause, nextStep: say('pipeline.notFound.next') },
          }
        : stage,
    ),
  });
}
