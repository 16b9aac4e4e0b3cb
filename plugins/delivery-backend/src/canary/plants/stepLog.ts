import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { RealCluster } from '../../kubernetes/__testing__/RealCluster';
import { until } from '../../kubernetes/__testing__/until';
import type { Marks } from '../Marks';
import { PIPELINE } from './plant';

/** The step of {@link argoWorkflowsPlants} whose pod is planted. */
export const LOGGED = { run: `${PIPELINE}-push`, step: 'clone' };

/** As Argo Workflows calls the pod of a node whose id has no hash. */
const POD = `${LOGGED.run}-${LOGGED.step}-${LOGGED.step}`;

/**
 * A pod of a step, and a log of it that the API server serves, with a marked string in
 * every form in which a program prints secrets.
 *
 * @param values - of parameters of the run
 * @param shown - a word that must come out
 */
export async function plantStepLog(
  cluster: RealCluster,
  marks: Marks,
  values: readonly string[],
  shown: string,
): Promise<void> {
  const pods = `/api/v1/namespaces/${cluster.namespace}/pods`;
  const { items: nodes } = await cluster.send('GET', '/api/v1/nodes');
  await cluster.send('POST', pods, {
    metadata: {
      name: POD,
      labels: { 'workflows.argoproj.io/workflow': LOGGED.run },
      annotations: {
        'workflows.argoproj.io/node-name': `${LOGGED.run}.${LOGGED.step}`,
      },
    },
    spec: {
      nodeName: nodes[0].metadata.name,
      restartPolicy: 'Never',
      containers: [
        {
          name: 'main',
          image: 'registry.example/tool:1',
          env: [{ name: 'A', value: marks.plant('environment of a step') }],
        },
      ],
    },
  });
  // The platform plays the step, and is done with its log when it is over.
  await until(
    'the step was played',
    async () =>
      (await cluster.send('GET', `${pods}/${POD}`)).status.phase ===
      'Succeeded',
    60_000,
  );
  const file = cluster.file('step.log');
  const lines = linesWith(marks, values);
  const time = (index: number) =>
    new Date(Date.UTC(2026, 10, 24, 8, 0, index)).toISOString();
  await writeFile(
    file,
    [...lines, shown]
      .map((line, index) => `${time(index)} stdout F ${line}\n`)
      .join(''),
  );
  await cluster.send(
    'PATCH',
    `/apis/kwok.x-k8s.io/v1alpha1/namespaces/${cluster.namespace}/logs/${POD}`,
    { spec: { logs: [{ containers: ['main'], logsFile: file }] } },
  );
}

/** Lets the run and its step fail, so that both are written down. */
export async function failLoggedRun(
  cluster: RealCluster,
  marks: Marks,
): Promise<void> {
  const failed = { phase: 'Failed', finishedAt: new Date().toISOString() };
  await cluster.send(
    'PATCH',
    `/apis/argoproj.io/v1alpha1/namespaces/${cluster.namespace}/workflows/${LOGGED.run}`,
    {
      status: {
        ...failed,
        message: `failed at https://a:${marks.plant(
          'the end of a run',
        )}@git.example`,
        nodes: { root: failed, [LOGGED.step]: failed },
      },
    },
  );
}

function linesWith(marks: Marks, values: readonly string[]): string[] {
  const mark = (form: string) => marks.plant(`${form} in a log`);
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString()
    .trim()
    .split('\n');
  key.slice(1, -1).forEach(line => marks.hide('a private key in a log', line));
  return [
    ...key,
    ...key.map(line => `#7 0.123 ${line}`),
    `Cloning https://ci:${mark('a URL')}@git.example/a.git`,
    `export GIT_TOKEN=${mark('a variable')}`,
    `\u001b[1mpassword\u001b[0m: ${mark('a coloured name')}`,
    `pass\u001b[31mword=${mark('a name coloured inside')}`,
    `> Authorization: Bearer ${mark('a header')}`,
    `{"client_secret":"${mark('JSON')}"}`,
    `--api-key ${mark('an option')} --verbose`,
    `progress ${mark('what was overwritten')}\rdone`,
    ...values.flatMap(value => [
      `checking out with ${value}`,
      `?token=${encodeURIComponent(value)}`,
      Buffer.from(value).toString('base64'),
    ]),
  ];
}
