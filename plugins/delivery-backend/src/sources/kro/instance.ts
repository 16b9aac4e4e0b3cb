import { z } from 'zod';
import type { ConditionFacts, PipelineFacts } from '../../delivery/facts';
import type { KubernetesObject } from '../../kubernetes/types';
import { conditions, isObject, part, text } from '../lenient';
import { namesByConvention } from '../names';

const instanceSchema = z.object({
  spec: part({
    name: text,
    application: part({ name: text }),
    environments: z.unknown().optional(),
  }),
  status: part({ state: text, conditions }),
});

const RECONCILE_ANNOTATION = 'kro.run/reconcile';
/** `disabled` is the older word. */
const SUSPENDED = ['suspended', 'disabled'];

/**
 * The condition that kro prints beside the state: `InstanceSynced` (column SYNCED) up
 * to kro 0.5, `Ready` (column READY) from 0.6 on.
 *
 * @see https://github.com/kubernetes-sigs/kro/blob/main/pkg/graph/crd/defaults.go
 */
const ROOT_CONDITIONS = ['Ready', 'InstanceSynced'];

const APPLYSET_ID_LABEL = 'applyset.kubernetes.io/id';
const APPLICATION_LABEL = 'app.kubernetes.io/name';

/** Environments that every CICDPipeline has, unless it names its own. */
const DEFAULT_ENVIRONMENTS = ['dev', 'prod'];

/** Reads a kro instance. */
export function readInstance(object: KubernetesObject): PipelineFacts {
  const { spec, status } = instanceSchema.parse(object);
  const { metadata } = object;
  const names = namesByConvention(metadata.name);
  return {
    kind: object.kind,
    name: metadata.name,
    namespace: metadata.namespace ?? '',
    uid: metadata.uid,
    applySetId: metadata.labels?.[APPLYSET_ID_LABEL],
    pipelineName: spec.name ?? names.pipelineName,
    applicationName:
      spec.application.name ??
      metadata.labels?.[APPLICATION_LABEL] ??
      names.applicationName,
    state: status.state,
    ready: rootCondition(status.conditions),
    conditions: status.conditions.map(inOrder),
    waitingFor: waitingFor(status.conditions),
    suspendedBy: SUSPENDED.includes(
      metadata.annotations?.[RECONCILE_ANNOTATION] ?? '',
    )
      ? RECONCILE_ANNOTATION
      : undefined,
    deleting: metadata.deletionTimestamp !== undefined,
    createdAt: metadata.creationTimestamp,
    environments:
      isObject(spec.environments) && Object.keys(spec.environments).length > 0
        ? Object.keys(spec.environments)
        : DEFAULT_ENVIRONMENTS,
  };
}

/**
 * Ids of the resources that kro waits for. Its messages name them in an order that
 * differs from one reconciliation to the next.
 *
 * @see https://github.com/kubernetes-sigs/kro/blob/main/pkg/controller/instance
 */
function waitingFor(all: ConditionFacts[]): string[] {
  const ids = all
    .filter(({ status }) => status !== 'True')
    .flatMap(({ message = '' }) => [
      ...message.matchAll(/waiting for node "([^"]+)"/g),
    ])
    .map(([, id]) => id);
  return [...new Set(ids)].sort();
}

/** The same message in the same order of lines, whatever kro came across first. */
function inOrder(condition: ConditionFacts): ConditionFacts {
  const [prefix, ...rest] = (condition.message ?? '').split(
    /(?<=apply results contain errors: )/,
  );
  return rest.length === 0
    ? condition
    : {
        ...condition,
        message: prefix + rest.join('').split('\n').sort().join('\n'),
      };
}

function rootCondition(all: ConditionFacts[]): ConditionFacts | undefined {
  return ROOT_CONDITIONS.map(type =>
    all.find(condition => condition.type === type),
  ).find(Boolean);
}
