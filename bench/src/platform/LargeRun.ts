import type { ApiServer } from '@golden-path/local-platform/src/cluster/ApiServer.ts';
import { markOf } from '../viewers/protocol.ts';
import type { Pipeline } from './pipelines.ts';
import { resourcePath, type WrittenObject } from './resources.ts';

const COLUMNS = 10;

interface Node {
  id: string;
  type: string;
  phase: string;
  [field: string]: unknown;
}

type Workflow = WrittenObject & {
  metadata: { labels: Record<string, string> };
  spec: unknown;
};

const time = () => new Date().toISOString().replace(/\.\d+Z$/, 'Z');

/** A merge patch removes what is null. */
const begun = () => ({
  phase: 'Running',
  startedAt: time(),
  // eslint-disable-next-line no-restricted-syntax
  finishedAt: null,
});
const ended = () => ({ phase: 'Succeeded', finishedAt: time() });

/**
 * A Workflow with many steps that goes on for ever. Its steps begin and end one after the
 * other; each change also writes its number into the Workflow's message.
 */
export class LargeRun {
  readonly name: string;
  readonly #api: ApiServer;
  readonly #path: string;
  readonly #steps: readonly Node[];
  #changes = 0;
  #ended = 0;

  /**
   * @param like - a pipeline whose newest Workflow is taken for what is the same in all
   * @param steps - how many, in columns each of which waits for the one before
   */
  static async write(
    api: ApiServer,
    like: Pipeline,
    steps: number,
  ): Promise<LargeRun> {
    const path = resourcePath(like.workflow);
    const recorded = await api.call<Workflow>({
      method: 'GET',
      path: `${path}/${like.workflow.metadata.name}`,
    });
    const name = `${like.app}-cicd-cicd-large`;
    const nodes = nodesOf(name, recorded, steps);
    const { labels, namespace } = recorded.metadata;
    await api.call({
      method: 'POST',
      path,
      body: {
        apiVersion: recorded.apiVersion,
        kind: recorded.kind,
        metadata: {
          name,
          namespace,
          labels: {
            ...labels,
            'workflows.argoproj.io/completed': 'false',
            'workflows.argoproj.io/phase': 'Running',
          },
        },
        spec: recorded.spec,
        status: {
          phase: 'Running',
          startedAt: time(),
          message: markOf(0),
          progress: `0/${steps}`,
          nodes: Object.fromEntries(nodes.map(node => [node.id, node])),
        },
      },
    });
    return new LargeRun(api, `${path}/${name}`, name, nodes.slice(1));
  }

  private constructor(
    api: ApiServer,
    path: string,
    name: string,
    steps: readonly Node[],
  ) {
    this.#api = api;
    this.#path = path;
    this.name = name;
    this.#steps = steps;
  }

  /** Begins a step, or ends the one that was begun before; @returns the number of the change */
  async change(): Promise<number> {
    this.#changes += 1;
    const number = this.#changes;
    const begins = number % 2 === 1;
    const step = this.#steps[Math.floor((number - 1) / 2) % this.#steps.length];
    this.#ended = (this.#ended + (begins ? 0 : 1)) % (this.#steps.length + 1);
    await this.#api.call({
      method: 'PATCH',
      path: this.#path,
      contentType: 'application/merge-patch+json',
      body: {
        status: {
          message: markOf(number),
          progress: `${this.#ended}/${this.#steps.length}`,
          nodes: { [step.id]: begins ? begun() : ended() },
        },
      },
    });
    return number;
  }
}

/** The group that all steps are in, then the steps. */
function nodesOf(name: string, like: Workflow, steps: number): Node[] {
  const recorded = Object.values(
    like.status?.nodes as Record<string, Node>,
  ).find(({ type }) => type === 'Pod')!;
  const rows = Math.ceil(steps / COLUMNS);
  const idOf = (index: number) => `${name}-${1_000_000_000 + index}`;
  const all = Array.from({ length: steps }, (_, index): Node => {
    const displayName = `step-${String(index).padStart(3, '0')}`;
    const next = index + rows;
    return {
      ...recorded,
      id: idOf(index),
      name: `${name}.${displayName}`,
      displayName,
      boundaryID: name,
      phase: 'Pending',
      message: undefined,
      startedAt: time(),
      finishedAt: undefined,
      // The one at its right, and a neighbour of that, so that edges cross.
      children: [next, next + 1].filter(it => it < steps).map(idOf),
    };
  });
  const group: Node = {
    id: name,
    name,
    displayName: name,
    type: 'DAG',
    templateName: 'cicd-pipeline',
    templateScope: 'local/',
    phase: 'Running',
    startedAt: time(),
    children: all.slice(0, rows).map(({ id }) => id),
  };
  return [group, ...all];
}
