import { setTimeout as sleep } from 'node:timers/promises';
import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import type {
  Delivery,
  LogEnd,
  StepLogQuery,
} from '@golden-path/plugin-delivery-common';
import { pipelineKey } from '../history/pipelineKey';
import type { StepLogTails } from '../history/StepLogTails';
import type { KubernetesObject, KubeTransport } from '../kubernetes';
import { Discovery } from '../kubernetes/Discovery';
import { toKubeError } from '../kubernetes/KubeError';
import { objectPath } from '../kubernetes/paths';
import { workflowKind } from '../sources/argo-workflows/kinds';
import { storedNodesOf } from '../sources/argo-workflows/storedNodes';
import { secretValuesOf } from '../sources/argo-workflows/trim';
import { containerOf, podSchema, type Pod } from './containerOf';
import { keptLog } from './keptLog';
import { LineCleaner } from './LineCleaner';
import { podGone, readable } from './logErrors';
import { readLines, type TimedLine } from './readLines';
import { stepPodOf, type StepPod } from './stepOf';

/** One cluster under the account that reads. */
export interface LogCluster {
  transport: Pick<KubeTransport, 'get' | 'stream'>;
  /** Waits as long as a container writes nothing. */
  patient: Pick<KubeTransport, 'stream'>;
  discovery: Pick<Discovery, 'resolve'>;
}

/** What somebody wants of a log. */
export interface LogRequest extends StepLogQuery {
  /** Name of the run. */
  run: string;
  /** Id of the step or of one of its attempts, or name of the step. */
  step: string;
  /** Only lines after this time, in the cluster's own words. */
  after?: string;
}

/** A log that can be read. */
export interface StepLog {
  run: string;
  step: string;
  /** Id of the step, or of the attempt at it. */
  node: string;
  pod: string;
  container: string;
  /** Lines as they come, to be read once; returns why there are no more. */
  lines(): AsyncGenerator<TimedLine[], LogEnd['reason'], void>;
}

/** Of one answer. */
const MAXIMUM_BYTES = 5_000_000;
/** A refusal comes sooner; a container that writes nothing may not answer for hours. */
const REFUSAL_MS = 1_000;

const WORKFLOW_LABEL = 'workflows.argoproj.io/workflow';

/** Reads the logs of the steps of runs. Whether somebody may is asked before. */
export class StepLogs {
  /** @param tails - what was kept of logs that are gone; nothing where none is kept */
  constructor(
    private readonly clusters: ReadonlyMap<string, LogCluster>,
    private readonly tails?: Pick<StepLogTails, 'find'>,
  ) {}

  /**
   * Opens the log of a step of a delivery; of one that failed and whose pod is gone, what
   * was kept of it.
   *
   * @param signal - ends the reading
   * @throws an error of `@backstage/errors` that says why there is no log, and what to do
   */
  async open(
    delivery: Delivery,
    request: LogRequest,
    signal: AbortSignal,
  ): Promise<StepLog> {
    try {
      return await this.live(delivery, request, signal);
    } catch (error) {
      const kept =
        NotFoundError.is(error) && (await this.#kept(delivery, request));
      if (!kept) {
        throw error;
      }
      return kept;
    }
  }

  /** A step that was retried with success says nothing more of its failure. */
  async #kept(
    delivery: Delivery,
    request: LogRequest,
  ): Promise<StepLog | undefined> {
    const steps =
      delivery.runs.find(({ name }) => name === request.run)?.steps ?? [];
    const asked =
      steps.find(({ id, name }) => [id, name].includes(request.step)) ??
      steps
        .flatMap(({ attempts = [] }) => attempts)
        .find(({ id }) => id === request.step);
    if (asked && asked.status !== 'failed') {
      return undefined;
    }
    const pipeline = pipelineKey(delivery.location);
    const tail = await this.tails?.find(pipeline, request);
    return tail && keptLog(tail, request);
  }

  /**
   * Opens the log of a step as its cluster has it.
   *
   * @param delivery - the run is one of its
   * @throws as {@link StepLogs.open} does
   */
  async live(
    delivery: Pick<Delivery, 'runs'> & { location: { cluster: string } },
    request: LogRequest,
    signal: AbortSignal,
  ): Promise<StepLog> {
    const asked = stepPodOf(delivery, request);
    const { cluster: name } = delivery.location;
    const cluster = this.clusters.get(name);
    if (!cluster) {
      throw new ServiceUnavailableError(
        `Cluster "${name}" is not configured, so no log of it can be read`,
      );
    }
    try {
      // Of what is over there is nothing to wait for.
      const follow = request.follow && !asked.isOver;
      return await openIn(cluster, asked, { ...request, follow }, signal);
    } catch (error) {
      throw readable(error, name, asked);
    }
  }
}

