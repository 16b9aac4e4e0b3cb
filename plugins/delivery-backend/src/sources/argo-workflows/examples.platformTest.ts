import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { parseAllDocuments } from 'yaml';
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
const clusterTemplates: string[] = [];

beforeAll(async () => {
  cluster = await RealCluster.connect();
  watch = cluster.watch(await cluster.writeKubeconfig('kubeconfig'), [
    { ...workflowKind, namespace: cluster.namespace },
  ]);
});

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

/** Folder of the controller's own source, the same version that runs. */
async function sourceFolder(): Promise<string> {
  const programs = resolvePackagePath(
    '@golden-path/plugin-delivery-backend',
    '../../packages/local-platform/src/programs',
  );
  const code = `
    import { programNamed } from '${programs}/catalogue.ts';
    import { sourceFolder } from '${programs}/go.ts';
    const { module } = programNamed('workflow-controller');
    console.log(await sourceFolder(module, 'github.com/argoproj/argo-workflows/v3'));`;
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--input-type=module',
    '--eval',
    code,
  ]);
  return stdout.trim();
}

async function readExamples(): Promise<any[]> {
  const folder = path.join(await sourceFolder(), 'examples');
  const files = (await readdir(folder, { recursive: true }))
    .filter(file => file.endsWith('.yaml'))
    .sort();
  const documents = await Promise.all(
    files.map(async file =>
      parseAllDocuments(await readFile(path.join(folder, file), 'utf8')).map(
        document => ({ file, manifest: document.toJS() }),
      ),
    ),
  );
  return documents.flat().filter(({ manifest }) => manifest);
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
  const examples = await readExamples();
  for (const { manifest } of examples) {
    if (SUPPORT.includes(manifest.kind)) {
      delete manifest.metadata.namespace;
      await cluster.send('POST', pathOf(manifest.kind), manifest);
      if (manifest.kind === 'ClusterWorkflowTemplate') {
        clusterTemplates.push(manifest.metadata.name);
      }
    }
  }
  const workflows = examples.filter(
    ({ manifest }) => manifest.kind === 'Workflow',
  );
  const refused: string[] = [];
  const invalid: string[] = [];
  const phases = new Map<string, number>();
  let accepted = 0;
  let comparisons = 0;

  for (let start = 0; start < workflows.length; start += BATCH) {
    const running = new Map<string, string>();
    for (const { file, manifest } of workflows.slice(start, start + BATCH)) {
      // Several examples have the same name.
      const { labels, annotations } = manifest.metadata;
      const metadata = { generateName: 'example-', labels, annotations };
      try {
        const created = await cluster.send('POST', pathOf('Workflow'), {
          ...manifest,
          metadata,
        });
        running.set(created.metadata.name, file);
      } catch (error) {
        refused.push(`${file}: ${error}`);
      }
    }
    const compared = new Map<string, any>();
    const pairs: Array<Record<'file' | 'read' | 'said', unknown>> = [];
    const deadline = performance.now() + BATCH_MS;
    let changed = performance.now();
    const isOver = () =>
      performance.now() > Math.min(deadline, changed + STILL_MS) ||
      [...running.keys()].every(name =>
        ENDED.includes(compared.get(name)?.status?.phase),
      );
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
            file: running.get(name),
            read: read(kept!),
            said: said(raw),
          });
          compared.set(name, raw);
          changed = performance.now();
        }
      }
    }
    expect(pairs.map(pair => [pair.file, pair.read])).toEqual(
      pairs.map(pair => [pair.file, pair.said]),
    );
    comparisons += pairs.length;
    for (const [name, file] of running) {
      const status = compared.get(name)?.status;
      if (/^invalid spec/.test(status?.message)) {
        invalid.push(`${file}: ${status.message}`);
      } else if (status?.phase) {
        accepted += 1;
        phases.set(status.phase, (phases.get(status.phase) ?? 0) + 1);
      } else {
        throw new Error(`${file}: the controller has not looked at it`);
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
  expect(accepted).toBeGreaterThan(180);
  expect(comparisons).toBeGreaterThan(2 * accepted);
}, 180_000);
