import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { ClusterWatch, KubernetesObject } from '../../kubernetes';
import { RealCluster } from '../../kubernetes/__testing__/RealCluster';
import { workflowKind } from './kinds';
import { readWorkflow } from './workflow';

/*
 * The example workflows that the Argo project publishes, run by the real controller. KWOK
 * plays their pods, so a script prints nothing and some of them end in an error: what
 * counts is that each is read as the controller says it is, in every state that is seen.
 */
const WORKFLOWS = '/apis/argoproj.io/v1alpha1';
/** How many run at a time, so that a small machine bears it. */
const BATCH = 50;
/** Some never end by themselves; what they came to by then counts. */
const BATCH_MS = 12_000;
/** Nor need a batch be waited for in which nothing moves any more. */
const STILL_MS = 4_000;
/** What a busy machine gets besides until the controller has looked at each. */
const GRACE_MS = 20_000;
const ENDED = ['Succeeded', 'Failed', 'Error'];
/** What the examples refer to; a quota among them would keep the others from running. */
const SUPPORT = [
  'ConfigMap',
  'PersistentVolumeClaim',
  'WorkflowTemplate',
  'ClusterWorkflowTemplate',
];

let cluster: RealCluster;
let watch: ClusterWatch;
let examples: any[];
const clusterTemplates: string[] = [];

// The first time kubectl is built for it.
beforeAll(async () => {
  examples = await readExamples();
  cluster = await RealCluster.connect();
  watch = cluster.watch(await cluster.writeKubeconfig('kubeconfig'), [
    { ...workflowKind, namespace: cluster.namespace },
  ]);
}, 600_000);

afterAll(async () => {
  for (const name of clusterTemplates) {
    await cluster.send(
      'DELETE',
      `${WORKFLOWS}/clusterworkflowtemplates/${name}`,
    );
  }
  await cluster.send('DELETE', pathOf('Workflow'));
  await cluster.close();
});

function pathOf(kind: string): string {
  const plural = `${kind.toLowerCase()}s`;
  if (kind === 'ClusterWorkflowTemplate') {
    return `${WORKFLOWS}/${plural}`;
  }
  const group = /^Workflow/.test(kind) ? WORKFLOWS : '/api/v1';
  return `${group}/namespaces/${cluster.namespace}/${plural}`;
}

const localPlatform = resolvePackagePath(
  '@golden-path/plugin-delivery-backend',
  '../../packages/local-platform/src',
);

async function runNode(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}

/** Folder of the controller's own source, the same version that runs. */
async function sourceFolder(): Promise<string> {
  const code = `
    import { programNamed } from '${localPlatform}/programs/catalogue.ts';
    import { sourceFolder } from '${localPlatform}/programs/go.ts';
    const { module } = programNamed('workflow-controller');
    console.log(await sourceFolder(module, 'github.com/argoproj/argo-workflows/v3'));`;
  return (await runNode('--input-type=module', '--eval', code)).trim();
}

/** As kubectl reads them: some are no YAML for a parser that is strict. */
async function readExamples(): Promise<any[]> {
  const folder = path.join(await sourceFolder(), 'examples');
  const files = (await readdir(folder, { recursive: true }))
    .filter(file => file.endsWith('.yaml'))
    .sort();
  const printed = await runNode(
    path.join(localPlatform, 'cli.ts'),
    'kubectl',
    'create',
    '--dry-run=client',
    '--validate=false',
    '--output=json',
    ...files.map(file => `--filename=${path.join(folder, file)}`),
  );
  return printed
    .split(/(?<=^\})\n/m)
    .filter(text => text.trim())
    .map(text => JSON.parse(text));
}

/** What the controller says, taken from the object itself by other means than ours. */
function said({ status = {} }: any) {
  const nodes =
    status.nodes ??
    (status.compressedNodes
      ? JSON.parse(
          gunzipSync(Buffer.from(status.compressedNodes, 'base64')).toString(),
        )
      : {});
  return {
    phase: status.phase || 'Pending',
    nodeCount: Object.keys(nodes).length,
    progress: status.progress,
    // Every node that a pod, a request or a person stands behind.
    working: Object.values<any>(nodes)
      .filter(({ type }) =>
        ['Pod', 'Container', 'Suspend', 'HTTP', 'Plugin', 'Skipped'].includes(
          type,
        ),
      )
      .map(({ id, phase }) => `${id} ${phase}`)
      .sort(),
  };
}

