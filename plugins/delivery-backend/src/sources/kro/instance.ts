import { z } from 'zod';
import type { ConditionFacts, PipelineFacts } from '../../delivery/facts';
import type { KubernetesObject } from '../../kubernetes/types';
import { conditions, isObject, part, text } from '../lenient';
import { namesByConvention } from '../names';
import { oncePerObject } from '../oncePerObject';
import { blockersOf } from './blockers';

const instanceSchema = z.object({
  spec: part({
    name: text,
    application: part({ name: text }),
    environments: z.unknown().optional(),
  }),
  status: part({ state: text, conditions }),
});

/** For what a pipeline needs watched it is read a second time. */
const parse = oncePerObject(object => instanceSchema.parse(object));

/** kro takes the words in any case. */
const RECONCILE_ANNOTATION = 'kro.run/reconcile';
/** `disabled` is the older word. */
const SUSPENDED = ['suspended', 'disabled'];
const SUSPENDED_REASON = 'ReconciliationSuspended';

/**
 * The condition that kro prints beside the state: `InstanceSynced` (column SYNCED) up
 * to kro 0.5, `Ready` (column READY) from 0.6 on.
 *
 * @see https://github.com/kubernetes-sigs/kro/blob/main/pkg/graph/crd/defaults.go
 */
const ROOT_CONDITIONS = ['Ready', 'InstanceSynced'];
/** Conditions that kro writes itself; others are those of the graph's author. */
const BUILT_IN = [
  ...ROOT_CONDITIONS,
  'InstanceManaged',
  'GraphResolved',
  'ResourcesReady',
];

/**
 * What kro says of its children, after KEP-3659.
 *
 * @see https://github.com/kubernetes-sigs/kro/blob/main/pkg/controller/instance/applyset/const.go
 */
const GROUP_KINDS_ANNOTATION = 'applyset.kubernetes.io/contains-group-kinds';
const NAMESPACES_ANNOTATION = 'applyset.kubernetes.io/additional-namespaces';

const APPLYSET_ID_LABEL = 'applyset.kubernetes.io/id';
const APPLICATION_LABEL = 'app.kubernetes.io/name';

/**
 * Reads a kro instance.
 *
 * @param printed - conditions that its kind prints in place of the usual one
 */
export function readInstance(
  object: KubernetesObject,
  printed: readonly string[] = [],
): PipelineFacts {
  const { spec, status } = parse(object);
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
    ready: rootCondition(status.conditions, printed),
    conditions: status.conditions.map(inOrder),
    waitingFor: waitingFor(status.conditions),
    suspendedBy: SUSPENDED.includes(
      metadata.annotations?.[RECONCILE_ANNOTATION]?.toLowerCase() ?? '',
    )
      ? RECONCILE_ANNOTATION
      : undefined,
    suspendedSince: status.conditions.find(
      ({ reason }) => reason === SUSPENDED_REASON,
    )?.since,
    childKinds: childKinds(metadata.annotations?.[GROUP_KINDS_ANNOTATION]),
    childNamespaces: [
      metadata.namespace ?? '',
      ...listed(metadata.annotations?.[NAMESPACES_ANNOTATION]),
    ],
    parts: [],
    deleting: metadata.deletionTimestamp !== undefined,
    createdAt: metadata.creationTimestamp,
    environments: isObject(spec.environments)
      ? Object.keys(spec.environments)
      : [],
  };
}

/** Ids of the resources that kro waits for. */
function waitingFor(all: ConditionFacts[]): string[] {
  const ids = blockersOf(all).flatMap(({ id }) => id ?? []);
  return [...new Set(ids)].sort();
}

/**
 * The same message in the same order of lines: kro joins what it has to say of each
 * resource in an order that differs from one reconciliation to the next.
 */
function inOrder(condition: ConditionFacts): ConditionFacts {
  const { message = '' } = condition;
  const prefix = /^(?:[a-z ]+: )*(?=\S)/.exec(message)?.[0] ?? '';
  const lines = message.slice(prefix.length).split('\n');
  return lines.length === 1
    ? condition
    : { ...condition, message: prefix + lines.sort().join('\n') };
}

/**
 * Where the graph's author declares conditions, only those are there: of several, the
 * first that is not met says most.
 */
function rootCondition(
  all: ConditionFacts[],
  printed: readonly string[],
): ConditionFacts | undefined {
  const usual = [...printed, ...ROOT_CONDITIONS]
    .map(type => all.find(condition => condition.type === type))
    .find(Boolean);
  const authored = all.filter(({ type }) => !BUILT_IN.includes(type));
  return (
    usual ?? authored.find(({ status }) => status !== 'True') ?? authored[0]
  );
}

/** `Kind.group,Kind` → what is watched. */
function childKinds(annotation?: string): PipelineFacts['childKinds'] {
  return listed(annotation).map(each => {
    const dot = each.indexOf('.');
    return dot < 0
      ? { group: '', kind: each }
      : { group: each.slice(dot + 1), kind: each.slice(0, dot) };
  });
}

function listed(annotation = ''): string[] {
  return annotation
    .split(',')
    .map(each => each.trim())
    .filter(Boolean);
}
