import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HttpTransport, KubeConfigAccess } from '../kubernetes';
import { RealCluster } from '../kubernetes/__testing__/RealCluster';
import { until } from '../kubernetes/__testing__/until';
import { Discovery } from '../kubernetes/Discovery';
import { systemClock } from '../kubernetes/clock';
import { failStep, healStep } from '../scenarios/failingStep';
import type { OperationContext } from './Operation';
import { OperatorCluster } from './OperatorCluster';
import { retryRun } from './retryRun';

jest.setTimeout(120_000);

/*
 * What the real controller makes of Workflows that were opened again, in each shape that
 * a run can have. Steps of this name fail for this application until they are healed.
 */
const FAILING = 'notify-completion';
const APPLICATION = `retry-${Date.now().toString(36)}`;

const pod = (name: string, more: object = {}) => ({
  name,
  container: {
    image: 'example/step',
    command: ['step'],
    env: [{ name: 'APPLICATION_NAME', value: APPLICATION }],
  },
  ...more,
});
const retried = pod('retried', { retryStrategy: { limit: 1 } });
const once = pod('once');
const task = (name: string, template = 'once', ...dependencies: string[]) => ({
  name,
  template,
  ...(dependencies.length && { dependencies }),
});

/** By name: what a run is made of. `first` succeeds before the step that fails. */
const SPECS: Record<string, object> = {
  dag: {
    entrypoint: 'main',
    templates: [
      once,
      {
        name: 'main',
        dag: {
          tasks: [
            task('first'),
            task(FAILING, 'once', 'first'),
            task('aside', 'once', 'first'),
            task('last', 'once', FAILING),
          ],
        },
      },
    ],
  },
  'steps-with-retries': {
    entrypoint: 'main',
    templates: [
      once,
      retried,
      {
        name: 'main',
        steps: [
          [task('first', 'retried')],
          [task(FAILING, 'retried'), task('aside')],
          [task('last')],
        ],
      },
    ],
  },
  'dag-with-retries': {
    entrypoint: 'main',
    templates: [
      once,
      retried,
      {
        name: 'main',
        dag: {
          tasks: [
            task('first', 'retried'),
            task(FAILING, 'retried', 'first'),
            task('last', 'retried', FAILING),
          ],
        },
      },
    ],
  },
  'exit-handler': {
    entrypoint: 'main',
    onExit: 'after',
    templates: [
      once,
      {
        name: 'main',
        steps: [[task('first')], [task(FAILING)], [task('last')]],
      },
      { name: 'after', steps: [[task('clean-up')]] },
    ],
  },
  nested: {
    entrypoint: 'main',
    templates: [
      once,
      {
        name: 'inner',
        steps: [[task('first')], [task(FAILING), task('aside')]],
      },
      {
        name: 'main',
        dag: {
          tasks: [task('inner', 'inner'), task('last', 'once', 'inner')],
        },
      },
    ],
  },
};
const NAMES = Object.keys(SPECS);

interface Node {
  id: string;
  displayName: string;
  type: string;
  phase: string;
  startedAt: string;
  finishedAt: string;
}

let cluster: RealCluster;
let transport: HttpTransport;
let operator: OperatorCluster;
const failed = new Map<string, Node[]>();

const collection = () =>
  `/apis/argoproj.io/v1alpha1/namespaces/${cluster.namespace}/workflows`;
const nodesOf = (workflow: any): Node[] =>
  Object.values(workflow.status?.nodes ?? {});

function retry(name: string) {
  const delivery = { runs: [{ name, namespace: cluster.namespace }] };
  return retryRun.perform({ operation: 'retry-run', run: name }, {
    delivery,
    cluster: operator,
  } as unknown as OperationContext);
}

/** Waits until all of them have ended so. */
async function untilAll(phase: string): Promise<Map<string, any>> {
  let workflows: any[] = [];
  await until(
    `all are ${phase}`,
    async () => {
      await sleep(250);
      workflows = (await cluster.send('GET', collection())).items;
      return workflows.every(({ status }) => status?.phase === phase);
    },
    60_000,
  ).catch(error => {
    const phases = workflows.map(each => [
      each.metadata.name,
      each.status?.phase,
      nodesOf(each).map(node => `${node.displayName} ${node.phase}`),
    ]);
    throw new Error(`${error.message}; they are ${JSON.stringify(phases)}`);
  });
  return new Map(workflows.map(each => [each.metadata.name, each]));
}

beforeAll(async () => {
  cluster = await RealCluster.connect();
  const folder = process.env.DELIVERY_PLATFORM_DIR ?? '';
  const file = path.join(folder, 'kubeconfig-operator');
  transport = new HttpTransport(new KubeConfigAccess({ file }));
  operator = new OperatorCluster(
    'local',
    transport,
    new Discovery(transport, systemClock),
  );
  await failStep(FAILING, APPLICATION, 'not yet');
  for (const name of NAMES) {
    await cluster.send('POST', collection(), {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Workflow',
      metadata: { name },
      spec: SPECS[name],
    });
  }
  for (const [name, workflow] of await untilAll('Failed')) {
    failed.set(name, nodesOf(workflow));
  }
});

afterAll(async () => {
  await healStep(FAILING, APPLICATION);
  transport?.close();
  if (cluster) {
    await cluster.send('DELETE', collection());
    await cluster.close();
  }
});

it('fails once more where the cause is still there', async () => {
  expect(await retry('dag')).toMatchObject({ outcome: 'accepted' });
  expect(await retry('dag')).toMatchObject({ outcome: 'unchanged' });
  const again = (await untilAll('Failed')).get('dag');
  expect(
    nodesOf(again).find(({ displayName }) => displayName === FAILING),
  ).toMatchObject({ phase: 'Failed' });
});

describe('with the cause gone', () => {
  let done: Map<string, any>;

  beforeAll(async () => {
    await healStep(FAILING, APPLICATION);
    for (const name of NAMES) {
      expect(await retry(name)).toMatchObject({ outcome: 'accepted' });
    }
    done = await untilAll('Succeeded');
  });

  it.each(NAMES)('%s comes to its end and keeps what it had', name => {
    const before = failed.get(name)!;
    const after = nodesOf(done.get(name));
    const named = (nodes: Node[], step: string) =>
      nodes
        .filter(({ displayName }) => displayName === step)
        .map(({ id, startedAt, finishedAt }) => ({
          id,
          startedAt,
          finishedAt,
        }));
    expect(after.filter(({ phase }) => phase !== 'Succeeded')).toEqual([]);
    expect(named(after, 'last')).toHaveLength(1);
    expect(named(after, 'first')).toEqual(named(before, 'first'));
    expect(named(after, 'first')).toHaveLength(1);
    expect(named(after, 'aside')).toEqual(named(before, 'aside'));
    // A run that has an exit handler runs it again.
    const moments = (nodes: Node[], when: 'startedAt' | 'finishedAt') =>
      named(nodes, 'clean-up').map(node => Date.parse(node[when]));
    const [earlier = -Infinity] = moments(before, 'finishedAt');
    const [later = 0] = moments(after, 'startedAt');
    expect(later).toBeGreaterThan(earlier);
  });
});
