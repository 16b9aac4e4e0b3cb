import { gzipSync } from 'node:zlib';
import {
  PIPELINE,
  container,
  manifestAnnotations,
  message,
  type Garden,
  type Plant,
} from './plant';

/** The real controller leaves Workflows of another one alone. */
const NOT_OURS = { 'workflows.argoproj.io/controller-instanceid': 'canary' };
const COMMIT = 'c0ffee'.repeat(6).padEnd(40, '0');

/** One Workflow of each purpose, and the template that they are made from. */
export function argoWorkflowsPlants(garden: Garden): Plant[] {
  const { namespace, secret } = garden;
  const collection = (plural: string) =>
    `/apis/argoproj.io/v1alpha1/namespaces/${namespace}/${plural}`;

  const workflow = (
    name: string,
    labels: Record<string, string>,
    status: object,
  ): Plant => ({
    path: collection('workflows'),
    object: {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Workflow',
      metadata: {
        name: `${PIPELINE}-${name}`,
        labels: { ...NOT_OURS, ...labels },
        annotations: manifestAnnotations(garden, `Workflow ${name}`),
      },
      spec: {
        workflowTemplateRef: { name: `${PIPELINE}-cicd-workflow` },
        arguments: {
          parameters: [
            { name: 'image-tag', value: COMMIT },
            ...parameters(garden, `arguments of ${name}`),
            // What a Sensor takes out of a webhook's payload.
            {
              name: 'payload',
              value: JSON.stringify({ a: secret('payload') }),
            },
          ],
          artifacts: artifacts(garden, `arguments of ${name}`),
        },
        podSpecPatch: secret(`podSpecPatch of ${name}`),
        synchronization: { mutex: { name: secret(`mutex of ${name}`) } },
      },
      status: {
        startedAt: '2026-11-24T08:00:00Z',
        storedWorkflowTemplateSpec: templateSpec(garden, `stored, ${name}`),
        storedTemplates: { a: templateSpec(garden, `stored by name, ${name}`) },
        outputs: outputs(garden, `Workflow ${name}`),
        ...status,
      },
    },
  });

  return [
    workflow(
      'setup-workflow',
      {},
      {
        phase: 'Failed',
        finishedAt: '2026-11-24T08:01:00Z',
        message: message(garden, 'message of the set-up'),
        nodes: nodes(garden, 'set-up', 'Failed'),
      },
    ),
    workflow(
      'initial-build-workflow',
      {},
      {
        phase: 'Error',
        finishedAt: '2026-11-24T08:02:00Z',
        message: message(garden, 'message of the first build'),
        compressedNodes: gzipSync(
          JSON.stringify(nodes(garden, 'first build', 'Error')),
        ).toString('base64'),
      },
    ),
    workflow(
      'push',
      {
        'events.argoproj.io/sensor': `${PIPELINE}-gitlab-sensor`,
        'events.argoproj.io/trigger': 'gitlab-workflow-trigger',
      },
      { phase: 'Running', nodes: nodes(garden, 'build', 'Running') },
    ),
    {
      path: collection('workflowtemplates'),
      object: {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'WorkflowTemplate',
        metadata: {
          name: `${PIPELINE}-cicd-workflow`,
          annotations: manifestAnnotations(garden, 'WorkflowTemplate'),
        },
        spec: templateSpec(garden, 'WorkflowTemplate'),
      },
    },
  ];
}

function parameters({ secret }: Garden, of: string) {
  return ['git-token', 'anything'].map(name => ({
    name,
    value: secret(`parameter ${name} in ${of}`),
    default: secret(`default of ${name} in ${of}`),
  }));
}

function artifacts({ secret }: Garden, of: string) {
  const mark = (field: string) => secret(`artifact's ${field} in ${of}`);
  return [
    {
      name: 'source',
      raw: { data: mark('data') },
      s3: { key: mark('key'), bucket: mark('bucket') },
      git: { repo: `https://u:${mark('repository')}@git.example/a.git` },
      http: {
        url: mark('URL'),
        headers: [{ name: 'a', value: mark('header') }],
      },
    },
  ];
}

function outputs(garden: Garden, of: string) {
  return {
    parameters: parameters(garden, `outputs of ${of}`),
    artifacts: artifacts(garden, `outputs of ${of}`),
    result: garden.secret(`result of ${of}`),
  };
}

function templateSpec(garden: Garden, of: string) {
  return {
    entrypoint: 'all',
    arguments: { parameters: parameters(garden, `template, ${of}`) },
    templates: [
      {
        name: 'all',
        dag: {
          tasks: [
            {
              name: 'clone',
              template: 'clone',
              when: garden.secret(`when, ${of}`),
              arguments: { parameters: parameters(garden, `task, ${of}`) },
            },
            { name: 'later', template: 'clone', depends: 'clone' },
          ],
        },
      },
      {
        name: 'clone',
        inputs: {
          parameters: parameters(garden, `inputs, ${of}`),
          artifacts: artifacts(garden, `inputs, ${of}`),
        },
        container: container(garden, of),
        script: {
          ...container(garden, `script, ${of}`),
          source: garden.secret(`script, ${of}`),
        },
        http: { url: garden.secret(`HTTP template, ${of}`) },
      },
    ],
  };
}

/** A failed step that quotes its own parameters, and the group that holds it. */
function nodes(garden: Garden, of: string, phase: string) {
  const inputs = {
    parameters: parameters(garden, `inputs of a node, ${of}`),
    artifacts: artifacts(garden, `inputs of a node, ${of}`),
  };
  const made = outputs(garden, `a node, ${of}`);
  const quoted = [
    ...inputs.parameters.map(({ value }) => value),
    ...made.parameters.map(({ value }) => encodeURIComponent(value)),
    Buffer.from(made.result).toString('base64'),
  ].join(' ');
  const common = { startedAt: '2026-11-24T08:00:00Z', phase };
  return {
    root: {
      ...common,
      id: 'root',
      name: 'root',
      displayName: 'root',
      type: 'DAG',
      children: ['clone'],
    },
    clone: {
      ...common,
      id: 'clone',
      name: 'root.clone',
      displayName: 'clone',
      type: 'Pod',
      templateName: 'clone',
      inputs,
      outputs: made,
      message: `${message(garden, `message of a node, ${of}`)} ${quoted}`,
    },
  };
}
