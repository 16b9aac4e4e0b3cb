import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import knexFactory, { type Knex } from 'knex';
import { RealCluster } from '../kubernetes/__testing__/RealCluster';
import { HistoryReader } from './HistoryReader';
import { storeOn } from './__testUtils__/databases';
import { KillableProcess } from './__testUtils__/KillableProcess';
import { PostgresServer } from './__testUtils__/PostgresServer';

/**
 * Recorders in processes of their own, killed at random while runs end in a real API
 * server. The test plays the Workflow controller, so that all runs end in time.
 */
const RUNS = 200;
const LANES = 4;
const main = path.join(__dirname, '__testUtils__', 'recorderMain.ts');
const seed = Number(process.env.HISTORY_SEED ?? Date.now() % 2 ** 31);

let cluster: RealCluster;
let kubeconfig: string;
let folder: string;

beforeAll(async () => {
  cluster = await RealCluster.connect();
  kubeconfig = await cluster.writeKubeconfig('recorder');
  folder = await mkdtemp(path.join(tmpdir(), 'history-'));
});

afterAll(async () => {
  await cluster?.close();
  await rm(folder, { recursive: true, force: true });
});

/** The same numbers for the same seed; good enough to choose moments. */
function randomFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) % 2 ** 32;
    return (state >>> 0) / 2 ** 32;
  };
}

const commitOf = (number: number) => number.toString(16).padStart(40, '0');

class Pipeline {
  readonly annotations: Record<string, string>;
  readonly key: string;
  readonly #path = `/apis/argoproj.io/v1alpha1/namespaces/${cluster.namespace}/workflows`;

  constructor(readonly name: string) {
    this.annotations = {
      'kro.run/resource-group': 'cicdpipeline.kro.run',
      'kro.run/instance-name': `${name}-cicd-pipeline`,
      'kro.run/instance-namespace': cluster.namespace,
    };
    this.key = `local/cicdpipeline.kro.run/${cluster.namespace}/${name}-cicd-pipeline`;
  }

  /** A push build that runs for a moment and ends. */
  async run(number: number, random: () => number): Promise<void> {
    const name = `${this.name}-cicd-cicd-${number}`;
    const startedAt = new Date().toISOString().replace(/\.\d+/, '');
    await cluster.send('POST', this.#path, {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Workflow',
      metadata: {
        name,
        labels: {
          'events.argoproj.io/sensor': `${this.name}-cicd-gitlab-sensor`,
          'events.argoproj.io/trigger': 'gitlab-workflow-trigger',
          // The controller leaves alone what belongs to another one.
          'workflows.argoproj.io/controller-instanceid': 'history-test',
        },
      },
      spec: {
        workflowTemplateRef: { name: `${this.name}-cicd-cicd-workflow` },
        arguments: {
          parameters: [
            { name: 'git-token', value: 'canary-git-token' },
            { name: 'image-tag', value: commitOf(number) },
          ],
        },
      },
      status: { phase: 'Running', startedAt },
    });
    await sleep(random() * 300);
    const failed = random() < 0.2;
    await cluster.send('PATCH', `${this.#path}/${name}`, {
      status: {
        phase: failed ? 'Failed' : 'Succeeded',
        finishedAt: new Date().toISOString().replace(/\.\d+/, ''),
        message: failed ? 'clone with canary-git-token failed' : undefined,
        progress: '1/1',
      },
    });
  }

  async all(random: () => number): Promise<void> {
    let next = 0;
    await Promise.all(
      Array.from({ length: LANES }, async () => {
        while (next < RUNS) {
          next += 1;
          await this.run(next, random);
          await sleep(random() * 500);
        }
      }),
    );
  }

  async list(): Promise<any[]> {
    const { items } = await cluster.send('GET', this.#path);
    return items.filter(({ metadata }: any) =>
      metadata.name.startsWith(`${this.name}-`),
    );
  }

  /** What the controller does an hour after the end. */
  async forget(): Promise<void> {
    for (const { metadata } of await this.list()) {
      await cluster.send('DELETE', `${this.#path}/${metadata.name}`);
    }
  }
}

