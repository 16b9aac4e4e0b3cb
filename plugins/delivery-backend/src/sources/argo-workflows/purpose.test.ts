import {
  buildSteps,
  COMMIT,
  firstBuild,
  OLDER_COMMIT,
  pipeline,
  PIPELINE_UID,
  pushBuild,
  setupRun,
  workflow,
} from '../../__testUtils__/objects';
import type { KubernetesObject } from '../../kubernetes';
import { readInstance } from '../kro/instance';
import { purposesOf } from './purpose';

const instance = readInstance(pipeline() as unknown as KubernetesObject);

/** Name and purpose of each. */
function purposes(
  given: object[],
  pipelineName = 'checkout-cicd',
  facts: typeof instance | undefined = instance,
) {
  const workflows = given as KubernetesObject[];
  const purposeOf = purposesOf(workflows, pipelineName, facts);
  return workflows.map(
    object => `${object.metadata.name}: ${purposeOf(object)}`,
  );
}

const from = (template: string, more: object = {}) => ({
  spec: { workflowTemplateRef: { name: template } },
  ...more,
});

describe('purposesOf', () => {
  it('knows set-up, first build, pushes and what was started by hand', () => {
    expect(
      purposes([
        setupRun('Succeeded'),
        firstBuild('Succeeded', buildSteps()),
        pushBuild(COMMIT),
        workflow('by-hand', 'Running', { tag: OLDER_COMMIT }),
        workflow(
          'set-up-again',
          'Running',
          from('checkout-cicd-provisioning-workflow'),
        ),
        workflow('checkout-cicd-dora-deployabc', 'Running', {
          ...from('checkout-cicd-dora-deployment-workflow'),
          labels: {
            'events.argoproj.io/sensor': 'checkout-cicd-gitlab-sensor',
            'events.argoproj.io/trigger': 'gitlab-dora-trigger',
          },
        }),
        workflow('checkout-cicd-dora-setup-workflow', 'Succeeded', {
          ...from('dora-setup-template'),
          labels: {
            'kro.run/instance-id': PIPELINE_UID,
            'app.kubernetes.io/component': 'cicd-setup',
          },
        }),
        workflow('backup', 'Running', from('nightly')),
      ]),
    ).toEqual([
      'checkout-cicd-setup-workflow: setup',
      'checkout-cicd-initial-build-workflow: initial-build',
      'checkout-cicd-9f3c1: build',
      'by-hand: manual',
      'set-up-again: setup',
      'checkout-cicd-dora-deployabc: undefined',
      'checkout-cicd-dora-setup-workflow: undefined',
      'backup: undefined',
    ]);
  });

  it('does not mix two pipelines of one namespace, though one name begins with the other', () => {
    const longer = 'checkout-cicd-next';
    const other = { 'kro.run/instance-id': 'another' };
    const theirs = [
      workflow(`${longer}-setup-workflow`, 'Succeeded', {
        ...from(`${longer}-provisioning-workflow`),
        labels: { ...other, 'app.kubernetes.io/component': 'cicd-setup' },
      }),
      workflow(
        `${longer}-initial-build-workflow`,
        'Succeeded',
        from(`${longer}-cicd-workflow`, { labels: other }),
      ),
      workflow(`${longer}-abcde`, 'Running', {
        ...from(`${longer}-cicd-workflow`),
        labels: {
          'events.argoproj.io/sensor': `${longer}-gitlab-sensor`,
          'events.argoproj.io/trigger': 'gitlab-workflow-trigger',
        },
      }),
      workflow('by-hand', 'Running', from(`${longer}-cicd-workflow`)),
    ];
    const ours = [setupRun('Succeeded'), firstBuild(), pushBuild(COMMIT)];
    expect(
      purposes([...ours, ...theirs]).filter(each => !/undefined$/.test(each)),
    ).toHaveLength(ours.length);
    expect(
      purposes([...ours, ...theirs], longer, {
        ...instance,
        uid: 'another',
        pipelineName: longer,
      }).map(each => each.split(': ')[1]),
    ).toEqual([
      ...ours.map(() => 'undefined'),
      'setup',
      'initial-build',
      'build',
      'manual',
    ]);
  });

  it('finds the runs of a pipeline that calls its parts otherwise, by labels', () => {
    const child = (component: string) => ({
      'kro.run/instance-id': PIPELINE_UID,
      'app.kubernetes.io/component': component,
    });
    expect(
      purposes([
        workflow('checkout-cicd-first', 'Succeeded', {
          ...from('checkout-cicd-build'),
          labels: child('cicd-initial-build'),
        }),
        workflow('checkout-cicd-prepare', 'Succeeded', {
          ...from('checkout-cicd-setup'),
          labels: child('cicd-setup'),
        }),
        workflow('pushed', 'Running', {
          ...from('checkout-cicd-build'),
          labels: { 'events.argoproj.io/sensor': 'checkout-cicd-sensor' },
        }),
        workflow('submitted', 'Running', {
          spec: { workflowTemplateRef: undefined },
          labels: {
            'workflows.argoproj.io/workflow-template': 'checkout-cicd-build',
          },
        }),
      ]),
    ).toEqual([
      'checkout-cicd-first: initial-build',
      'checkout-cicd-prepare: setup',
      'pushed: build',
      'submitted: manual',
    ]);
  });

  it('does not claim the runs of a template that pipelines share', () => {
    const labels = {
      'kro.run/instance-id': PIPELINE_UID,
      'app.kubernetes.io/component': 'cicd-initial-build',
    };
    expect(
      purposes([
        workflow('first', 'Succeeded', { ...from('shared'), labels }),
        workflow('by-hand', 'Running', from('shared')),
      ]),
    ).toEqual(['first: initial-build', 'by-hand: undefined']);
  });

  it('still knows them by name when the pipeline cannot be read', () => {
    const workflows = [setupRun(), pushBuild(COMMIT)] as KubernetesObject[];
    expect(workflows.map(purposesOf(workflows, 'checkout-cicd'))).toEqual([
      'setup',
      'build',
    ]);
  });
});