function read(object: KubernetesObject) {
  const { phase, nodeCount, progress, steps } = readWorkflow(object, 'manual');
  return {
    phase,
    nodeCount,
    progress: progress && `${progress.done}/${progress.total}`,
    working: steps
      .flatMap(step => [
        ...(['Retry', 'Planned'].includes(step.type) ? [] : [step]),
        ...(step.attempts ?? []),
      ])
      .map(each => `${each.id} ${each.phase}`)
      .sort(),
  };
}

it("reads Argo Workflows' published examples as the controller says", async () => {
  for (const manifest of examples) {
    if (SUPPORT.includes(manifest.kind)) {
      delete manifest.metadata.namespace;
      await cluster.send('POST', pathOf(manifest.kind), manifest);
      if (manifest.kind === 'ClusterWorkflowTemplate') {
        clusterTemplates.push(manifest.metadata.name);
      }
    }
  }
  const workflows = examples.filter(({ kind }) => kind === 'Workflow');
  const refused: string[] = [];
  const invalid: string[] = [];
  const phases = new Map<string, number>();
  let accepted = 0;
  let comparisons = 0;

  for (let start = 0; start < workflows.length; start += BATCH) {
    const running = new Map<string, string>();
    for (const manifest of workflows.slice(start, start + BATCH)) {
      // Several examples have the same name.
      const { name, generateName, labels, annotations } = manifest.metadata;
      const title = name ?? generateName;
      const metadata = { generateName: 'example-', labels, annotations };
      try {
        const created = await cluster.send('POST', pathOf('Workflow'), {
          ...manifest,
          metadata,
        });
        running.set(created.metadata.name, title);
      } catch (error) {
        refused.push(`${title}: ${error}`);
      }
    }
    const compared = new Map<string, any>();
    const pairs: Array<Record<'title' | 'read' | 'said', unknown>> = [];
    const deadline = performance.now() + BATCH_MS;
    let changed = performance.now();
    const isEach = (holds: (phase?: string) => boolean) =>
      [...running.keys()].every(name =>
        holds(compared.get(name)?.status?.phase),
      );
    const isOver = () =>
      performance.now() > deadline + GRACE_MS ||
      (performance.now() > Math.min(deadline, changed + STILL_MS) &&
        isEach(Boolean)) ||
      isEach(phase => ENDED.includes(phase ?? ''));
    while (!isOver()) {
      await sleep(250);
      const { items } = await cluster.send('GET', pathOf('Workflow'));
      for (const raw of items) {
        const { name, resourceVersion } = raw.metadata;
        const kept = watch.objects.get(workflowKind, name, cluster.namespace);
        if (
          running.has(name) &&
          kept?.metadata.resourceVersion === resourceVersion &&
          compared.get(name)?.metadata.resourceVersion !== resourceVersion
        ) {
          pairs.push({
            title: running.get(name),
            read: read(kept!),
            said: said(raw),
          });
          compared.set(name, raw);
          changed = performance.now();
        }
      }
    }
    expect(pairs.map(pair => [pair.title, pair.read])).toEqual(
      pairs.map(pair => [pair.title, pair.said]),
    );
    comparisons += pairs.length;
    for (const [name, title] of running) {
      const status = compared.get(name)?.status;
      if (/^invalid spec/.test(status?.message)) {
        invalid.push(`${title}: ${status.message}`);
      } else if (status?.phase) {
        accepted += 1;
        phases.set(status.phase, (phases.get(status.phase) ?? 0) + 1);
      } else {
        throw new Error(`${title}: the controller has not looked at it`);
      }
    }
    await cluster.send('DELETE', pathOf('Workflow'));
  }

  process.stdout.write(
    [
      `${workflows.length} example workflows: ${accepted} accepted by the controller and read as it says,`,
      `in ${comparisons} comparisons (${[...phases]
        .map(each => each.join(' '))
        .join(', ')});`,
      `${refused.length} refused by the API server, ${invalid.length} by the controller`,
      '',
      ...[...refused, ...invalid].map(
        each => `  not accepted: ${each.slice(0, 200)}`,
      ),
      '',
    ].join('\n'),
  );
  expect(accepted).toBeGreaterThan(190);
  expect(comparisons).toBeGreaterThan(2 * accepted);
}, 180_000);