async function openIn(
  cluster: LogCluster,
  asked: StepPod,
  request: LogRequest,
  signal: AbortSignal,
): Promise<StepLog> {
  const { run, step } = asked;
  const [workflow, pod] = await Promise.all([
    workflowOf(cluster, asked, signal),
    podOf(cluster, asked, signal),
  ]);
  if (!workflow || !pod) {
    throw podGone(asked, isArchived(workflow, asked));
  }
  const { container: wanted, previous, follow } = request;
  const container = containerOf(pod, asked, wanted, previous);
  const { name } = pod.metadata;
  const path = `${podPath(run.namespace, name)}/log?${searchOf(
    request,
    container,
  )}`;
  const transport = follow ? cluster.patient : cluster.transport;
  const opening = transport.stream(path, { signal, accept: '*/*' });
  await (follow ? refusal(opening) : opening);
  return {
    run: run.name,
    step: step.name,
    node: asked.node,
    pod: name,
    container,
    async *lines() {
      return yield* readLines(await opening, {
        cleaner: new LineCleaner(secretValuesOf(workflow)),
        maximumBytes: MAXIMUM_BYTES,
        after: request.after,
      });
    },
  };
}

/** Fails where an answer fails soon; whoever reads it is told of a later failure. */
async function refusal(opening: Promise<unknown>): Promise<void> {
  opening.catch(() => {});
  const waiting = new AbortController();
  const patience = sleep(REFUSAL_MS, undefined, { signal: waiting.signal });
  try {
    await Promise.race([opening, patience.catch(() => {})]);
  } finally {
    waiting.abort();
  }
}

/** As the cluster has it: its parameters are what must not be shown. */
async function workflowOf(
  { transport, discovery }: LogCluster,
  { run }: StepPod,
  signal: AbortSignal,
): Promise<KubernetesObject | undefined> {
  const resource = await discovery.resolve(workflowKind);
  if (!resource) {
    return undefined;
  }
  const kind = { ...workflowKind, namespace: run.namespace };
  return orUndefined(
    transport.get(objectPath(kind, resource, run.name), { signal }),
  ) as Promise<KubernetesObject | undefined>;
}

async function podOf(
  { transport }: LogCluster,
  { run, names }: StepPod,
  signal: AbortSignal,
): Promise<Pod | undefined> {
  for (const name of names) {
    const object = await orUndefined(
      transport.get(podPath(run.namespace, name), { signal }),
    );
    const pod = object ? podSchema.parse(object) : undefined;
    if (pod?.metadata.labels[WORKFLOW_LABEL] === run.name) {
      return pod;
    }
  }
  return undefined;
}

async function orUndefined(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } catch (error) {
    if (toKubeError(error).status === 404) {
      return undefined;
    }
    throw error;
  }
}

function podPath(namespace: string, name: string): string {
  return `/api/v1/namespaces/${encodeURIComponent(
    namespace,
  )}/pods/${encodeURIComponent(name)}`;
}

function searchOf(
  { tailLines, sinceSeconds, previous, follow, after }: LogRequest,
  container: string,
): URLSearchParams {
  const search = new URLSearchParams({ container, timestamps: 'true' });
  if (after === undefined) {
    // With a time as well, the kubelet takes the last lines first: the next ones could be missing.
    search.set('tailLines', String(tailLines));
  }
  if (follow) {
    search.set('follow', 'true');
  }
  if (previous) {
    search.set('previous', 'true');
  }
  if (after !== undefined) {
    // Whole seconds are as fine as this parameter is.
    search.set('sinceTime', after.replace(/(\.\d+)?Z$/, 'Z'));
  } else if (sinceSeconds !== undefined) {
    search.set('sinceSeconds', String(sinceSeconds));
  }
  return search;
}

/** Whether Argo Workflows keeps the log itself; where is not for everybody to know. */
function isArchived(
  workflow: KubernetesObject | undefined,
  { step, names }: StepPod,
): boolean {
  const { nodes } = storedNodesOf(
    (workflow?.status ?? {}) as Record<string, unknown>,
  );
  const ids = [step.id, ...names, step.attempts?.at(-1)?.id];
  return nodes
    .filter(({ id }) => ids.includes(String(id)))
    .some(({ outputs }) =>
      /"name":"main-logs"/.test(JSON.stringify(outputs ?? {})),
    );
}
