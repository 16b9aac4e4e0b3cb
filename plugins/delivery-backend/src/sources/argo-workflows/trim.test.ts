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
    expect(readWorkflow(trimmed, 'checkout-cicd')).toMatchObject({
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
    expect(readWorkflow(trimmed, 'checkout-cicd')?.steps).toHaveLength(5);
    expect(JSON.stringify(trimmed)).not.toContain(CANARY);
  });

  it.each(['not base64', gzipSync('[1').toString('base64'), 7])(
    'has no steps where the compressed nodes are broken: %p',
    compressedNodes => {
      const trimmed = trimWorkflow(
        given({ nodes: undefined, compressedNodes }),
      );
      expect(readWorkflow(trimmed, 'checkout-cicd')).toMatchObject({
        phase: 'Failed',
        steps: [],
      });
    },
  );
});
