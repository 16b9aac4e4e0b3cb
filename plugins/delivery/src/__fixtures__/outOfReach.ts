import type {
  Delivery,
  SourceHealth,
  Stage,
} from '@golden-path/plugin-delivery-common';
import { say } from '@golden-path/plugin-delivery-common';
import { recorded } from './recorded';

const MINUTE = 60_000;
const REFUSED =
  'API server cannot be reached: connect ECONNREFUSED 127.0.0.1:6443';

/** Sets some sources of a delivery to another state. */
export function withSources(
  delivery: Delivery,
  systems: string[] | 'all',
  health: Partial<SourceHealth>,
): Delivery {
  return {
    ...delivery,
    sources: delivery.sources.map(source =>
      systems === 'all' || systems.includes(source.system)
        ? { ...source, ...health }
        : source,
    ),
  };
}

function ago(moment: number, minutes: number): string {
  return new Date(moment - minutes * MINUTE).toISOString();
}

/** The API server has not answered for six minutes; what was known before is shown. */
export function clusterUnreachable(moment: number): Delivery {
  const before = recorded('healthy-dev', moment - 6 * MINUTE);
  const since = ago(moment, 6);
  return withSources(
    {
      ...before,
      stages: before.stages.map(stage => ({ ...stage, staleSince: since })),
    },
    'all',
    { state: 'stale', since, reason: REFUSED },
  );
}

/** The API server has never answered since the backend started: nothing is known. */
export function clusterNeverReached(moment: number): Delivery {
  const before = recorded('day-0', moment);
  const cause = say('stage.clusterUnreachable', { cluster: 'local' });
  return withSources(
    {
      ...before,
      summary: { status: 'unknown', sentence: cause, stage: 'source' },
      stages: before.stages.map(stage =>
        inTrouble(stage, 'unknown', {
          cause,
          evidence: REFUSED,
          nextStep: say('stage.clusterUnreachable.next'),
        }),
      ),
    },
    'all',
    { state: 'stale', since: ago(moment, 6), reason: REFUSED },
  );
}

/** The plugin's account may not read Argo CD's Applications. */
export function sourceForbidden(moment: number): Delivery {
  const before = recorded('healthy-dev', moment);
  const reason =
    'applications.argoproj.io is forbidden: User "system:serviceaccount:delivery:reader" cannot list resource "applications" in API group "argoproj.io" at the cluster scope';
  const cause = say('stage.forbidden', {
    kind: 'Application',
    system: 'Argo CD',
    cluster: 'local',
  });
  return withSources(
    {
      ...before,
      summary: { status: 'unknown', sentence: cause, stage: 'deploy:dev' },
      stages: before.stages.map(stage =>
        stage.kind === 'deploy' || stage.kind === 'run'
          ? inTrouble(stage, 'unknown', {
              cause,
              evidence: reason,
              nextStep: say('stage.forbidden.next'),
            })
          : stage,
      ),
      environments: [],
    },
    ['Argo CD'],
    { state: 'forbidden', since: ago(moment, 180), reason },
  );
}

/** The cluster does not serve CICDPipelines. */
export function crdMissing(moment: number): Delivery {
  const before = recorded('day-0', moment);
  const cause = say('pipeline.kindNotInstalled', {
    cluster: 'local',
    kind: 'CICDPipeline',
  });
  return withSources(
    {
      ...before,
      summary: { status: 'failed', sentence: cause, stage: 'pipeline' },
      stages: before.stages.map(stage =>
        stage.kind === 'pipeline'
          ? inTrouble(stage, 'failed', {
              cause,
              nextStep: say('pipeline.kindNotInstalled.next', {
                resourceGroup: 'cicdpipeline.kro.run',
              }),
            })
          : stage,
      ),
    },
    ['kro'],
    { state: 'not-installed', since: ago(moment, 9) },
  );
}

/** The annotations of the entity name a cluster that is not configured. */
export function annotationToNothing(moment: number): Delivery {
  const before = recorded('day-0', moment);
  const cause = say('pipeline.unknownCluster', {
    annotation: 'kro.run/cluster',
    cluster: 'atlantis',
  });
  return {
    ...before,
    location: { ...before.location, cluster: 'atlantis' },
    summary: { status: 'failed', sentence: cause, stage: 'pipeline' },
    stages: before.stages.map(stage =>
      stage.kind === 'pipeline'
        ? inTrouble(stage, 'failed', {
            cause,
            nextStep: say('pipeline.unknownCluster.next', {
              clusters: 'local',
            }),
          })
        : {
            ...stage,
            status: 'unknown',
            sentence: say('stage.noPipeline'),
            links: [],
          },
    ),
    sources: [],
  };
}

function inTrouble(
  stage: Stage,
  status: Stage['status'],
  diagnosis: NonNullable<Stage['diagnosis']>,
): Stage {
  const { id, kind, environment } = stage;
  return {
    id,
    kind,
    environment,
    status,
    sentence: diagnosis.cause,
    links: [],
    diagnosis,
  };
}