type Told = [
  uid: string,
  name: string,
  phase: string,
  commit: string,
  end: number,
];

/**
 * Lets runs end while recorders are killed.
 *
 * @returns what the cluster knew of the runs when all had ended, and what history knows
 * after the cluster forgot them
 */
async function endWhileKilled(
  pipeline: Pipeline,
  knex: Knex,
  database: object,
  replicas: number,
): Promise<{ ended: Told[]; recorded: Told[] }> {
  const random = randomFrom(seed);
  await storeOn(knex);
  const count = async () =>
    Number((await knex('runs').count({ count: '*' }))[0].count);
  const options = { kubeconfig, annotations: pipeline.annotations, database };
  const recorders = Array.from(
    { length: replicas },
    () => new KillableProcess(main, options),
  );
  let ending = true;
  const recordedAtKill: number[] = [];
  const killing = recorders.map(async recorder => {
    while (ending) {
      // Some while they start, most while they record.
      if (random() < 0.8) {
        await recorder.ready;
      }
      await sleep(random() * 3_000);
      if (ending) {
        await recorder.kill();
        recordedAtKill.push(await count());
      }
    }
  });
  await pipeline.all(random);
  ending = false;
  await Promise.all(killing);
  const deadline = Date.now() + 60_000;
  while ((await count()) < RUNS && Date.now() < deadline) {
    await sleep(100);
  }
  console.log(
    `seed ${seed}: ${
      recordedAtKill.length
    } kills of ${replicas} recorder(s), with ${recordedAtKill.join(
      ', ',
    )} of ${RUNS} runs recorded`,
  );
  // Kills that came before the first or after the last record would prove nothing.
  expect(
    recordedAtKill.filter(recorded => recorded > 0 && recorded < RUNS).length,
  ).toBeGreaterThan(0);

  const inCluster = await pipeline.list();
  await pipeline.forget();
  await Promise.all(recorders.map(recorder => recorder.stop()));

  const rows = await knex('runs').select();
  expect(JSON.stringify(rows)).not.toContain('canary');
  const { runs } = await new HistoryReader(knex).runs(pipeline.key, {
    limit: 2 * RUNS,
  });
  return {
    ended: inCluster
      .map(
        ({ metadata, spec, status }): Told => [
          metadata.uid,
          metadata.name,
          status.phase,
          spec.arguments.parameters[1].value,
          Date.parse(status.finishedAt),
        ],
      )
      .sort(),
    recorded: runs
      .map(
        (run): Told => [
          run.uid,
          run.name,
          run.phase,
          run.commit ?? '',
          Date.parse(run.finishedAt),
        ],
      )
      .sort(),
  };
}

it('records each run once in SQLite while its process is killed', async () => {
  const database = {
    client: 'better-sqlite3',
    connection: { filename: path.join(folder, 'history.sqlite') },
    useNullAsDefault: true,
  };
  const knex = knexFactory(database);
  try {
    const { ended, recorded } = await endWhileKilled(
      new Pipeline('alone'),
      knex,
      database,
      1,
    );
    expect(ended).toHaveLength(RUNS);
    expect(recorded).toEqual(ended);
  } finally {
    await knex.destroy();
  }
}, 180_000);

it('records each run once in PostgreSQL while two replicas are killed', async () => {
  const server = await PostgresServer.start();
  const database = { client: 'pg', connection: server.connection() };
  const knex = knexFactory(database);
  try {
    const { ended, recorded } = await endWhileKilled(
      new Pipeline('twice'),
      knex,
      database,
      2,
    );
    expect(ended).toHaveLength(RUNS);
    expect(recorded).toEqual(ended);
  } finally {
    await knex.destroy();
    await server.stop();
  }
}, 180_000);
