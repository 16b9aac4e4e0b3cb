import { gzipSync } from 'node:zlib';
import { buildSteps, COMMIT, pushBuild } from '../../__testUtils__/objects';
import type { KubernetesObject } from '../../kubernetes';
import { trimWorkflow } from './trim';
import { readWorkflow } from './workflow';

const CANARY = 'glpat-canary-token';

const given = (status: Record<string, unknown> = {}) => {
  const object = pushBuild(
    COMMIT,
    'Failed',
    buildSteps('checkout-code', 'Failed', `cannot clone with ${CANARY}`),
  );
  Object.assign(object.status, status);
  return object as unknown as KubernetesObject;
};

describe('trimWorkflow', () => {
  it('keeps the image tag and no other parameter, wherever it stands', () => {
    const trimmed = trimWorkflow(
      given({
        message: `failed: https://oauth2:${CANARY}@git.example/team/checkout.git`,
        outputs: { parameters: [{ name: 'log', value: CANARY }] },
        storedTemplates: { a: { container: { env: [{ value: CANARY }] } } },
      }),
    );
    expect(JSON.stringify(trimmed)).not.toContain(CANARY);
    expect(trimmed.spec).toEqual({
      workflowTemplateRef: { name: 'checkout-cicd-cicd-workflow' },
      arguments: { parameters: [{ name: 'image-tag', value: COMMIT }] },
    });
    expect(readWorkflow(trimmed, 'build')).toMatchObject({
      imageTag: COMMIT,
      message: 'failed: https://oauth2:***@git.example/team/checkout.git',
      steps: [
        { message: 'cannot clone with ***' },
        { status: 'waiting' },
        {},
        {},
        {},
      ],
    });
  });

  it('takes values out of messages in whatever form they are quoted', () => {
    const value = 'a "quoted"/väl=ue';
    const forms = [
      value,
      JSON.stringify(value).slice(1, -1),
      encodeURIComponent(value),
      Buffer.from(value).toString('base64'),
    ];
    const node = {
      id: 'odd',
      type: 'Pod',
      message: `cannot use ${forms.join(' or ')}`,
      outputs: { parameters: [{ name: 'login', value }], result: 'printed' },
      inputs: { parameters: [{ name: 'image-tag', value: 'harmless' }] },
    };
    const message = 'printed harmless';
    const { status } = trimWorkflow(given({ nodes: { odd: node }, message }));
    expect(status).toMatchObject({
      message: '*** harmless',
      nodes: [{ message: 'cannot use *** or *** or *** or ***' }],
    });
  });

  it('reads nodes that Argo compressed', () => {
    const { nodes } = given().status as { nodes: object };
    const compressedNodes = gzipSync(JSON.stringify(nodes)).toString('base64');
    const trimmed = trimWorkflow(given({ nodes: undefined, compressedNodes }));
    expect(readWorkflow(trimmed, 'build').steps).toHaveLength(5);
    expect(JSON.stringify(trimmed)).not.toContain(CANARY);
  });

  it('calls items of a loop by their number, since their values are parameters', () => {
    const node = (displayName: string) => ({ id: displayName, displayName });
    const { status } = trimWorkflow(
      given({
        nodes: {
          a: node('deploy(0:canary)'),
          b: node('deploy(1:(canary) (2:x))(3)'),
          c: node('deploy(2)'),
        },
      }),
    );
    expect(status).toMatchObject({
      nodes: [
        { displayName: 'deploy(0)' },
        { displayName: 'deploy(1)(3)' },
        { displayName: 'deploy(2)' },
      ],
    });
  });

  it.each([
    ['not base64', 'unreadable'],
    [gzipSync('[1').toString('base64'), 'unreadable'],
    [gzipSync(Buffer.alloc(40_000_000)).toString('base64'), 'unreadable'],
  ])(
    'says that compressed nodes cannot be read: %.9s',
    (compressedNodes, code) => {
      const trimmed = trimWorkflow(
        given({ nodes: undefined, compressedNodes }),
      );
      const run = readWorkflow(trimmed, 'build');
      expect(run).toMatchObject({
        phase: 'Failed',
        steps: [],
        stepsNote: { code: `steps.${code}` },
      });
      expect(run.nodeCount).toBeUndefined();
    },
  );

  it('says that the steps are kept elsewhere', () => {
    const offloaded = { nodes: undefined, offloadNodeStatusVersion: 'fnv:784' };
    const run = readWorkflow(
      trimWorkflow(
        given({ ...offloaded, finishedAt: undefined, phase: 'Running' }),
      ),
      'build',
    );
    expect(run).toMatchObject({
      status: 'running',
      steps: [],
      stepsNote: { code: 'steps.elsewhere' },
      progress: { done: 0, total: 5 },
    });
    expect(run.nodeCount).toBeUndefined();
  });
});
